"""The operation of token exchange (RFC 8693)."""

from __future__ import annotations

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.tokens import derived_tokens
from pytest_cognito.cognito_idp.flows.tokens.derived_tokens import Presented
from pytest_cognito.cognito_idp.records import RESOURCE_SERVERS, AppClient, UserPool
from pytest_cognito.cognito_idp.rules.clients import client_settings, secret_hash
from pytest_cognito.kernel.errors import Unsupported
from pytest_cognito.world import Context

_TOKEN_TYPES = {derived_tokens.ACCESS: "Bearer", derived_tokens.ID: "N_A"}
_SAML = "SAML2"


@operation
def get_derived_token(
    context: Context,
    *,
    client_id: str,
    subject_token: str,
    subject_token_type: str,
    client_secret: str | None = None,
    subject_token_provider_name: str | None = None,
    actor_token: str | None = None,
    actor_token_type: str | None = None,
    actor_token_provider_name: str | None = None,
    scopes: list[str] | None = None,
    audiences: list[str] | None = None,
    resources: list[str] | None = None,
    requested_token_type: str = derived_tokens.ACCESS,
) -> Response:
    """Exchange a token of a user for one with fewer scopes and another audience, for a downstream service.

    The actor's token names an intermediary, who is then in the claim ``act``. There is no refresh token.
    """
    client, pool = lookup.client_and_pool(context, client_id)
    _check_client(context, pool, client, client_secret, delegates=actor_token is not None)
    if audiences and resources:
        raise errors.AUDIENCE_AND_RESOURCE()
    audience = _audience(context, pool, audiences or [], resources or [])
    subject = Presented("Subject", subject_token, subject_token_type)
    _check_provider(context, pool, subject, subject_token_provider_name)
    of = derived_tokens.subject(context, pool, subject)
    issued = derived_tokens.issue(
        context,
        pool,
        client,
        of,
        token_type=requested_token_type,
        scopes=derived_tokens.granted_scopes(of, client, scopes or ()),
        audience=audience,
        actor_sub=_actor(context, pool, actor_token, actor_token_type, actor_token_provider_name),
    )
    return {
        "IssuedToken": issued.token,
        "IssuedTokenType": requested_token_type,
        "TokenType": _TOKEN_TYPES[requested_token_type],
        "ExpiresIn": issued.expires_in,
        "Scopes": list(issued.scopes),
    }


def _check_client(context: Context, pool: UserPool, client: AppClient, secret: str | None, *, delegates: bool) -> None:
    """Raise unless the client may exchange tokens. AWS credentials stand in for a secret that the request has not."""
    if secret is None and client.secrets and context.caller is None:
        raise errors.SECRET_MISSING(client_id=client.id)
    if secret is not None and not secret_hash.is_secret_of(client, secret):
        raise errors.CLIENT_SECRET_WRONG(client_id=client.id)
    if pool.tier == "LITE":
        raise errors.EXCHANGE_NOT_IN_TIER()
    flow = "TOKEN_EXCHANGE_DELEGATION" if delegates else "TOKEN_EXCHANGE_IMPERSONATION"
    if f"ALLOW_{flow}" not in client_settings.allowed_flows(client):
        raise errors.FLOW_NOT_ENABLED_FOR_CLIENT(flow=flow)


def _actor(
    context: Context, pool: UserPool, token: str | None, token_type: str | None, provider: str | None
) -> str | None:
    """The ``sub`` of the intermediary, if the request has a token of one; raise for what says more about no token."""
    if token is None:
        for member, value in (("ActorTokenType", token_type), ("ActorTokenProviderName", provider)):
            if value is not None:
                raise errors.ACTOR_TOKEN_MISSING(member=member)
        return None
    if token_type is None:
        raise errors.ACTOR_TOKEN_WITHOUT_TYPE()
    presented = Presented("Actor", token, token_type)
    _check_provider(context, pool, presented, provider)
    return derived_tokens.actor(context, pool, presented)


def _audience(context: Context, pool: UserPool, audiences: list[str], resources: list[str]) -> str | None:
    """The audience of the issued token: a logical name, or the identifier of a resource server of the pool."""
    for identifier in resources:
        if context.table(RESOURCE_SERVERS).get((pool.id, identifier)) is None:
            raise errors.RESOURCE_SERVER_NOT_FOUND(identifier=identifier)
    return next(iter((*audiences, *resources)), None)


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
