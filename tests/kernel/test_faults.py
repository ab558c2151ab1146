"""Faults: which call meets which."""

from __future__ import annotations

import threading

import pytest

from pytest_cognito.kernel.faults import ALWAYS, Fault, Faults


@pytest.fixture
def faults() -> Faults:
    return Faults()


def codes(faults: Faults, operation: str, times: int) -> list[str | None]:
    taken = [faults.take(operation) for _ in range(times)]
    return [fault.code if fault else None for fault in taken]


def test_nothing_is_injected_unless_asked_for(faults):
    assert not faults.pending("InitiateAuth")
    assert faults.take("InitiateAuth") is None


@pytest.mark.parametrize("name", ["InitiateAuth", "initiate_auth", "*"])
def test_an_operation_by_either_name_or_any(faults, name):
    faults.throttle(name)
    assert faults.pending("InitiateAuth")
    assert codes(faults, "InitiateAuth", 2) == ["TooManyRequestsException", None]
    assert not faults.pending("InitiateAuth")


def test_another_operation(faults):
    faults.throttle("InitiateAuth")
    assert not faults.pending("AdminInitiateAuth")
    assert faults.take("AdminInitiateAuth") is None


def test_in_the_order_in_which_they_were_injected(faults):
    faults.fail("SignUp", times=2, code="A")
    faults.fail("*", code="B")
    assert codes(faults, "SignUp", 4) == ["A", "A", "B", None]


def test_always(faults):
    faults.slow_down(seconds=0.5)
    assert [faults.take("SignUp").latency for _ in range(50)] == [0.5] * 50


def test_latency_and_an_error_at_once(faults):
    """A fault that is made by hand has any of its members."""
    faults.inject(Fault("SignUp", 1, code="SlowException", latency=0.1))
    fault = faults.take("SignUp")
    assert (fault.code, fault.latency) == ("SlowException", 0.1)


def test_what_the_failures_are_unless_said(faults):
    faults.throttle()
    faults.fail()
    faults.time_out()
    throttled, failed, timed_out = (faults.take("SignUp") for _ in range(3))
    assert (throttled.code, throttled.message, throttled.status) == ("TooManyRequestsException", "Rate exceeded", 400)
    assert (failed.code, failed.status) == ("InternalErrorException", 500)
    assert (timed_out.timeout, timed_out.code) == ("read", None)


def test_clear(faults):
    faults.fail(times=ALWAYS)
    faults.clear()
    assert not faults.pending("SignUp")


def test_each_is_taken_once_whatever_the_threads(faults):
    faults.fail("SignUp", times=100)
    taken = []

    def take() -> None:
        taken.extend(faults.take("SignUp") for _ in range(20))

    threads = [threading.Thread(target=take) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(taken) == 200
    assert sum(fault is not None for fault in taken) == 100
