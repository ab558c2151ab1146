"""`Cognito`: the object that a test holds."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from . import gateway
from .cognito_idp import arrange
from .handles.events import Events
from .handles.pool import AppClient, UserPool, handles
from .handles.tokens import Tokens
from .handles.triggers import Triggers
from .handles.user import User
from .kernel.calls import CallLog
from .kernel.clock import Clock
from .kernel.faults import Faults
from .kernel.outbox import Outbox
from .world import World

__all__ = ["AppClient", "Cognito", "Events", "Tokens", "Triggers", "User", "UserPool"]


class Cognito:
    """The Amazon Cognito of one test: what is in it, what it was asked, what it sent, its time and its faults."""

    def __init__(self, world: World) -> None:
        self.world = world

    @property
    def region(self) -> str:
        """The region of calls that name none."""
        return self.world.region

    @property
    def account_id(self) -> str:
        return self.world.account_id

    @property
    def clock(self) -> Clock:
        """Cognito's time: ``clock.advance(hours=2)``."""
        return self.world.clock

    @property
    def outbox(self) -> Outbox:
        """What was sent: ``outbox.last(to="a@example.com").code``."""
        return self.world.outbox

    @property
    def calls(self) -> CallLog:
        """Every call of an operation, in the order in which they began."""
        return self.world.calls

    @property
    def faults(self) -> Faults:
        """Faults to inject: ``faults.throttle("InitiateAuth", times=2)``."""
        return self.world.faults

    @property
    def triggers(self) -> Triggers:
        """Functions for triggers, and the events that they got."""
        return Triggers(self)

    @property
    def events(self) -> Events:
        """Events for tests of a function alone: ``events.pre_token_generation(user, version=2)``."""
        return Events(self)

    @property
    def pools(self) -> list[UserPool]:
        """The user pools of the region, oldest first."""
        with self.world.step("pools") as context:
            return handles(self, arrange.pools_of(context))

    def create_user_pool(
        self,
        *,
        id: str | None = None,
        region: str | None = None,
        **parameters: Any,
    ) -> UserPool:
        """A user pool, with the parameters of boto3's ``create_user_pool`` (``PoolName`` may be left out).

        ``id`` pins its id, such as ``eu-west-1_Fixed0001``, which also says the region.
        """
        where = region or (id.partition("_")[0] if id else self.region)
        answer = self.call("CreateUserPool", region=where, pins={"pool": id}, **{"PoolName": "pytest", **parameters})
        return UserPool(self, answer["UserPool"]["Id"], where)

    def call(
        self,
        operation: str,
        /,
        *,
        service: str = "cognito-idp",
        region: str | None = None,
        pins: Mapping[str, str | None] | None = None,
        **parameters: Any,
    ) -> dict[str, Any]:
        """Call an operation by AWS's name with the API's parameters, without botocore. Gives what boto3 would give."""
        target = gateway.endpoint(service, operation)
        pinned = {name: value for name, value in (pins or {}).items() if value is not None}
        return target.codec.python(gateway.call(self.world, target, deepcopy(parameters), region=region, pins=pinned))

    def __repr__(self) -> str:
        return f"<Cognito of {self.account_id} in {self.region}>"
