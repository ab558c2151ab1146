"""Lambda functions as Python callables, by ARN, and the record of their invocations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Function = Callable[[dict[str, Any], Any], Any]


@dataclass(slots=True)
class Invocation:
    """One run of a function: ``trigger`` in AWS's words, the ``event`` it got, and its ``result`` or ``error``.

    ``code`` is, for CustomEmailSender and CustomSMSSender, the code or the temporary password that is to be sent: what
    the function finds in ``event["request"]["code"]`` once it has decrypted that.
    """

    trigger: str
    source: str
    arn: str
    event: dict[str, Any]
    result: Any = None
    error: BaseException | None = None
    code: str | None = None


class Functions:
    """The functions that a test has registered in a world, and what was invoked so far, oldest first."""

    def __init__(self, parent: Functions | None = None) -> None:
        self._by_arn: dict[str, Function] = {} if parent is None else dict(parent._by_arn)
        self.invocations: list[Invocation] = []

    def register(self, arn: str, function: Function) -> None:
        self._by_arn[arn] = function

    def get(self, arn: str) -> Function | None:
        return self._by_arn.get(arn)

    def of(self, trigger: str) -> list[Invocation]:
        """The invocations of one trigger (``"PreSignUp"``) or of one source of it (``"PreSignUp_AdminCreateUser"``)."""
        return [one for one in self.invocations if trigger in (one.trigger, one.source)]

    def __iter__(self) -> Iterator[Invocation]:
        return iter(tuple(self.invocations))

    def __len__(self) -> int:
        return len(self.invocations)
