"""Issuing tokens: claims, the PreTokenGeneration trigger, signatures, and the grant that is behind them."""

from __future__ import annotations

import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Any

from ...kernel.keys import SigningKey
from ...world import Context
from ..records import AppClient, Grant, Issue, User, UserPool
from ..rules import claims, client_settings, token_validity
from ..tables import GRANTS, ISSUES
from ..triggers import pre_token_generation
from . import membership

API_SCOPES = ("aws.cognito.signin.user.admin",)
_URL_SAFE = bytes.maketrans(b"+/", b"-_")
# The protected header of every refresh token: {"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}
_REFRESH_HEADER = "eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiUlNBLU9BRVAifQ"
_JSON = json.JSONEncoder(separators=(",", ":"))
_REFRESH_PARTS = (256, 12, 960, 16)  # bytes of encrypted key, initialisation vector, ciphertext, tag
_REFRESH_ENDS = tuple(accumulate(_REFRESH_PARTS))


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a sign-in or a refresh gives. ``expires_in`` is the access token's lifetime in seconds."""

    id_token: str
    access_token: str
    refresh_token: str | None
    expires_in: int

    def result(self) -> dict[str, Any]:
        """``AuthenticationResult``."""
        return {
            "AccessToken": self.access_token,
            "ExpiresIn": self.expires_in,
            "TokenType": "Bearer",
            "RefreshToken": self.refresh_token,
            "IdToken": self.id_token,
        }


def new_grant(
    context: Context, pool: UserPool, client: AppClient, user: User, scopes: tuple[str, ...] = API_SCOPES
) -> Grant:
    """The grant of one sign-in, with its refresh token."""
    now = context.now()
    grant = Grant(
        id=context.world.ids.uuid(),
        token=draw_refresh_token(context),
        pool_id=pool.id,
        client_id=client.id,
        user=user.key,
        authenticated=now,
        expires=now + token_validity.validity(client, "RefreshToken"),
        scopes=scopes,
    )
    context.table(GRANTS).put(grant)
    return grant


def issue(
    context: Context,
    pool: UserPool,
    client: AppClient,
    user: User,
    grant: Grant,
    source: str,
    *,
    metadata: Mapping[str, str] | None = None,
    with_refresh_token: bool = True,
    extra: Mapping[str, Any] | None = None,
) -> Tokens:
    """ID and access token of a grant. ``source`` is why, in the words of PreTokenGeneration (``Authentication`` …).

    ``extra`` claims go into both tokens as they are: a test wants them there.
    """
    ids = context.world.ids
    moment = claims.Moment(
        event_id=ids.uuid(),
        authenticated=int(grant.authenticated.timestamp()),
        issued=context.world.clock.timestamp(),
        origin_jti=grant.id if client.revocation or client.rotation else None,
    )
    context.table(ISSUES).put(Issue(moment.event_id, grant.id))
    member_of = claims.Groups.of(membership.of_user(context, user))
    changes = pre_token_generation.ask(context, pool, client, user, source, member_of, grant.scopes, metadata)
    lifetime = int(token_validity.validity(client, "AccessToken").total_seconds())
    id_lifetime = int(token_validity.validity(client, "IdToken").total_seconds())
    readable = client_settings.readable(client, pool)
    member_of = changes.groups(member_of)
    id_claims = claims.id_token(pool, user, client.id, member_of, moment, ids.uuid(), id_lifetime, readable)
    access_claims = claims.access_token(
        pool, user, client.id, member_of, moment, ids.uuid(), lifetime, changes.scopes(grant.scopes)
    )
    id_claims, access_claims = changes.id_token(id_claims), changes.access_token(access_claims, client.id)
    if extra:
        id_claims, access_claims = {**id_claims, **extra}, {**access_claims, **extra}
    keys = context.world.keys.pair(pool.id, pinned=pool.pinned)
    return Tokens(
        id_token=sign(keys.id, id_claims),
        access_token=sign(keys.access, access_claims),
        refresh_token=grant.token if with_refresh_token else None,
        expires_in=lifetime,
    )


def sign(key: SigningKey, payload: Mapping[str, Any]) -> str:
    """A JWT with the header that Cognito's have: ``kid`` and ``alg``, nothing else."""
    signed = f"{_header(key.kid)}.{_base64url(_JSON.encode(payload).encode())}"
    return f"{signed}.{_base64url(key.sign(signed.encode()))}"


@lru_cache(maxsize=64)
def _header(kid: str) -> str:
    return _base64url(_JSON.encode({"kid": kid, "alg": "RS256"}).encode())


def draw_refresh_token(context: Context) -> str:
    """A token with the form of Cognito's JWE; what is in it, nobody but Cognito could read."""
    drawn = context.world.ids.data(_REFRESH_ENDS[-1])
    parts = [_base64url(drawn[start:end]) for start, end in pairwise((0, *_REFRESH_ENDS))]
    return ".".join((_REFRESH_HEADER, *parts))


def _base64url(data: bytes) -> str:
    return binascii.b2a_base64(data, newline=False).translate(_URL_SAFE, b"=").decode()
