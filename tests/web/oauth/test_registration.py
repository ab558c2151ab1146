"""/oauth2/register: applications register app clients of their own (RFC 7591)."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from pytest_cognito import Cognito
from tests.support.hosted import CALLBACK, Hosted, parameters, refused, said

pytestmark = pytest.mark.needs("CreateUserPoolRequest.DcrConfiguration")

METADATA: dict[str, Any] = {"client_name": "Notes", "redirect_uris": [CALLBACK]}
REGISTER = "aws.cognito/dcr/register"


def register(
    hosted: Hosted, metadata: object = METADATA, token: str | None = None, **more: object
) -> requests.Response:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    sent = {**metadata, **more} if isinstance(metadata, dict) else metadata
    return requests.post(f"{hosted.base}/oauth2/register", json=sent, headers=headers, timeout=5)


def turn_on(hosted: Hosted, **configuration: object) -> None:
    hosted.pool.call("UpdateUserPool", DcrConfiguration=configuration)


def initial_token(hosted: Hosted, scope: str = REGISTER) -> str:
    flows: dict[str, Any] = {"ExplicitAuthFlows": ["ALLOW_CLIENT_TOKEN_AUTH"], "AllowedOAuthScopes": [scope]}
    registrar = hosted.pool.create_client(GenerateSecret=True, **flows)
    answer = Cognito(hosted.pool.world).call("GetClientToken", ClientId=registrar.id, Secret=registrar.secret)
    return str(answer["ClientAuthenticationResult"]["AccessToken"])


def test_an_open_registration_and_a_sign_in(hosted: Hosted) -> None:
    turn_on(hosted, OpenDcrEnabled=True)
    answer = register(hosted, token_endpoint_auth_method="none")
    assert answer.status_code == 201
    made = answer.json()
    assert list(made) == [
        *("client_id", "client_id_issued_at", "client_name", "redirect_uris", "grant_types", "response_types"),
        *("token_endpoint_auth_method", "scope"),
    ]
    assert made["scope"] == "email openid phone profile"
    asked = {"client_id": made["client_id"]}
    said(hosted.redeem(hosted.code(**asked), **asked))


def test_a_registration_with_a_token(hosted: Hosted) -> None:
    turn_on(hosted, AllowedScopes=["notes/read"])
    scopes = [{"ScopeName": "read", "ScopeDescription": "reads"}]
    hosted.pool.call("CreateResourceServer", Identifier="notes", Name="notes", Scopes=scopes)
    token = initial_token(hosted)
    made = register(hosted, {"grant_types": ["client_credentials"], "scope": "notes/read"}, token).json()
    assert made["client_secret_expires_at"] == 0
    pair = (made["client_id"], made["client_secret"])
    said(hosted.post("/oauth2/token", pair, grant_type="client_credentials"))
    described = hosted.pool.call("DescribeUserPoolClient", ClientId=made["client_id"])["UserPoolClient"]
    assert (described["ClientType"], described["ClientName"]) == ("DCR", "DCR")
    listed = hosted.pool.call("ListUserPoolClients", ClientType="DCR")["UserPoolClients"]
    assert [client["ClientId"] for client in listed] == [made["client_id"]]


def test_who_may_register(hosted: Hosted) -> None:
    assert refused(register(hosted))[1]["error"] == "invalid_request"
    turn_on(hosted)
    for token in (None, "x", hosted.pool.user("alice").tokens().access_token):
        assert refused(register(hosted, token=token))[0] == 401
    turn_on(hosted, EnableStatus="Disabled")
    assert refused(register(hosted, token=initial_token(hosted)))[0] == 400


@pytest.mark.parametrize(
    ("metadata", "error"),
    [
        ([], "invalid_client_metadata"),
        ({"redirect_uris": ["http://app.example.com"]}, "invalid_redirect_uri"),
        ({"redirect_uris": ["no-uri"]}, "invalid_redirect_uri"),
        ({"redirect_uris": []}, "invalid_redirect_uri"),
        ({"redirect_uris": "x"}, "invalid_client_metadata"),
        ({**METADATA, "grant_types": ["client_credentials"]}, "invalid_client_metadata"),
        ({**METADATA, "grant_types": ["password"]}, "invalid_client_metadata"),
        ({**METADATA, "grant_types": ["implicit"]}, "invalid_client_metadata"),
        ({**METADATA, "scope": "notes/read"}, "invalid_client_metadata"),
        ({**METADATA, "scope": REGISTER}, "invalid_client_metadata"),
        ({**METADATA, "scope": 1}, "invalid_client_metadata"),
        ({**METADATA, "client_name": 1}, "invalid_client_metadata"),
        ({**METADATA, "token_endpoint_auth_method": "private_key_jwt"}, "invalid_client_metadata"),
    ],
)
def test_what_can_not_be_registered(hosted: Hosted, metadata: object, error: str) -> None:
    turn_on(hosted, OpenDcrEnabled=True, AllowedScopes=[REGISTER])
    status, told = refused(register(hosted, metadata))
    assert (status, told["error"]) == (400, error)


def test_an_empty_list_of_grant_types_refuses_all(hosted: Hosted) -> None:
    turn_on(hosted, OpenDcrEnabled=True, OpenDcrGrantTypes=[])
    assert refused(register(hosted))[1]["error"] == "invalid_client_metadata"


def test_discovery_names_the_endpoint(hosted: Hosted) -> None:
    url = f"{hosted.pool.issuer}/.well-known/openid-configuration"
    assert "registration_endpoint" not in requests.get(url, timeout=5).json()
    turn_on(hosted)
    assert requests.get(url, timeout=5).json()["registration_endpoint"] == f"{hosted.base}/oauth2/register"


@pytest.mark.needs("AddUserPoolClientSecret")
def test_a_registered_client_has_no_second_secret(hosted: Hosted, cognito: Cognito) -> None:
    turn_on(hosted, OpenDcrEnabled=True)
    made = register(hosted).json()
    with pytest.raises(Exception, match="does not support secret operations"):
        hosted.pool.call("AddUserPoolClientSecret", ClientId=made["client_id"])
    assert parameters(hosted.authorize(client_id=made["client_id"]))["client_id"] == made["client_id"]
