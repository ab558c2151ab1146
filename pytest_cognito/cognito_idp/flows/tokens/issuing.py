"""Issuing tokens: grants, the PreTokenGeneration trigger, claims and signatures."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from pytest_cognito.cognito_idp import pool_keys
from pytest_cognito.cognito_idp.flows.users import membership
from pytest_cognito.cognito_idp.records import GRANTS, TOKEN_SETS, AppClient, Grant, TokenSet, User, UserPool
from pytest_cognito.cognito_idp.rules.clients import client_settings, token_validity
from pytest_cognito.cognito_idp.rules.oauth import scoped_attributes
from pytest_cognito.cognito_idp.rules.tokens import claims, refresh_tokens
from pytest_cognito.cognito_idp.rules.tokens.issuance import Issuance
from pytest_cognito.cognito_idp.rules.tokens.refresh_tokens import base64url
from pytest_cognito.cognito_idp.triggers import pre_token_generation
from pytest_cognito.kernel.keys import SigningKey
from pytest_cognito.world import Context

API_SCOPES = ("aws.cognito.signin.user.admin",)
_JSON = json.JSONEncoder(separators=(",", ":"))


class Tokens(NamedTuple):
    """The tokens from a sign-in or a refresh.

    ``expires_in`` and ``id_expires_in`` are the validities of access token and ID token in seconds, ``scopes`` the
    scopes of the access token. ``new_device`` is NewDeviceMetadata, if the sign-in has made a device. ``openid`` says
    that an application gets the ID token: not if the sign-in was one at a domain that has not asked for ``openid``.
    """

    id_token: str
    access_token: str
    refresh_token: str | None
    expires_in: int
    id_expires_in: int
    scopes: tuple[str, ...]
    new_device: Mapping[str, str] | None = None
    openid: bool = True

    def authentication_result(self) -> dict[str, Any]:
        """The shape ``AuthenticationResultType``."""
        return {
            "AccessToken": self.access_token,
            "ExpiresIn": self.expires_in,
            "TokenType": "Bearer",
            "RefreshToken": self.refresh_token,
            "IdToken": self.id_token if self.openid else None,
            "NewDeviceMetadata": self.new_device,
        }


def new_grant(
    context: Context,
    pool: UserPool,
    client: AppClient,
    user: User,
    scopes: tuple[str, ...] = API_SCOPES,
    *,
    authenticated: dt.datetime | None = None,
    methods: tuple[str, ...] = (),
    acr: str | None = None,
    device: str | None = None,
    binds_device: bool = False,
    event_id: str | None = None,
    hosted: bool = False,
    resource: str | None = None,
    stored: bool = True,
) -> Grant:
    """Create the grant of a sign-in, with its refresh token.

    ``authenticated`` is the time of the sign-in, by default now; ``event_id`` is drawn if it is not known. Unless it is
    ``stored``, the grant is stored by `store_grant` when its tokens are issued.
    """
    now = context.now()
    grant = Grant(
        id=context.world.ids.uuid(),
        token=refresh_tokens.draw(context.world.ids, client.id),
        pool_id=pool.id,
        client_id=client.id,
        user=user.key,
        authenticated=authenticated or now,
        expires=now + token_validity.validity(client, "RefreshToken"),
        scopes=scopes,
        methods=methods,
        acr=acr,
        device=device,
        binds_device=binds_device,
        event_id=event_id or context.world.ids.uuid(),
        hosted=hosted,
        resource=resource,
    )
    if stored:
        context.table(GRANTS).put(grant)
    return grant


def store_grant(context: Context, client: AppClient, grant: Grant) -> Grant:
    """Store a grant that was made before its tokens are issued: from now on its refresh token is valid."""
    stored = replace(grant, expires=context.now() + token_validity.validity(client, "RefreshToken"))
    context.table(GRANTS).put(stored)
    return stored


def changes_of(context: Context, issuance: Issuance) -> pre_token_generation.Changes:
    """Run PreTokenGeneration for tokens that are issued later."""
    groups = claims.Groups.from_records(membership.groups_by_precedence(context, issuance.user))
    return pre_token_generation.run(context, issuance, groups)


def issue(context: Context, issuance: Issuance, changes: pre_token_generation.Changes | None = None) -> Tokens:
    """Issue an ID token and an access token for a grant, and return them with its refresh token.

    ``changes`` are those of PreTokenGeneration, if it has run before; otherwise it runs now.
    """
    client, grant = issuance.client, issuance.grant
    ids, now = context.world.ids, context.now()
    shared = claims.SharedClaims(
        event_id=grant.event_id,
        issued_at=int(now.timestamp()),
        origin_jti=grant.id if client.revocation or client.rotation else None,
        issuer=claims.issuer(issuance.pool, context.world.local_issuer),
    )
    lifetime = token_validity.validity(client, token_validity.ACCESS)
    id_lifetime = token_validity.validity(client, token_validity.ID)
    _note_expiry(context, grant, now + max(lifetime, id_lifetime))
    groups = claims.Groups.from_records(membership.groups_by_precedence(context, issuance.user))
    if changes is None:
        changes = pre_token_generation.run(context, issuance, groups)
    groups = changes.groups(groups)
    id_claims = changes.id_token(claims.id_token(issuance, groups, shared, ids.uuid(), _readable(issuance)))
    scopes = changes.scopes(issuance.requested_scopes)
    access_claims = changes.access_token(claims.access_token(issuance, groups, shared, ids.uuid(), scopes), client.id)
    keys = pool_keys.keys_of(context.world, issuance.pool)
    access_token = sign(keys.access, {**access_claims, **issuance.extra})
    if grant.hosted:
        id_claims["at_hash"] = claims.at_hash(access_token)
    return Tokens(
        id_token=sign(keys.id, {**id_claims, **issuance.extra}),
        access_token=access_token,
        refresh_token=grant.token,
        expires_in=int(lifetime.total_seconds()),
        id_expires_in=int(id_lifetime.total_seconds()),
        scopes=tuple(scopes),
        openid=not grant.hosted or scoped_attributes.OPENID in grant.scopes,
    )


def _readable(issuance: Issuance) -> frozenset[str] | None:
    """The attributes that the client may read, None for all; after a sign-in at a domain the scopes narrow them."""
    readable = client_settings.readable(issuance.client, issuance.pool)
    grant = issuance.grant
    return scoped_attributes.visible(grant.scopes, issuance.user.attributes, readable) if grant.hosted else readable


def _note_expiry(context: Context, grant: Grant, expires: dt.datetime) -> None:
    """Note when the newest access token of a grant expires, unless an earlier one expires later."""
    token_sets = context.table(TOKEN_SETS)
    found = token_sets.get(grant.event_id)
    if found is None or found.expires < expires:
        token_sets.put(TokenSet(grant.event_id, grant.id, expires))


def sign(key: SigningKey, payload: Mapping[str, Any]) -> str:
    """A signed JWT. As in Cognito's tokens, its header has only ``kid`` and ``alg``."""
    signed = f"{_header(key.kid)}.{base64url(_JSON.encode(payload).encode())}"
    return f"{signed}.{base64url(key.sign(signed.encode()))}"


@lru_cache(maxsize=64)
def _header(kid: str) -> str:
    return base64url(_JSON.encode({"kid": kid, "alg": "RS256"}).encode())
