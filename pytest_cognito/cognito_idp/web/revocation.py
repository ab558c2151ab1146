"""The revocation endpoint (RFC 7009)."""

from __future__ import annotations

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.tokens import access
from pytest_cognito.cognito_idp.records import GRANTS, Domain
from pytest_cognito.cognito_idp.web.client_authentication import Credentials, authenticated_client
from pytest_cognito.federation.unverified import unverified_claims
from pytest_cognito.world import Context


def revoke_refresh_token(context: Context, domain: Domain | None, credentials: Credentials, token: str | None) -> None:
    """Revoke a refresh token and the tokens of its sign-in. One that is unknown or revoked is no error."""
    try:
        _, client = authenticated_client(context, domain, credentials)
    except AWSError as error:
        raise errors.REVOKING_CLIENT_INVALID() from error
    if not token or not client.revocation:
        raise errors.REVOCATION_INVALID()
    if unverified_claims(token) is not None:
        raise errors.REVOKED_TOKEN_UNSUPPORTED()
    grant = context.table(GRANTS).find("token", token)
    if grant is None:
        return
    if grant.client_id != client.id:
        raise errors.REVOKER_OF_OTHER_CLIENT()
    access.revoke(context, grant)
