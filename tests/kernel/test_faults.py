"""Faults: which call meets which."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from pytest_cognito.aws.model import check_operation
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.faults import ALWAYS, Fault, Faults


@pytest.fixture
def faults() -> Faults:
    return Faults()


def codes(faults: Faults, operation: str, times: int) -> list[str | None]:
    met = [faults.next_for(operation) for _ in range(times)]
    return [fault.code if fault else None for fault in met]


def taken(faults: Faults) -> Fault:
    """The fault that a call meets; there is one."""
    fault = faults.next_for("SignUp")
    assert fault is not None
    return fault


def test_nothing_is_injected_unless_asked_for(faults: Faults) -> None:
    assert not faults.pending("InitiateAuth")
    assert faults.next_for("InitiateAuth") is None


@pytest.mark.parametrize("name", ["InitiateAuth", "initiate_auth", "*"])
def test_an_operation_by_either_name_or_any(faults: Faults, name: str) -> None:
    faults.throttle(name)
    assert faults.pending("InitiateAuth")
    assert codes(faults, "InitiateAuth", 2) == ["TooManyRequestsException", None]
    assert not faults.pending("InitiateAuth")


def test_another_operation(faults: Faults) -> None:
    faults.throttle("InitiateAuth")
    assert not faults.pending("AdminInitiateAuth")
    assert faults.next_for("AdminInitiateAuth") is None


def test_in_the_order_in_which_they_were_injected(faults: Faults) -> None:
    faults.fail("SignUp", times=2, code="A")
    faults.fail("*", code="B")
    assert codes(faults, "SignUp", 4) == ["A", "A", "B", None]


def test_always(faults: Faults) -> None:
    faults.slow_down(seconds=0.5)
    assert [taken(faults).latency for _ in range(50)] == [0.5] * 50


def test_latency_and_an_error_at_once(faults: Faults) -> None:
    """A fault that is made by hand has any of its members."""
    faults.inject(Fault("SignUp", 1, code="SlowException", latency=0.1))
    fault = taken(faults)
    assert (fault.code, fault.latency) == ("SlowException", 0.1)


def test_what_the_failures_are_unless_said(faults: Faults) -> None:
    faults.throttle()
    faults.fail()
    faults.time_out()
    throttled, failed, timed_out = (taken(faults) for _ in range(3))
    assert (throttled.code, throttled.message, throttled.status) == ("TooManyRequestsException", "Rate exceeded", None)
    assert (failed.code, failed.status) == ("InternalErrorException", 500)
    assert (timed_out.timeout, timed_out.code) == ("read", None)


def test_clear(faults: Faults) -> None:
    faults.fail(times=ALWAYS)
    faults.clear()
    assert not faults.pending("SignUp")


def test_each_is_taken_once_whatever_the_threads(faults: Faults) -> None:
    faults.fail("SignUp", times=100)
    met: list[Fault | None] = []

    def take() -> None:
        met.extend(faults.next_for("SignUp") for _ in range(20))

    threads = [threading.Thread(target=take) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(met) == 200
    assert sum(fault is not None for fault in met) == 100


@pytest.mark.parametrize("inject", ["throttle", "fail", "time_out", "slow_down"])
def test_an_operation_that_there_is_not(inject: str) -> None:
    faults = Faults(check_operation)
    seconds = {"seconds": 1} if inject == "slow_down" else {}

    with pytest.raises(UsageError, match=r"no operation 'InitiateAuht': did you mean 'InitiateAuth'\?"):
        getattr(faults, inject)("InitiateAuht", **seconds)

    assert not faults.pending("InitiateAuth")


@pytest.mark.parametrize("name", ["GetUser", "get_user", "GetId", "AssumeRole", "*"])
def test_operations_of_every_service(name: str) -> None:
    faults = Faults(check_operation)
    faults.throttle(name)
    assert faults.pending("GetUser" if name in ("*", "get_user") else name)


SENSELESS: dict[str, tuple[Callable[[Any], Any], str]] = {
    "the number in place of the operation": (lambda faults: faults.throttle(2), 'name of an operation, such as "Init'),
    "no call": (lambda faults: faults.throttle(times=0), "times must be a whole number, at least 1"),
    "half a call": (lambda faults: faults.throttle(times=0.5), "times must be a whole number, at least 1"),
    "True": (lambda faults: faults.throttle(times=True), "times must be a whole number, at least 1"),
    "no phase": (lambda faults: faults.time_out(phase="write"), 'phase is "connect" or "read", not \'write\''),
    "no code": (lambda faults: faults.fail(code=""), "code is the name of an error"),
    "a status that is no error's": (lambda faults: faults.fail(status=200), "status is that of an HTTP error"),
    "a time that has passed": (lambda faults: faults.slow_down(seconds=-1), "seconds is a number, at least 0"),
    "no delay": (lambda faults: faults.slow_down(seconds=0), "this fault changes nothing"),
    "nothing": (lambda faults: faults.inject(Fault("SignUp", 1)), "this fault changes nothing"),
}


@pytest.mark.parametrize(("inject", "message"), SENSELESS.values(), ids=SENSELESS)
def test_a_fault_that_no_call_could_meet(faults: Faults, inject: Callable[[Any], Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        inject(faults)
    assert not faults.pending("SignUp")


def test_which_faults_no_call_has_met(faults: Faults) -> None:
    faults.throttle("SignUp", times=3)
    faults.slow_down("SignUp", seconds=2)
    faults.fail("GetUser")
    faults.next_for("SignUp")
    assert [str(fault) for fault in faults.take_unmet()] == [
        "2 seconds of latency of SignUp",
        "InternalErrorException of GetUser",
    ]
    assert faults.take_unmet() == []
    assert faults.pending("SignUp"), "a fault that was met once goes on"
