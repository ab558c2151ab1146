"""Temporary credentials for identities."""

from __future__ import annotations

from typing import Any

from tests.conformance.scenarios.common import a_client, a_pool, a_user, scenario, tokens_of
from tests.conformance.transport import Transport

IDENTITY: dict[str, Any] = {"service": "cognito-identity"}


@scenario
def credentials_for_identities(transport: Transport) -> None:
    users = a_pool(transport)
    client = a_client(transport, users)["ClientId"]
    a_user(transport, users)
    provider = f"cognito-idp.us-east-1.amazonaws.com/{users}"
    pool = transport.cognito.create_identity_pool(
        AllowUnauthenticatedIdentities=True, CognitoIdentityProviders=[{"ProviderName": provider, "ClientId": client}]
    )
    guest = {"IdentityId": pool.guest().id}
    transport.refused("GetCredentialsForIdentity", "InvalidIdentityPoolConfigurationException", **IDENTITY, **guest)
    pool.set_roles(authenticated=pool.create_role("users"), unauthenticated=pool.create_role("guests", guests=True))
    transport.call("GetCredentialsForIdentity", **IDENTITY, **guest)

    logins = {provider: tokens_of(transport, client)["IdToken"]}
    transport.call("GetCredentialsForIdentity", **IDENTITY, **guest, Logins=logins)
    transport.refused("GetCredentialsForIdentity", "NotAuthorizedException", **IDENTITY, **guest)
    nobody = "us-east-1:00000000-0000-4000-8000-00000000dead"
    transport.refused("GetCredentialsForIdentity", "ResourceNotFoundException", **IDENTITY, IdentityId=nobody)
    odd = {"https://idp example": "token"}
    transport.refused("GetCredentialsForIdentity", "InvalidParameterException", **IDENTITY, **guest, Logins=odd)
    transport.refused("GetCredentialsForIdentity", "ValidationException", **IDENTITY, IdentityId="nowhere")
