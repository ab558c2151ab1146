"""The log of calls: what a world was asked, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from .functions import Invocation
from .outbox import Message

depth: ContextVar[int] = ContextVar("depth", default=0)
"""How many triggers deep the running code is: 0 in a test or an application, 1 in a function that Cognito invoked."""


@dataclass(slots=True)
class Call:
    """One call of an operation.

    ``parameters`` are the request's under the API's names, ``result`` the answer, ``error`` the exception if it failed;
    ``invocations`` the Lambda triggers it ran and ``messages`` what it sent, both in order. ``depth`` is 0 for a call
    of the test's or the application's own, 1 for one made inside a trigger of such a call, and so on.
    ``explanation`` has lines on the state that led to the error, where somebody watches for that.
    """

    service: str
    operation: str
    parameters: Mapping[str, Any]
    region: str
    request_id: str
    depth: int = 0
    result: Mapping[str, Any] | None = None
    error: Exception | None = None
    invocations: list[Invocation] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    explanation: tuple[str, ...] = ()


class CallLog:
    """The calls of a world in the order in which they began."""

    def __init__(self) -> None:
        self._calls: list[Call] = []
        self.explain: Callable[[Call], tuple[str, ...]] | None = None
        """Asked about each call that failed, while the state is what it was when it failed."""

    def add(self, call: Call) -> None:
        self._calls.append(call)

    def failed(self, call: Call, error: Exception) -> None:
        """Note that a call ended in an error."""
        call.error = error
        if self.explain is not None:
            call.explanation = self.explain(call)

    def of(self, operation: str) -> list[Call]:
        """The calls of one operation, by AWS's name (``"InitiateAuth"``) or boto3's (``"initiate_auth"``)."""
        wanted = operation.replace("_", "").lower()
        return [call for call in self._calls if call.operation.lower() == wanted]

    def clear(self) -> None:
        """Forget the calls so far."""
        self._calls.clear()

    def __iter__(self) -> Iterator[Call]:
        return iter(tuple(self._calls))

    def __len__(self) -> int:
        return len(self._calls)

    def __getitem__(self, index: int) -> Call:
        return self._calls[index]

    def __repr__(self) -> str:
        return f"<CallLog: {[call.operation for call in self._calls]}>"
