"""What a world keeps of what happened: calls, messages, runs of functions."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pytest_cognito.kernel.calls import Call, CallLog
from pytest_cognito.kernel.functions import Functions, Invocation
from pytest_cognito.kernel.outbox import Message, Outbox

NOW = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)


def call(operation: str) -> Call:
    return Call("cognito-idp", operation, {}, "us-east-1", "id")


def message(to: str, code: str) -> Message:
    return Message("EMAIL", to, "subject", "body", code, None, "SignUp", "pool", "alice", NOW)


def test_calls() -> None:
    log = CallLog()
    for operation in ("SignUp", "InitiateAuth", "SignUp"):
        log.add(call(operation))
    assert len(log) == 3
    assert [one.operation for one in log] == ["SignUp", "InitiateAuth", "SignUp"]
    assert log[-1] is log.of("sign_up")[1]
    assert log.of("SignUp") == log.of("sign_up")
    assert log.of("sign_in") == []
    assert repr(log) == "<CallLog: ['SignUp', 'InitiateAuth', 'SignUp']>"
    log.clear()
    assert len(log) == 0


def test_calls_that_come_while_somebody_reads() -> None:
    log = CallLog()
    log.add(call("SignUp"))
    for _ in log:
        log.add(call("InitiateAuth"))
    assert len(log) == 2


def test_messages() -> None:
    outbox = Outbox()
    for to, code in (("a@example.com", "1"), ("b@example.com", "2"), ("a@example.com", "3")):
        outbox.add(message(to, code))
    assert len(outbox) == 3
    assert outbox.last().code == outbox.last(to="a@example.com").code == outbox[-1].code == "3"
    assert [one.code for one in outbox.to("a@example.com")] == ["1", "3"]
    outbox.clear()
    assert list(outbox) == []


def test_messages_are_equal_by_what_is_in_them() -> None:
    assert message("a@example.com", "1") == message("a@example.com", "1") != message("a@example.com", "2")
    assert len({message("a@example.com", "1"), message("a@example.com", "1")}) == 1


def test_a_message_that_was_never_sent() -> None:
    outbox = Outbox()
    with pytest.raises(LookupError, match=r"no message was sent to a@example\.com; the outbox is empty \(a pool sends"):
        outbox.last(to="a@example.com")
    outbox.add(message("b@example.com", "1"))
    with pytest.raises(LookupError, match=r"no message was sent to a@.*; the outbox holds: SignUp to b@example\.com"):
        outbox.last(to="a@example.com")


def test_functions() -> None:
    def one(event: dict[str, Any], context: Any) -> None:
        """Do nothing."""

    def another(event: dict[str, Any], context: Any) -> None:
        """Do nothing."""

    functions = Functions()
    functions.register("arn:a", one)
    child = Functions(functions.registered())
    child.register("arn:b", another)
    assert (child.get("arn:a"), child.get("arn:b"), functions.get("arn:b")) == (one, another, None)


def test_runs_of_functions() -> None:
    functions = Functions()
    for trigger, source in (("PreSignUp", "PreSignUp_SignUp"), ("PreSignUp", "PreSignUp_AdminCreateUser")):
        functions.invocations.append(Invocation(trigger, source, "arn:a", {}))
    assert len(functions) == len(functions.of("PreSignUp")) == 2
    assert [run.source for run in functions.of("PreSignUp_AdminCreateUser")] == ["PreSignUp_AdminCreateUser"]
    assert list(functions) == functions.invocations


def test_logs_that_remember_the_newest_alone() -> None:
    log, outbox, functions = CallLog(2), Outbox(2), Functions(limit=2)
    for name in ("a", "b", "c"):
        log.add(call(name))
        outbox.add(message(name, "1"))
        functions.invocations.append(Invocation(name, name, "arn:a", {}))

    assert [one.operation for one in log] == ["b", "c"]
    assert [one.to for one in outbox] == ["b", "c"]
    assert [one.trigger for one in functions] == ["b", "c"]


def test_somebody_is_told_of_each_message() -> None:
    outbox, told = Outbox(), list[Message]()
    outbox.observers.append(told.append)
    outbox.add(message("a@example.com", "1"))

    assert told == list(outbox)


def test_a_function_that_is_registered_comes_before_one_that_is_found() -> None:
    def registered(event: dict[str, Any], context: Any) -> None:
        """Do nothing."""

    def found(event: dict[str, Any], context: Any) -> None:
        """Do nothing."""

    functions = Functions({"arn:a": registered})
    functions.find = {"arn:a": found, "arn:b": found}.get

    assert [functions.get(arn) for arn in ("arn:a", "arn:b", "arn:c")] == [registered, found, None]
