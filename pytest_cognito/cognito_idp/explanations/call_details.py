"""A call, and the records that its parameters and its access token name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from pytest_cognito.aws import model
from pytest_cognito.aws.model import Shape
from pytest_cognito.cognito_idp import lookup
from pytest_cognito.cognito_idp.records import CLIENTS, GRANTS, POOLS, USERS, AppClient, User, UserPool
from pytest_cognito.federation.unverified import unverified_claims
from pytest_cognito.kernel.calls import Call
from pytest_cognito.state.schema import Schema
from pytest_cognito.state.table import Table
from pytest_cognito.world import Context

R = TypeVar("R")
_DAY = "%m-%d"
_TIME = "%H:%M:%S"


@dataclass(frozen=True)
class CallDetails:
    """A call, with the records and the claims that its parameters identify."""

    context: Context
    call: Call

    def table(self, schema: Schema[R]) -> Table[R]:
        """The stored records of a kind."""
        return self.context.table(schema)

    @property
    def members(self) -> Collection[str]:
        """The names of all members that the request could have; none for a web request."""
        if self.call.service not in model.SERVICES:
            return ()
        shape: Shape = model.operation_model(self.call.service, self.call.operation).input_shape
        return tuple(shape.members) if shape is not None else ()

    @cached_property
    def now(self) -> dt.datetime:
        """The time of the mocked clock, in UTC."""
        return self.context.now().astimezone(dt.UTC)

    @cached_property
    def client_id(self) -> str | None:
        """The client id in the call, the web request or its access token."""
        return self.parameter("ClientId") or self.parameter("client_id") or self.claim("client_id")

    @cached_property
    def client(self) -> AppClient | None:
        """The app client with this id, if it exists."""
        return self.table(CLIENTS).get(self.client_id) if self.client_id else None

    @cached_property
    def pool(self) -> UserPool | None:
        """The pool in the call, or the pool of its app client or access token, if it exists."""
        issued_by = (self.claim("iss") or "").rpartition("/")[2]
        return self.table(POOLS).get(
            self.parameter("UserPoolId") or (self.client.pool_id if self.client else issued_by)
        )

    @cached_property
    def username(self) -> str | None:
        """The user name in the call, the web request or its access token."""
        in_call = self.parameter("Username") or self.auth_parameter("USERNAME")
        return in_call or self.parameter("username") or self.parameter("user_name") or self.claim("username")

    @cached_property
    def hashed_username(self) -> str | None:
        """The user name in the call's SECRET_HASH: with a refresh token that of the user, whatever the call names."""
        token = self.auth_parameter("REFRESH_TOKEN")
        grant = self.table(GRANTS).find("token", token) if token else None
        if token is None:
            return self.username
        owner = self.table(USERS).get((grant.pool_id, grant.user)) if grant else None
        return owner.username if owner else None

    @cached_property
    def user(self) -> User | None:
        """The user with this user name in the pool, if it exists."""
        return self.find(self.username) if self.username else None

    def find(self, name: str) -> User | None:
        """The user of the pool with a user name, a ``sub`` or an alias."""
        return None if self.pool is None else lookup.find_user(self.context, self.pool, name)

    def parameter(self, name: str) -> str | None:
        """A parameter of the call, if it is a string."""
        value = self.call.parameters.get(name)
        return value if isinstance(value, str) else None

    def auth_parameter(self, name: str) -> str | None:
        """A member of AuthParameters or ChallengeResponses, if it is a string."""
        for group in ("AuthParameters", "ChallengeResponses"):
            members = self.call.parameters.get(group)
            value = members.get(name) if isinstance(members, Mapping) else None
            if isinstance(value, str):
                return value
        return None

    def claim(self, name: str) -> str | None:
        """A claim of the access token, if it is a string."""
        value = self.token.get(name)
        return value if isinstance(value, str) else None

    @cached_property
    def token(self) -> Mapping[str, Any]:
        """The claims of the access token in the call, without a check of its signature."""
        return unverified_claims(self.parameter("AccessToken") or self.parameter("access_token") or "") or {}

    def until(self, expires: dt.datetime) -> str:
        """An expiry time and the current time as text, with the date if the expiry is on another day."""
        ended = "expired" if expires <= self.now else "good until"
        form = _TIME if expires.astimezone(dt.UTC).date() == self.now.date() else f"{_DAY} {_TIME}"
        return f"{ended} {expires.astimezone(dt.UTC):{form}}, now {self.now:{form}}"
