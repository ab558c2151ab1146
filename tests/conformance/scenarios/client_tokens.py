"""Tokens of app clients for themselves, and the exchange of tokens."""

from __future__ import annotations

from typing import Any

from tests.conformance.scenarios.common import NO_POOL, a_client, a_pool, a_user, scenario_with, tokens_of
from tests.conformance.transport import Transport

API = "https://notes.example.com"
SCOPES = [{"ScopeName": "read", "ScopeDescription": "reads"}]
EXCHANGE = ("ALLOW_TOKEN_EXCHANGE_IMPERSONATION", "ALLOW_TOKEN_EXCHANGE_DELEGATION")


@scenario_with("GetClientToken", "GetDerivedToken")
def client_tokens(transport: Transport) -> None:
    pool = a_pool(transport)
    transport.call("CreateResourceServer", UserPoolId=pool, Identifier=API, Name="notes", Scopes=SCOPES)
    asked = {"GenerateSecret": True, "AllowedOAuthScopes": [f"{API}/read"]}
    machine = a_client(transport, pool, **asked, ExplicitAuthFlows=["ALLOW_CLIENT_TOKEN_AUTH"])
    given = {"ClientId": machine["ClientId"], "Secret": machine["ClientSecret"]}
    answer = transport.call("GetClientToken", **given, Scopes=[f"{API}/read"])
    transport.refused("GetClientToken", "NotAuthorizedException", **{**given, "Secret": "0" * 51})
    transport.refused("GetClientToken", "InvalidParameterException", **given, Scopes=["openid"])
    transport.refused("GetClientToken", NO_POOL, **{**given, "ClientId": "0" * 26})

    a_user(transport, pool)
    tokens = tokens_of(transport, a_client(transport, pool)["ClientId"])
    service = a_client(transport, pool, **asked, ExplicitAuthFlows=list(EXCHANGE))
    exchange = {"ClientId": service["ClientId"], "ClientSecret": service["ClientSecret"]}
    subject = {"SubjectToken": tokens["AccessToken"], "SubjectTokenType": "ACCESS_TOKEN"}
    actor = {
        "ActorToken": answer["ClientAuthenticationResult"]["AccessToken"],
        "ActorTokenType": "ACCESS_TOKEN",
    }
    transport.call("GetDerivedToken", **exchange, **subject, **actor, Resources=[API])
    transport.call("GetDerivedToken", **exchange, **subject, RequestedTokenType="ID_TOKEN")
    wrong = {**subject, "SubjectTokenType": "ID_TOKEN"}
    transport.refused("GetDerivedToken", "NotAuthorizedException", **exchange, **wrong)
    by = {"SubjectTokenProviderName": "Okta"}
    transport.refused("GetDerivedToken", NO_POOL, **exchange, **subject, **by)
    both: dict[str, Any] = {"Audiences": ["notes"], "Resources": [API]}
    transport.refused("GetDerivedToken", "InvalidParameterException", **exchange, **subject, **both)
