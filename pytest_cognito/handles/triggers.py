"""The functions of Lambda triggers, and their invocations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from pytest_cognito import cognito_sync
from pytest_cognito.cognito_idp import check_trigger
from pytest_cognito.handles import arguments
from pytest_cognito.handles.pools import only_pool
from pytest_cognito.kernel.functions import Invocation
from pytest_cognito.world import World

F = TypeVar("F", bound=Callable[..., Any])


class Triggers:
    """The triggers of a world: functions for its only pool or for an ARN, and all invocations, oldest first."""

    def __init__(self, world: World) -> None:
        self._world = world

    def on(self, trigger: str, *, version: str | int | None = None) -> Callable[[F], F]:
        """Decorate the function for a trigger of the only user pool; with several pools, use ``pool.on``.

        SyncTrigger is one of the only identity pool.
        """
        if trigger in cognito_sync.EVENTS and version is None:
            from pytest_cognito.handles.identity_pools import only_pool as only_identity_pool

            return only_identity_pool(self._world, f"pool.on({trigger!r})").on(trigger)
        hint = "pool.on(…)" if callable(trigger) else f"pool.on({trigger!r})"
        return only_pool(self._world, hint).on(trigger, version=version)

    def register(self, arn: str, function: Callable[..., Any]) -> None:
        """Register ``function(event, context)`` as the Lambda function with an ARN, for use in a LambdaConfig."""
        arguments.check_arn(arn)
        arguments.check_function(arn, function)
        self._world.functions.register(arn, function)

    def of(self, trigger: str) -> list[Invocation]:
        """The invocations of a trigger (``"PreSignUp"``) or a ``triggerSource`` (``"PreSignUp_AdminCreateUser"``)."""
        check_trigger(trigger, cognito_sync.EVENTS)
        return self._world.functions.of(trigger)

    def last(self, trigger: str | None = None) -> Invocation:
        """The newest invocation, or the newest of a trigger. Raises ``LookupError`` if there is none."""
        found = list(self) if trigger is None else self.of(trigger)
        if not found:
            ran = ", ".join(one.source for one in self) or "no trigger"
            raise LookupError(f"{trigger or 'no trigger'} was not invoked; {ran} was")
        return found[-1]

    def __iter__(self) -> Iterator[Invocation]:
        return iter(self._world.functions)

    def __len__(self) -> int:
        return len(self._world.functions)

    def __repr__(self) -> str:
        return f"<Triggers: {[one.source for one in self]}>"
