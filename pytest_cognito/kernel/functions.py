"""Lambda functions as Python callables, by ARN, and their invocations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from traceback import FrameSummary, extract_tb
from typing import Any, NamedTuple

from pytest_cognito.kernel.history import history
from pytest_cognito.kernel.outbox import shown_code
from pytest_cognito.kernel.text import MASK, first_line, is_secret, plain, printable

Function = Callable[[dict[str, Any], Any], Any]
API = "API"
"""What the functions behind an API, a load balancer or a GraphQL API are called in place of a trigger."""
CLOUDFORMATION = "CloudFormation"
"""What the functions of custom resources are called in place of a trigger."""
_MAX_DEPTH = 5
_TOLD = ("statusCode", "isAuthorized")
"""What is told of the result of a function behind an API."""


class Ignored(NamedTuple):
    """A member of a function's response that Cognito does not read: its path, and what Cognito reads in its place."""

    path: str
    read: tuple[str, ...]


# pytest shows the fields that are compared, unmasked, where an assertion fails: those with secrets are not among them.
@dataclass(slots=True, eq=False, repr=False)
class Invocation:
    """One run of a function: the ``trigger`` by AWS's name, the ``event``, and the ``result`` or ``error``.

    ``source`` is the event's ``triggerSource`` and ``arn`` the function's. Of a function behind an API the ``trigger``
    is ``API`` and the ``source`` its route; of one of a custom resource they are ``CloudFormation`` and, for example,
    ``Create of Admin``. ``code`` is, for CustomEmailSender and
    CustomSMSSender, the code or temporary password to send, which ``event["request"]["code"]`` has encrypted.
    ``refusal`` says why Cognito does not accept what the function returned, ``ignored`` which members of the response
    it does not read. ``frames`` are those of the traceback of an error that the function raised, which outlive it.
    ``answer`` is the member of the event by which the function answers.
    """

    trigger: str
    source: str
    arn: str
    event: dict[str, Any] = field(compare=False)
    result: Any = field(default=None, compare=False)
    error: BaseException | None = field(default=None, compare=False)
    code: str | None = field(default=None, compare=False)
    refusal: str | None = field(default=None, compare=False)
    ignored: tuple[Ignored, ...] = field(default=(), compare=False)
    frames: tuple[FrameSummary, ...] = field(default=(), compare=False)
    answer: str = field(default="response", compare=False)

    def raised(self, error: BaseException) -> None:
        """Note an error that the function raised."""
        self.error, self.frames = error, tuple(extract_tb(error.__traceback__))

    @property
    def title(self) -> str:
        """What ran: ``trigger PreSignUp_SignUp``, or ``function notes for GET /notes``."""
        if self.trigger not in (API, CLOUDFORMATION):
            return f"trigger {self.source}"
        return f"function {self.arn.rpartition(':function:')[2]} for {self.source}"

    def outcome(self) -> str:
        """What the function did, without secrets; empty for a function of which Cognito reads nothing."""
        if self.refusal is not None:
            return self.refusal
        if self.error is not None:
            return f"raised {type(self.error).__name__}: {first_line(self.error)}"
        if self.trigger == API:
            return self._told()
        if self.answer not in self.event:
            return ""
        if self.result is None:
            return "did not finish"
        before, after = self.event[self.answer], self.result.get(self.answer)
        skipped = {ignored.path for ignored in self.ignored}
        changed = " ".join(_changes(before, after, skipped)) or "nothing"
        return "; ".join([f"changed {changed}", *map(_told, self.ignored)])

    def _told(self) -> str:
        result = self.result if isinstance(self.result, Mapping) else {}
        return " ".join(["returned", *(f"{name}={plain(result[name])}" for name in _TOLD if name in result)])

    def __repr__(self) -> str:
        code = "" if self.code is None else f" with {shown_code(self.code, self.source)}"
        return printable(f"<Invocation {self.source}{code} {self.outcome()}".rstrip() + ">")


def _told(ignored: Ignored) -> str:
    return f"{ignored.path} is ignored: Cognito reads {', '.join(ignored.read) or 'nothing'} there"


def _changes(before: Any, after: Any, skipped: set[str], path: str = "", depth: int = 0) -> Iterator[str]:
    """The changed values in an event's response, with their paths."""
    if path in skipped:
        return
    if isinstance(after, Mapping) and depth < _MAX_DEPTH:
        old = before if isinstance(before, Mapping) else {}
        for name, value in after.items():
            yield from _changes(old.get(name), value, skipped, f"{path}.{name}" if path else str(name), depth + 1)
    elif after != before:
        name = path.removesuffix(".newValue").rpartition(".")[2]  # the key of a record names its new value
        yield f"{path}={MASK if is_secret(name) else plain(after)}"


class Functions:
    """The functions registered in a world, and their invocations, oldest first: all, or the newest ``limit``."""

    def __init__(self, registered: Mapping[str, Function] | None = None, limit: int | None = None) -> None:
        self._by_arn: dict[str, Function] = dict(registered or {})
        self.invocations: list[Invocation] = history(limit)
        self.find: Callable[[str], Function | None] | None = None
        """A function that finds the function of an ARN that is not registered."""

    def reset(self, registered: Mapping[str, Function]) -> None:
        """Forget the invocations, and all functions but these."""
        self._by_arn = dict(registered)
        self.invocations.clear()

    def registered(self) -> dict[str, Function]:
        """The functions by ARN."""
        return dict(self._by_arn)

    def register(self, arn: str, function: Function) -> None:
        self._by_arn[arn] = function

    def unregister(self, arn: str) -> None:
        """Forget the function of an ARN, if there is one."""
        self._by_arn.pop(arn, None)

    def get(self, arn: str) -> Function | None:
        """The function of an ARN; None if there is none here."""
        registered = self._by_arn.get(arn)
        return self.find(arn) if registered is None and self.find is not None else registered

    def of(self, trigger: str) -> list[Invocation]:
        """The invocations of a trigger (``"PreSignUp"``) or a ``triggerSource`` (``"PreSignUp_AdminCreateUser"``)."""
        return [one for one in self.invocations if trigger in (one.trigger, one.source)]

    def __iter__(self) -> Iterator[Invocation]:
        return iter(tuple(self.invocations))

    def __len__(self) -> int:
        return len(self.invocations)
