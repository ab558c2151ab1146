"""Faults: which call meets which."""

from __future__ import annotations

import threading

import pytest

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
    assert (throttled.code, throttled.message, throttled.status) == ("TooManyRequestsException", "Rate exceeded", 400)
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
