"""Faults that a test injects: throttling, service errors, time-outs, latency."""

from __future__ import annotations

import threading
from dataclasses import dataclass

ALWAYS = -1

INJECTED = "a fault that the test injected"
"""The explanation, in the log of calls, of a call that failed by an injected fault."""


@dataclass(slots=True)
class Fault:
    """A fault of the next ``times`` calls of an operation (``"*"``: any operation).

    An error has a ``code``, a ``message`` and a ``status``; a time-out has ``timeout``, ``"connect"`` or ``"read"``;
    ``latency`` is a delay in seconds before the response, the error or the time-out.
    """

    operation: str
    times: int
    code: str | None = None
    message: str = ""
    status: int = 400
    timeout: str | None = None
    latency: float = 0.0


class Faults:
    """The faults of a world, applied in the order in which they were injected."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._lock = threading.Lock()

    def throttle(self, operation: str = "*", times: int = 1) -> None:
        """Fail the next ``times`` calls with ``TooManyRequestsException`` (HTTP 400), as Cognito throttles."""
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
        """Fail the next ``times`` calls with an error, by default an internal error of the service."""
        self.inject(Fault(operation, times, code, message, status))

    def time_out(self, operation: str = "*", times: int = 1, *, phase: str = "read") -> None:
        """Let the next ``times`` calls time out while connecting (``"connect"``) or waiting for the response."""
        if phase not in ("connect", "read"):
            raise ValueError(f'phase is "connect" or "read", not {phase!r}')
        self.inject(Fault(operation, times, timeout=phase))

    def slow_down(self, operation: str = "*", *, seconds: float, times: int = ALWAYS) -> None:
        """Delay the responses to the next ``times`` calls, by default to all."""
        self.inject(Fault(operation, times, latency=seconds))

    def clear(self) -> None:
        """Remove all faults."""
        with self._lock:
            self._faults = []

    def inject(self, fault: Fault) -> None:
        if fault.times < 1 and fault.times != ALWAYS:
            raise ValueError(f"times must be at least 1, not {fault.times}")
        with self._lock:
            self._faults = [*self._faults, fault]

    def pending(self, operation: str) -> bool:
        """Whether a fault is injected for the next call of this operation."""
        return bool(self._faults) and any(_applies(fault, operation) for fault in self._faults)

    def next_for(self, operation: str) -> Fault | None:
        """Take the fault, if any, for the current call of this operation, and count it."""
        with self._lock:
            fault = next((fault for fault in self._faults if _applies(fault, operation)), None)
            if fault is not None and fault.times != ALWAYS:
                fault.times -= 1
                self._faults = [one for one in self._faults if one.times]
            return fault


def _applies(fault: Fault, operation: str) -> bool:
    wanted = fault.operation.replace("_", "").lower()
    return wanted in ("*", operation.lower())
