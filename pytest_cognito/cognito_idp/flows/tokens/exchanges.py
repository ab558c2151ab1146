"""The checks of token exchange (RFC 8693), for the operation of the API and for the token endpoint."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.tokens import derived_tokens
from pytest_cognito.cognito_idp.flows.tokens.derived_tokens import DerivedToken, Presented
from pytest_cognito.cognito_idp.records import RESOURCE_SERVERS, AppClient, UserPool
from pytest_cognito.cognito_idp.rules.clients import client_settings
from pytest_cognito.kernel.errors import Unsupported
from pytest_cognito.world import Context

TOKEN_TYPES = {derived_tokens.ACCESS: "Bearer", derived_tokens.ID: "N_A"}
"""The types of tokens that are issued, and TokenType of each."""
_SAML = "SAML2"


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
    subject = Presented("Subject", request.subject.token or "", request.subject.type or derived_tokens.ACCESS)
    _check_provider(context, pool, subject, request.subject.provider)
    of = derived_tokens.subject(context, pool, subject)
    return derived_tokens.issue(
        context,
        pool,
        client,
        of,
        token_type=request.token_type,
        scopes=derived_tokens.granted_scopes(of, client, request.scopes),
        audience=audience,
        actor_sub=_actor(context, pool, request.actor),
    )


def _check_client(pool: UserPool, client: AppClient, *, delegates: bool) -> None:
    if pool.tier == "LITE":
        raise errors.EXCHANGE_NOT_IN_TIER()
    flow = "TOKEN_EXCHANGE_DELEGATION" if delegates else "TOKEN_EXCHANGE_IMPERSONATION"
    if f"ALLOW_{flow}" not in client_settings.allowed_flows(client):
        raise errors.FLOW_NOT_ENABLED_FOR_CLIENT(flow=flow)


def _actor(context: Context, pool: UserPool, actor: Token) -> str | None:
    """The ``sub`` of the intermediary, if the request has a token of one; raise for what says more about no token."""
    if actor.token is None:
        for member, value in (("ActorTokenType", actor.type), ("ActorTokenProviderName", actor.provider)):
            if value is not None:
                raise errors.ACTOR_TOKEN_MISSING(member=member)
        return None
    if actor.type is None:
        raise errors.ACTOR_TOKEN_WITHOUT_TYPE()
    presented = Presented("Actor", actor.token, actor.type)
    _check_provider(context, pool, presented, actor.provider)
    return derived_tokens.actor(context, pool, presented)


def _audience(context: Context, pool: UserPool, request: Exchange) -> str | None:
    """The audience of the issued token: a logical name, or the identifier of a resource server of the pool."""
    for identifier in request.resources:
        if context.table(RESOURCE_SERVERS).get((pool.id, identifier)) is None:
            raise errors.RESOURCE_SERVER_NOT_FOUND(identifier=identifier)
    return next(iter((*request.audiences, *request.resources)), None)


def _check_provider(context: Context, pool: UserPool, presented: Presented, provider: str | None) -> None:
    """Raise for a token of an identity provider, and for a SAML assertion without the name of one."""
    if provider is None:
        if presented.type == _SAML:
            raise errors.SAML_WITHOUT_PROVIDER(role=presented.role)
        return
    lookup.identity_provider(context, pool, provider)
    raise Unsupported(
        f"pytest-cognito's GetDerivedToken does not know {presented.role}TokenProviderName={provider!r} yet: it takes "
        f"tokens of the user pool alone; nothing was sent to AWS."
    )
