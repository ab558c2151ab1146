"""Token exchange (RFC 8693): a token of a user for a narrower one that a downstream service takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, NamedTuple

from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.tokens import access, issuing, verification
from pytest_cognito.cognito_idp.records import AppClient, Grant, User, UserPool
from pytest_cognito.cognito_idp.rules.clients import scopes as scopes_of_clients
from pytest_cognito.cognito_idp.rules.tokens.issuance import Issuance
from pytest_cognito.world import Context

ACCESS, ID = "ACCESS_TOKEN", "ID_TOKEN"
_USES = {ACCESS: "access", ID: "id"}


class Presented(NamedTuple):
    """A token in a request: ``role`` is ``Subject`` or ``Actor``, ``type`` one of the API's token types."""

    role: str
    token: str
    type: str


class Subject(NamedTuple):
    """The user whom an exchange is about, the sign-in that their token is of, and the claims of the token."""

    user: User
    grant: Grant
    claims: Mapping[str, Any]


class DerivedToken(NamedTuple):
    """The issued token, its validity in seconds, and the scopes of an access token."""

    token: str
    expires_in: int
    scopes: tuple[str, ...]


def subject(context: Context, pool: UserPool, presented: Presented) -> Subject:
    """Verify the token of a user: signature, use and expiry, and that it is not revoked and the user can sign in."""
    claims = _verified(context, pool, presented, "sub", "event_id")
    return _in_standing(context, pool, claims, presented.role)


def subject_of_provider(
    context: Context, pool: UserPool, client: AppClient, user: User, methods: tuple[str, ...]
) -> Subject:
    """A user whom the token of an identity provider has proven. There is no sign-in yet that the new token belongs to.

    The token has no scopes of the pool, whatever the provider calls so.
    """
    grant = issuing.new_grant(context, pool, client, user, (), methods=methods)
    return Subject(user, grant, {"sub": user.sub, "event_id": grant.event_id})


def actor(context: Context, pool: UserPool, presented: Presented) -> str:
    """Verify the token of the intermediary, a user or an app client, and return their ``sub``."""
    claims = _verified(context, pool, presented, "sub")
    if "event_id" in claims:
        return subject(context, pool, presented).user.sub
    client = lookup.find_client(context, claims["sub"])
    if client is None or client.pool_id != pool.id:
        raise errors.CLIENT_NOT_FOUND(client_id=claims["sub"])
    return client.id


def issue(
    context: Context,
    pool: UserPool,
    client: AppClient,
    of: Subject,
    *,
    token_type: str,
    scopes: Iterable[str],
    audience: str | None,
    actor_sub: str | None,
) -> DerivedToken:
    """Issue a token that belongs to the sign-in of the subject's token: whoever revokes that revokes this.

    An actor whose token was derived for another actor leads a chain of them (RFC 8693, section 4.1).
    """
    extra: dict[str, Any] = {} if audience is None else {"aud": audience}
    if actor_sub is not None:
        earlier = of.claims.get("act")
        extra["act"] = {"sub": actor_sub} if earlier is None else {"sub": actor_sub, "act": earlier}
    issuance = Issuance(pool, client, of.user, of.grant, "Authentication", scopes=tuple(scopes), extra=extra)
    issued = issuing.issue(context, issuance)
    _in_standing(context, pool, of.claims, "Subject")  # PreTokenGeneration may have disabled or deleted the user
    if token_type == ID:
        return DerivedToken(issued.id_token, issued.id_expires_in, ())
    return DerivedToken(issued.access_token, issued.expires_in, issued.scopes)


def granted_scopes(of: Subject, client: AppClient, requested: Iterable[str]) -> tuple[str, ...]:
    """The requested scopes that both the subject's token has and the client is allowed; without any, the token's."""
    held = tuple(of.claims.get("scope", "").split())
    wanted = tuple(dict.fromkeys(requested))
    allowed = scopes_of_clients.allowed(client)
    return tuple(scope for scope in wanted if scope in held and scope in allowed) if wanted else held


def _in_standing(context: Context, pool: UserPool, claims: Mapping[str, Any], role: str) -> Subject:
    """The user of a token; raise if the token is revoked, or the user may not sign in."""
    user = lookup.find_user(context, pool, claims["sub"])
    if user is None:
        raise errors.USER_NOT_FOUND()
    grant = access.grant_of(context, claims["event_id"])
    if not user.enabled:
        raise errors.USER_DISABLED()
    if grant is None or grant.revoked:
        raise errors.EXCHANGED_TOKEN_REVOKED(role=role)
    if user.status == "RESET_REQUIRED":
        raise errors.RESET_REQUIRED_TO_REFRESH()
    return Subject(user, grant, claims)


def _verified(context: Context, pool: UserPool, presented: Presented, *names: str) -> Mapping[str, Any]:
    role = presented.role
    token_errors = verification.TokenErrors(
        partial(errors.EXCHANGED_TOKEN_INVALID, role=role),
        partial(errors.EXCHANGED_TOKEN_SIGNATURE, role=role),
        partial(errors.EXCHANGED_TOKEN_EXPIRED, role=role),
    )
    issuer, claims = verification.verify(context, presented.token, _USES[presented.type], names, token_errors)
    if issuer.id != pool.id:
        raise token_errors.invalid()
    return claims
