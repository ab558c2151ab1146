"""Operations on the tokens of app clients that sign in for themselves (machine to machine)."""

from __future__ import annotations

from collections.abc import Mapping

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.tokens import client_tokens
from pytest_cognito.cognito_idp.rules.clients import client_settings, secret_hash
from pytest_cognito.world import Context

_FLOW = "CLIENT_TOKEN_AUTH"
_TRIGGER_ERRORS = frozenset(
    {"UnexpectedLambdaException", "UserLambdaValidationException", "InvalidLambdaResponseException"}
)


@operation
def get_client_token(
    context: Context,
    *,
    client_id: str,
    secret: str,
    scopes: list[str] | None = None,
    client_metadata: Mapping[str, str] | None = None,
) -> Response:
    """Issue an access token to an app client for one of its secrets, with its custom scopes or those requested.

    The client needs the flow ``ALLOW_CLIENT_TOKEN_AUTH``.
    """
    client, pool = lookup.client_and_pool(context, client_id)
    if not client.secrets or not secret_hash.is_secret_of(client, secret):
        raise errors.CLIENT_SECRET_WRONG(client_id=client.id)
    if f"ALLOW_{_FLOW}" not in client_settings.allowed_flows(client):
        raise errors.FLOW_NOT_ENABLED_FOR_CLIENT(flow=_FLOW)
    granted = client_tokens.scopes_of(context, pool, client, scopes)
    try:
        issued = client_tokens.issue(context, pool, client, granted, client_metadata)
    except AWSError as error:
        if error.code not in _TRIGGER_ERRORS:
            raise
        # The model of this operation, unlike those of others, declares no error of a trigger.
        raise errors.CLIENT_TOKEN_TRIGGER_FAILED(message=error.message) from error
    return {
        "ClientAuthenticationResult": {
            "AccessToken": issued.access_token,
            "ExpiresIn": issued.expires_in,
            "TokenType": "Bearer",
        }
    }
