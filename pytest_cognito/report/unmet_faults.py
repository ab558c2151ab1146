"""The failure of a test that injected a fault which no call met."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn

from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.faults import ANY, Fault, is_request
from pytest_cognito.world import World

_ADVICE = """\
Faults are met by calls of clients of boto3 and aiobotocore, by web requests under their names ("POST /oauth2/token"),
and by requests to the server, not by those of fixtures and handles (user.sign_in() …). If it is right that no call
meets it, end the test with cognito.faults.clear()."""


def fail(unmet: Iterable[tuple[World, Fault]]) -> NoReturn:
    """Fail the test, which has not shown what it meant to."""
    raise UsageError("\n".join([*(_line(world, fault) for world, fault in unmet), _ADVICE]))


def _line(world: World, fault: Fault) -> str:
    calls = len(world.calls) if fault.operation == ANY else len(world.calls.of(fault.operation))
    made = {0: "there was none", 1: "the one there was came before it, or from a handle"}
    seen = made.get(calls, f"the {calls} there were came before it, or from handles")
    unit = "request" if is_request(fault.operation) else "call"
    what = "call" if fault.operation == ANY else f"{unit} of {fault.operation}"
    return f"no {what} met the injected fault, {fault}: {seen}."
