"""Lambda functions as Python callables, by ARN, and their invocations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pytest_cognito.kernel.history import history

Function = Callable[[dict[str, Any], Any], Any]


@dataclass(slots=True)
class Invocation:
    """One run of a function: the ``trigger`` by AWS's name, the ``event``, and the ``result`` or ``error``.

    ``source`` is the event's ``triggerSource`` and ``arn`` the function's. ``code`` is, for CustomEmailSender and
    CustomSMSSender, the code or temporary password to send, which ``event["request"]["code"]`` has encrypted.
    """

    trigger: str
    source: str
    arn: str
    event: dict[str, Any]
    result: Any = None
    error: BaseException | None = None
    code: str | None = None


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
