"""Faults that a test injects: throttling, service errors, time-outs, latency."""

from __future__ import annotations

import threading
from dataclasses import dataclass

ALWAYS = -1

INJECTED = "a fault that the test injected"
"""Why a call never got to its operation, in the log of calls."""


@dataclass(slots=True)
class Fault:
    """What is to go wrong with the next ``times`` calls of an operation (``"*"``: any).

    An error has a ``code``, a ``message`` and a ``status``; a time-out has ``timeout`` ``"connect"`` or ``"read"``;
    ``latency`` is in seconds and happens before whatever else happens.
    """

    operation: str
    times: int
    code: str | None = None
    message: str = ""
    status: int = 400
    timeout: str | None = None
    latency: float = 0.0


class Faults:
    """The faults of a world, taken in the order in which they were injected."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._lock = threading.Lock()

    def throttle(self, operation: str = "*", times: int = 1) -> None:
        """The next ``times`` calls are answered ``TooManyRequestsException`` (HTTP 400), as Cognito throttles."""
        self.inject(Fault(operation, times, "TooManyRequestsException", "Rate exceeded"))

    def fail(
        self,
        operation: str = "*",
        times: int = 1,
        *,
        code: str = "InternalErrorException",
        message: str = "Something went wrong",
        status: int = 500,
    ) -> None:
        """The next ``times`` calls are answered with this error; without more said, a failure of the service."""
        self.inject(Fault(operation, times, code, message, status))

    def time_out(self, operation: str = "*", times: int = 1, *, phase: str = "read") -> None:
        """The next ``times`` calls end in a time-out while connecting (``"connect"``) or waiting for the answer."""
        if phase not in ("connect", "read"):
            raise ValueError(f'phase is "connect" or "read", not {phase!r}')
        self.inject(Fault(operation, times, timeout=phase))

    def slow_down(self, operation: str = "*", *, seconds: float, times: int = ALWAYS) -> None:
        """Answer the next ``times`` calls (all, if not said) after a real delay."""
        self.inject(Fault(operation, times, latency=seconds))

    def clear(self) -> None:
        """Inject nothing any more."""
        with self._lock:
            self._faults = []

    def inject(self, fault: Fault) -> None:
        if fault.times < 1 and fault.times != ALWAYS:
            raise ValueError(f"times must be at least 1, not {fault.times}")
        with self._lock:
            self._faults = [*self._faults, fault]

    def pending(self, operation: str) -> bool:
        """Whether a fault waits for the next call of this operation."""
        return bool(self._faults) and any(_applies(fault, operation) for fault in self._faults)

    def take(self, operation: str) -> Fault | None:
        """The fault that the call of this operation which is made now shall meet."""
        with self._lock:
            fault = next((fault for fault in self._faults if _applies(fault, operation)), None)
            if fault is not None and fault.times != ALWAYS:
                fault.times -= 1
                self._faults = [one for one in self._faults if one.times]
            return fault


def _applies(fault: Fault, operation: str) -> bool:
    wanted = fault.operation.replace("_", "").lower()
    return wanted in ("*", operation.lower())
