"""Faults that a test injects: throttling, service errors, time-outs, latency.

They are for operations, under their names, and for web requests: ``"POST /oauth2/token"``, as in the log of calls.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pytest_cognito.kernel import locks
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.rates import Rates

ALWAYS = -1
ANY = "*"

INJECTED = "a fault that the test injected"
"""The explanation, in the log of calls, of a call that failed by an injected fault."""

_PHASES = ("connect", "read")
_METHOD = re.compile(r"[A-Za-z]+ /")


class TimedOut(TimeoutError):
    """A call or a request has an injected time-out: no response may be sent. ``phase`` is that of the `Fault`."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"{fault.operation}: the test lets it time out")
        self.phase = fault.timeout


@dataclass(slots=True)
class Fault:
    """A fault of the next ``times`` calls of an operation (``"*"``: any operation), or requests to the web side.

    An error has a ``code``, a ``message`` and a ``status``, None for that of the service's protocol; a time-out has
    ``timeout``, ``"connect"`` or ``"read"``; ``latency`` is a delay in seconds before the response, the error or the
    time-out. ``met`` says whether a call has met it.
    """

    operation: str
    times: int
    code: str | None = None
    message: str = ""
    status: int | None = None
    timeout: str | None = None
    latency: float = 0.0
    met: bool = False

    def __str__(self) -> str:
        calls = "any operation" if self.operation == ANY else self.operation
        effects = [
            f"a {self.timeout} time-out" if self.timeout else "",
            self.code or "",
            f"{self.latency:g} seconds of latency" if self.latency else "",
        ]
        return f"{' and '.join(filter(None, effects))} of {calls}"


class Faults:
    """The faults of a world, applied in the order in which they were injected.

    ``check`` raises for the name of an operation that does not exist.
    """

    def __init__(self, check: Callable[[str], object] | None = None) -> None:
        self._faults: list[Fault] = []
        self._lock = locks.lock()
        self._check = check
        self.check_request: Callable[[str], object] | None = None
        """A function that raises for a web request that nothing answers."""
        self.rates: Rates | None = None
        """The requests of the last second, if the quotas on requests are enforced; see `enforce_quotas`."""

    def enforce_quotas(self) -> None:
        """Enforce AWS's quotas on requests from now on, each counted anew: so many a second for each category.

        A request beyond its quota fails with ``TooManyRequestsException``. Time is that of the clock of the mock. The
        calls of fixtures and handles are not counted.
        """
        self.rates = Rates()

    def throttle(self, operation: str = ANY, times: int = 1) -> None:
        """Fail the next ``times`` calls with ``TooManyRequestsException``, as Cognito throttles.

        The HTTP status is 400, and 429 of Cognito Sync and of web requests.
        """
        self.inject(Fault(operation, times, "TooManyRequestsException", "Rate exceeded"))

    def fail(
        self,
        operation: str = ANY,
        times: int = 1,
        *,
        code: str = "InternalErrorException",
        message: str = "Something went wrong",
        status: int = 500,
    ) -> None:
        """Fail the next ``times`` calls with an error, by default an internal error of the service."""
        self.inject(Fault(operation, times, code, message, status))

    def time_out(self, operation: str = ANY, times: int = 1, *, phase: str = "read") -> None:
        """Let the next ``times`` calls time out while connecting (``"connect"``) or waiting for the response."""
        self.inject(Fault(operation, times, timeout=phase))

    def slow_down(self, operation: str = ANY, *, seconds: float, times: int = ALWAYS) -> None:
        """Delay the responses to the next ``times`` calls, by default to all."""
        self.inject(Fault(operation, times, latency=seconds))

    def clear(self) -> None:
        """Remove all faults, and enforce quotas on requests no longer."""
        with self._lock:
            self._faults = []
            self.rates = None

    def inject(self, fault: Fault) -> None:
        """Inject a fault. Raises `UsageError` for one that no call could meet, or that would change nothing."""
        _check_effect(fault)
        if not _is_text(fault.operation):
            raise UsageError(
                f'a fault takes the name of an operation, such as "InitiateAuth", or of a web request, such as '
                f'"POST /oauth2/token", not {fault.operation!r}'
            )
        check = self.check_request if is_request(fault.operation) else self._check
        if check is not None and fault.operation != ANY:
            check(fault.operation)
        with self._lock:
            self._faults = [*self._faults, fault]

    def pending(self, operation: str) -> bool:
        """Whether a fault is injected for the next call of this operation."""
        return bool(self._faults) and any(_applies(fault, operation) for fault in self._faults)

    def next_for(self, operation: str) -> Fault | None:
        """Take the fault, if any, for the current call of this operation, and count it."""
        with self._lock:
            fault = next((fault for fault in self._faults if _applies(fault, operation)), None)
            if fault is not None:
                fault.met = True
                if fault.times != ALWAYS:
                    fault.times -= 1
                    self._faults = [one for one in self._faults if one.times]
            return fault

    def take_unmet(self) -> list[Fault]:
        """Remove the faults that no call has met, and return them."""
        with self._lock:
            unmet = [fault for fault in self._faults if not fault.met]
            if unmet:
                self._faults = [fault for fault in self._faults if fault.met]
            return unmet


def is_request(name: str) -> bool:
    """Whether a name is that of a web request, ``"POST /oauth2/token"``, and not of an operation."""
    if name.startswith("/"):
        raise UsageError(f'a web request is named by its method, too: "POST {name}" or "GET {name}"')
    return _METHOD.match(name) is not None


def _check_effect(fault: Fault) -> None:
    if type(fault.times) is not int or (fault.times < 1 and fault.times != ALWAYS):
        raise UsageError(f"times must be a whole number, at least 1, not {fault.times!r}")
    if fault.timeout is not None and fault.timeout not in _PHASES:
        raise UsageError(f'phase is "connect" or "read", not {fault.timeout!r}')
    if not _is_number(fault.latency, 0, float("inf")):
        raise UsageError(f"seconds is a number, at least 0, not {fault.latency!r}")
    if fault.code is not None and not _is_text(fault.code):
        raise UsageError(f'code is the name of an error, such as "InternalErrorException", not {fault.code!r}')
    if fault.code and fault.status is not None and not _is_number(fault.status, 400, 599):
        raise UsageError(f"status is that of an HTTP error, 400 to 599, not {fault.status!r}")
    if not (fault.code or fault.timeout or fault.latency):
        raise UsageError("this fault changes nothing: give it a code, a timeout or a latency of more than 0 seconds")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _is_number(value: object, least: float, most: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most


def _applies(fault: Fault, operation: str) -> bool:
    if " " in operation:  # a web request, which is no operation
        return fault.operation.lower() == operation.lower()
    wanted = fault.operation.replace("_", "").lower()
    return wanted in (ANY, operation.lower())
