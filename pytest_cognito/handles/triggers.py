"""Functions for triggers, and the events that they got."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from ..kernel.functions import Invocation
from ..kernel.usage import UsageError

if TYPE_CHECKING:
    from ..cognito import Cognito

F = TypeVar("F", bound=Callable[..., Any])


class Triggers:
    """The triggers of a world: registered here for its only pool, or for an ARN; and every invocation, oldest first."""

    def __init__(self, cognito: Cognito) -> None:
        self._cognito = cognito

    def on(self, trigger: str, *, version: str | int | None = None) -> Callable[[F], F]:
        """Decorate the function that is to run for a trigger of the pool; with several pools, use ``pool.on``."""
        pools = self._cognito.pools
        if len(pools) != 1:
            raise UsageError(f"there are {len(pools)} user pools; say which one: pool.on({trigger!r})")
        return pools[0].on(trigger, version=version)

    def register(self, arn: str, function: Callable[..., Any]) -> None:
        """Let ``function(event, context)`` be the Lambda function of an ARN that a LambdaConfig names."""
        self._cognito.world.functions.register(arn, function)

    def of(self, trigger: str) -> list[Invocation]:
        """The invocations of a trigger (``"PreSignUp"``) or of one source (``"PreSignUp_AdminCreateUser"``)."""
        return self._cognito.world.functions.of(trigger)

    def last(self, trigger: str | None = None) -> Invocation:
        """The newest invocation, or the newest of a trigger. It is an error to ask for one that never was."""
        found = list(self) if trigger is None else self.of(trigger)
        if not found:
            ran = ", ".join(one.source for one in self) or "no trigger"
            raise LookupError(f"{trigger or 'no trigger'} was not invoked; {ran} was")
        return found[-1]

    def __iter__(self) -> Iterator[Invocation]:
        return iter(self._cognito.world.functions)

    def __len__(self) -> int:
        return len(self._cognito.world.functions)

    def __repr__(self) -> str:
        return f"<Triggers: {[one.source for one in self]}>"
