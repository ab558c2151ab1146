"""The checks of token exchange (RFC 8693), for the operation of the API and for the token endpoint."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.federation import presented
from pytest_cognito.cognito_idp.flows.federation.presented import Proven
from pytest_cognito.cognito_idp.flows.tokens import derived_tokens
from pytest_cognito.cognito_idp.flows.tokens.derived_tokens import DerivedToken, Presented, Subject
from pytest_cognito.cognito_idp.records import RESOURCE_SERVERS, AppClient, UserPool
from pytest_cognito.cognito_idp.rules.clients import client_settings
from pytest_cognito.world import Context

TOKEN_TYPES = {derived_tokens.ACCESS: "Bearer", derived_tokens.ID: "N_A"}
"""The types of tokens that are issued, and TokenType of each."""


class Token(NamedTuple):
    """A token of a request: its type under the API's name, and the identity provider whose it is, if it is one's."""

    token: str | None
    type: str | None
    provider: str | None = None


class Exchange(NamedTuple):
    """A request for the exchange of a token. ``audiences`` and ``resources`` have one value at most in all."""

    subject: Token
    actor: Token
    token_type: str = derived_tokens.ACCESS
    scopes: Sequence[str] = ()
    audiences: Sequence[str] = ()
    resources: Sequence[str] = ()


def exchange(context: Context, pool: UserPool, client: AppClient, request: Exchange) -> DerivedToken:
    """Issue the token of an exchange to an app client that has proven who it is."""
    _check_client(pool, client, delegates=request.actor.token is not None)
    if request.audiences and request.resources:
        raise errors.AUDIENCE_AND_RESOURCE()
    audience = _audience(context, pool, request)
    _check_actor(request.actor)
    # Verifying what providers have issued leaves the step, so it comes before all else.
    given = _presented("Subject", request.subject)
    subject = _proven(context, pool, client, given, request.subject.provider)
    actor = None
    if request.actor.token is not None:
        actor = _proven(context, pool, client, _presented("Actor", request.actor), request.actor.provider)
    of = _subject(context, pool, client, given, subject)
    return derived_tokens.issue(
        context,
        pool,
        client,
        of,
        token_type=request.token_type,
        scopes=derived_tokens.granted_scopes(of, client, request.scopes),
        audience=audience,
        actor_sub=_actor(context, pool, client, request.actor, actor),
    )


def _check_client(pool: UserPool, client: AppClient, *, delegates: bool) -> None:
    if pool.tier == "LITE":
        raise errors.EXCHANGE_NOT_IN_TIER()
    flow = "TOKEN_EXCHANGE_DELEGATION" if delegates else "TOKEN_EXCHANGE_IMPERSONATION"
    if f"ALLOW_{flow}" not in client_settings.allowed_flows(client):
        raise errors.FLOW_NOT_ENABLED_FOR_CLIENT(flow=flow)


def _presented(role: str, token: Token) -> Presented:
    return Presented(role, token.token or "", token.type or derived_tokens.ACCESS)


def _proven(
    context: Context, pool: UserPool, client: AppClient, given: Presented, provider: str | None
) -> Proven | None:
    """Who a token of an identity provider proves; None for one of the pool. A SAML assertion is never the pool's."""
    if provider is not None:
        return presented.verify(context, pool, client, provider, given)
    if given.type == presented.SAML2:
        raise errors.SAML_WITHOUT_PROVIDER(role=given.role)
    return None


def _subject(context: Context, pool: UserPool, client: AppClient, given: Presented, proven: Proven | None) -> Subject:
    """The user whom the exchange is about, and the sign-in to which the issued token belongs."""
    if proven is None:
        return derived_tokens.subject(context, pool, given)
    user = presented.user(context, pool, client, proven)
    return derived_tokens.subject_of_provider(context, pool, client, user, proven.methods)


def _actor(context: Context, pool: UserPool, client: AppClient, actor: Token, proven: Proven | None) -> str | None:
    """The ``sub`` of the intermediary, if the request has a token of one."""
    if actor.token is None:
        return None
    if proven is not None:
        return presented.user(context, pool, client, proven).sub
    return derived_tokens.actor(context, pool, _presented("Actor", actor))


def _check_actor(actor: Token) -> None:
    """Raise for what says more about no token, and for a token without a type."""
    if actor.token is None:
        for member, value in (("ActorTokenType", actor.type), ("ActorTokenProviderName", actor.provider)):
            if value is not None:
                raise errors.ACTOR_TOKEN_MISSING(member=member)
    elif actor.type is None:
        raise errors.ACTOR_TOKEN_WITHOUT_TYPE()


def _audience(context: Context, pool: UserPool, request: Exchange) -> str | None:
    """The audience of the issued token: a logical name, or the identifier of a resource server of the pool."""
    for identifier in request.resources:
        if context.table(RESOURCE_SERVERS).get((pool.id, identifier)) is None:
            raise errors.RESOURCE_SERVER_NOT_FOUND(identifier=identifier)
    return next(iter((*request.audiences, *request.resources)), None)
