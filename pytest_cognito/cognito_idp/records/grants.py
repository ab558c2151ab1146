"""Grants, one for each completed sign-in, and the sets of tokens that were issued for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from pytest_cognito.cognito_idp.records.clients import CLIENTS
from pytest_cognito.cognito_idp.records.users import USERS
from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class Grant:
    """A completed sign-in and its refresh token.

    ``id`` is the claim ``origin_jti`` of all its tokens, ``event_id`` the claim of that name, ``token`` the current
    refresh token, ``authenticated`` the time of the sign-in. ``earlier`` has the refresh tokens that rotation replaced,
    each with the end of its grace period: ``None`` as long as it was not used. ``methods`` are the authentication
    methods that the sign-in has proven, ``acr`` is the level that it was asked for and has reached, empty if it has
    reached none. ``device`` is the key of the device that has signed in, where the pool tracks devices;
    ``binds_device`` says that the access tokens name it. ``hosted`` says that the sign-in was one at a domain of the
    pool, ``resource`` is the resource that its request has named.
    """

    id: str
    token: str = field(repr=False)
    pool_id: str
    client_id: str
    user: str
    authenticated: dt.datetime
    expires: dt.datetime
    scopes: tuple[str, ...]
    event_id: str
    revoked: bool = False
    earlier: Mapping[str, dt.datetime | None] = field(default_factory=dict, repr=False)
    methods: tuple[str, ...] = ()
    acr: str | None = None
    device: str | None = None
    binds_device: bool = False
    hosted: bool = False
    resource: str | None = None


@dataclass(frozen=True, slots=True)
class TokenSet:
    """The ID tokens and access tokens with the same ``event_id``: those of a sign-in, and those that refreshed them.

    ``expires`` is when the last of them expires.
    """

    event_id: str
    grant_id: str
    expires: dt.datetime


GRANTS: Schema[Grant] = Schema(
    "cognito-idp/grants",
    key=lambda grant: grant.id,
    unique={"token": lambda grant: [grant.token, *grant.earlier]},
    owners={
        USERS: lambda grant: (grant.pool_id, grant.user),
        CLIENTS: lambda grant: grant.client_id,
    },
)
TOKEN_SETS: Schema[TokenSet] = Schema(
    "cognito-idp/token-sets",
    key=lambda token_set: token_set.event_id,
    owners={GRANTS: lambda token_set: token_set.grant_id},
    expires=lambda token_set: token_set.expires,
)
