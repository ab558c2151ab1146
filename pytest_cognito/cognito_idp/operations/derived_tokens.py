"""The operation of token exchange (RFC 8693)."""

from __future__ import annotations

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.authorization import exchanges
from pytest_cognito.cognito_idp.flows.authorization.exchanges import Exchange, Token
from pytest_cognito.cognito_idp.flows.tokens import derived_tokens
from pytest_cognito.cognito_idp.rules.clients import secret_hash
from pytest_cognito.world import Context


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
    # AWS credentials stand in for a secret that the request has not.
    if client_secret is None and client.secrets and context.caller is None:
        raise errors.SECRET_MISSING(client_id=client.id)
    if client_secret is not None and not secret_hash.is_secret_of(client, client_secret):
        raise errors.CLIENT_SECRET_WRONG(client_id=client.id)
    request = Exchange(
        subject=Token(subject_token, subject_token_type, subject_token_provider_name),
        actor=Token(actor_token, actor_token_type, actor_token_provider_name),
        token_type=requested_token_type,
        scopes=scopes or (),
        audiences=audiences or (),
        resources=resources or (),
    )
    issued = exchanges.exchange(context, pool, client, request)
    return {
        "IssuedToken": issued.token,
        "IssuedTokenType": requested_token_type,
        "TokenType": exchanges.TOKEN_TYPES[requested_token_type],
        "ExpiresIn": issued.expires_in,
        "Scopes": list(issued.scopes),
    }
