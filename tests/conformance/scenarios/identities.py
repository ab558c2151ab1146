"""From logins to identities, and the tokens of identities."""

from __future__ import annotations

from typing import Any

from pytest_cognito.http import hosts
from tests.conformance.scenarios.common import a_client, a_pool, a_user, scenario, tokens_of
from tests.conformance.scenarios.identity_pools import INVALID, NOT_FOUND, NOTHING, SERVICE, an_identity_pool
from tests.conformance.transport import Transport

DENIED = "NotAuthorizedException"
CONFLICT = "ResourceConflictException"
DEVELOPER = "login.example.com"


def _pools(transport: Transport) -> tuple[dict[str, str], dict[str, str]]:
    """An identity pool with a user pool and a developer provider, and the login of a user."""
    user_pool = a_pool(transport)
    client = a_client(transport, user_pool)["ClientId"]
    a_user(transport, user_pool)
    provider = f"{hosts.endpoint('cognito-idp', 'us-east-1')}/{user_pool}"
    trusted: dict[str, Any] = {
        "CognitoIdentityProviders": [{"ProviderName": provider, "ClientId": client}],
        "DeveloperProviderName": DEVELOPER,
    }
    return an_identity_pool(transport, **trusted), {provider: tokens_of(transport, client)["IdToken"]}


@scenario
def identities_by_logins(transport: Transport) -> None:
    pool, logins = _pools(transport)
    mine = {"IdentityId": transport.call("GetId", service=SERVICE, **pool, Logins=logins)["IdentityId"]}
    transport.refused("GetId", DENIED, service=SERVICE, **pool, Logins=dict.fromkeys(logins, "nonsense"))
    transport.refused("GetId", INVALID, service=SERVICE, **pool, Logins={"größe": "token"})
    transport.refused("GetId", NOT_FOUND, service=SERVICE, IdentityPoolId=NOTHING)
    transport.call("GetOpenIdToken", service=SERVICE, **mine, Logins=logins)
    transport.refused("GetOpenIdToken", DENIED, service=SERVICE, **mine)
    removed = {"Logins": logins, "LoginsToRemove": list(logins)}
    transport.call("UnlinkIdentity", service=SERVICE, **mine, **removed)
    transport.refused("UnlinkIdentity", DENIED, service=SERVICE, **mine, **removed)
    transport.refused("GetOpenIdToken", DENIED, service=SERVICE, **mine, Logins=logins)


@scenario
def developer_identities(transport: Transport) -> None:
    pool, logins = _pools(transport)
    operation = "GetOpenIdTokenForDeveloperIdentity"
    tagged: dict[str, Any] = {"TokenDuration": 60, "PrincipalTags": {"größe": "ß"}}
    ann, ben = (
        transport.call(operation, service=SERVICE, **pool, Logins={DEVELOPER: name}, **tagged)["IdentityId"]
        for name in ("änn", "ben")
    )
    registered = "DeveloperUserAlreadyRegisteredException"
    transport.refused(operation, registered, service=SERVICE, **pool, Logins={DEVELOPER: "ben"}, IdentityId=ann)
    transport.refused(operation, INVALID, service=SERVICE, **pool, Logins=logins)
    looked_up = transport.call("LookupDeveloperIdentity", service=SERVICE, **pool, IdentityId=ann, MaxResults=1)
    assert looked_up["DeveloperUserIdentifierList"] == ["änn"]
    both = {"IdentityId": ann, "DeveloperUserIdentifier": "ben"}
    transport.refused("LookupDeveloperIdentity", CONFLICT, service=SERVICE, **pool, **both)
    merged = {"SourceUserIdentifier": "änn", "DestinationUserIdentifier": "ben", "DeveloperProviderName": DEVELOPER}
    transport.call("MergeDeveloperIdentities", service=SERVICE, **pool, **merged)
    other = {**merged, "SourceUserIdentifier": "nobody"}
    transport.refused("MergeDeveloperIdentities", NOT_FOUND, service=SERVICE, **pool, **other)
    unlinked = {"IdentityId": ben, "DeveloperProviderName": DEVELOPER, "DeveloperUserIdentifier": "änn"}
    transport.call("UnlinkDeveloperIdentity", service=SERVICE, **pool, **unlinked)
    transport.refused("UnlinkDeveloperIdentity", NOT_FOUND, service=SERVICE, **pool, **unlinked)
