"""What a failed call was about: the records that its parameters name, as they were when it failed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, TypeVar

import jwt

from ..cognito_idp.records import AppClient, User, UserPool
from ..cognito_idp.tables import CLIENTS, POOLS, USERS
from ..kernel.calls import Call
from ..state.table import Schema, Table
from ..world import World

R = TypeVar("R")
_SOME = 6
_DAY = "%m-%d"
_TIME = "%H:%M:%S"


@dataclass(frozen=True)
class Scene:
    """A failed call and the world it failed in."""

    world: World
    call: Call

    def table(self, schema: Schema[R]) -> Table[R]:
        return self.world.store[schema]

    @cached_property
    def now(self) -> dt.datetime:
        """Cognito's time, in UTC."""
        return self.world.clock.now().astimezone(dt.UTC)

    @cached_property
    def client_id(self) -> str | None:
        return self.parameter("ClientId") or self.claim("client_id")

    @cached_property
    def client(self) -> AppClient | None:
        """The client that the call or its access token names."""
        return self.table(CLIENTS).get(self.client_id) if self.client_id else None

    @cached_property
    def pool(self) -> UserPool | None:
        """The pool that the call names, or that its client or its token is of."""
        issued_by = (self.claim("iss") or "").rpartition("/")[2]
        return self.table(POOLS).get(
            self.parameter("UserPoolId") or (self.client.pool_id if self.client else issued_by)
        )

    @cached_property
    def username(self) -> str | None:
        """The name that the call or its access token has for the user."""
        return self.parameter("Username") or self.proof("USERNAME") or self.claim("username")

    @cached_property
    def user(self) -> User | None:
        """The user of that name in that pool."""
        return self.find(self.username) if self.username else None

    def find(self, name: str) -> User | None:
        """The user of a user name, a sub or an alias."""
        if self.pool is None:
            return None
        key = (self.pool.id, self.pool.fold(name))
        return self.table(USERS).get(key) or self.table(USERS).find("names", key)

    def parameter(self, name: str) -> str | None:
        """A parameter of the call, if it is a text."""
        value = self.call.parameters.get(name)
        return value if isinstance(value, str) else None

    def proof(self, name: str) -> str | None:
        """One of AuthParameters or ChallengeResponses, if it is a text."""
        for group in ("AuthParameters", "ChallengeResponses"):
            given = self.call.parameters.get(group)
            value = given.get(name) if isinstance(given, Mapping) else None
            if isinstance(value, str):
                return value
        return None

    def claim(self, name: str) -> str | None:
        """A claim of the access token, if it is a text."""
        value = self.token.get(name)
        return value if isinstance(value, str) else None

    @cached_property
    def token(self) -> Mapping[str, Any]:
        """The claims of the access token that the call came with, whatever they are worth."""
        given = self.parameter("AccessToken")
        if given is None:
            return {}
        try:
            claims: Mapping[str, Any] = jwt.decode(given, options={"verify_signature": False})
        except jwt.PyJWTError:
            return {}
        return claims

    def until(self, moment: dt.datetime) -> str:
        """Whether something is good still, and what the time is: with the day where that differs."""
        ended = "expired" if moment <= self.now else "good until"
        form = _TIME if moment.astimezone(dt.UTC).date() == self.now.date() else f"{_DAY} {_TIME}"
        return f"{ended} {moment.astimezone(dt.UTC):{form}}, now {self.now:{form}}"


def some(names: Iterable[str]) -> str:
    """The first few of many."""
    first = list(islice(names, _SOME + 1))
    return ", ".join(first[:_SOME]) + (" …" if len(first) > _SOME else "")
