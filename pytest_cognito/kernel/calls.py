"""The log of calls: each call with its parameters and its result or error."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Protocol

from pytest_cognito.kernel.functions import Invocation
from pytest_cognito.kernel.history import history
from pytest_cognito.kernel.outbox import Message

depth: ContextVar[int] = ContextVar("depth", default=0)
"""The number of triggers around the running code: 0 in a test or an application, 1 in a function of a trigger."""


class Caller(Protocol):
    """The credentials that signed a call."""

    @property
    def access_key(self) -> str | None: ...

    @property
    def session_token(self) -> str | None: ...


# pytest shows the fields that are compared, unmasked, where an assertion fails: those with secrets are not among them.
@dataclass(slots=True, eq=False, repr=False)
class Call:
    """One call of an operation, or a web request, whose ``service`` is ``"web"``.

    ``parameters`` are the request's under the API's names, ``result`` is the response, ``error`` the exception if the
    call failed; ``invocations`` are the Lambda triggers that ran and ``messages`` the messages sent, both in order.
    ``depth`` is 0 for a call made by the test or the application, 1 for one made inside a trigger of such a call, and
    so on. ``caller`` has the credentials that signed the call, None if it was not signed. ``explanation`` has lines
    on the state that led to the error, if `CallLog.explain` is set.
    """

    service: str
    operation: str
    parameters: Mapping[str, Any] = field(compare=False)
    region: str
    request_id: str
    depth: int = 0
    caller: Caller | None = field(default=None, compare=False)
    result: Mapping[str, Any] | None = field(default=None, compare=False)
    error: Exception | None = field(default=None, compare=False)
    invocations: list[Invocation] = field(default_factory=list, compare=False)
    messages: list[Message] = field(default_factory=list, compare=False)
    explanation: tuple[str, ...] = field(default=(), compare=False)

    def __repr__(self) -> str:
        return f"<Call {describe(self)}>"


describe: Callable[[Call], str] = attrgetter("operation")
"""A function that describes a call without its secrets. ``gateway`` sets one that knows the service models."""


class CallLog:
    """The calls of a world in the order in which they began: all, or the newest ``limit``.

    ``check`` raises for an operation that does not exist.
    """

    def __init__(self, limit: int | None = None, check: Callable[[str], object] | None = None) -> None:
        self._calls: list[Call] = history(limit)
        self._check = check
        self.begun = 0
        """The number of calls that have begun, those that were forgotten included."""
        self.explain: Callable[[Call], tuple[str, ...]] | None = None
        """A function that explains a failed call. It is called at once, while the state is that of the failure."""

    def add(self, call: Call) -> None:
        self._calls.append(call)
        self.begun += 1

    def failed(self, call: Call, error: Exception) -> None:
        """Set the error that a call ended in, and its explanation."""
        call.error = error
        if self.explain is not None:
            call.explanation = self.explain(call)

    def of(self, operation: str) -> list[Call]:
        """The calls of one operation, by AWS's name (``"InitiateAuth"``) or boto3's (``"initiate_auth"``).

        Web requests are found by method and path: ``"GET /confirmUser"``.
        """
        is_request = " " in operation  # whose path may have underscores
        wanted = operation.lower() if is_request else operation.replace("_", "").lower()
        found = [call for call in self._calls if call.operation.lower() == wanted]
        if not found and self._check is not None and not is_request:
            self._check(operation)
        return found

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
