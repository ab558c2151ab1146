"""Clients whose ``client_id`` is the address of a metadata document."""

from __future__ import annotations

import json
from typing import Any

import pytest
import responses

from pytest_cognito import Cognito
from tests.support.hosted import CALLBACK, OAUTH, Hosted, parameters, refused, said
from tests.support.jwts import claims

pytestmark = pytest.mark.needs("CreateCIMDPolicy")

URL = "https://agent.example.com/client.json"
AGENT = "https://agent.example.com/callback"
DOCUMENT: dict[str, Any] = {
    "client_id": URL,
    "redirect_uris": [AGENT],
    "token_endpoint_auth_method": "none",
    "grant_types": ["authorization_code", "refresh_token"],
}


@pytest.fixture
def agent(hosted: Hosted) -> Hosted:
    policy: dict[str, Any] = {"PolicyName": "agents", "URLPatterns": ["https://*.example.com/*"]}
    hosted.pool.call("CreateCIMDPolicy", ClientId=hosted.client.id, **policy)
    return hosted


def publish(cognito: Cognito, **changes: object) -> None:
    cognito.world.documents[URL] = json.dumps({**DOCUMENT, **changes})


def test_a_sign_in(agent: Hosted, cognito: Cognito) -> None:
    publish(cognito)
    code = agent.code(client_id=URL, redirect_uri=AGENT)
    tokens = said(agent.redeem(code, client_id=URL, redirect_uri=AGENT))
    assert claims(tokens["access_token"])["client_id"] == agent.client.id
    answer = agent.post(
        "/oauth2/token", client_id=URL, grant_type="refresh_token", refresh_token=tokens["refresh_token"]
    )
    assert said(answer)["token_type"] == "Bearer"
    assert agent.post("/oauth2/revoke", client_id=URL, token=tokens["refresh_token"]).status_code == 200


def test_the_app_client_itself_can_not_redeem_the_code(agent: Hosted, cognito: Cognito) -> None:
    publish(cognito)
    code = agent.code(client_id=URL, redirect_uri=AGENT)
    assert refused(agent.redeem(code, redirect_uri=AGENT)) == (400, {"error": "unauthorized_client"})


@responses.activate
def test_the_document_is_fetched_once(agent: Hosted) -> None:
    stub = responses.get(URL, json=DOCUMENT, headers={"Cache-Control": "max-age=90000"})
    for _ in range(2):
        assert agent.authorize(client_id=URL, redirect_uri=AGENT).startswith("/login?")
    assert stub.call_count == 1
    kept = agent.pool.call("ListClientMetadataURLs", CIMDPolicyId=policy_id(agent))["ClientMetadataURLs"]
    assert (kept[0]["ExpirationDate"] - kept[0]["CachedDate"]).total_seconds() == 90000


def policy_id(agent: Hosted) -> str:
    (policy,) = agent.pool.call("ListCIMDPolicies", MaxResults=10)["CIMDPolicies"]
    return str(policy["CIMDPolicyId"])


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": "https://other.example.com/client.json"},
        {"token_endpoint_auth_method": "client_secret_post"},
        {"redirect_uris": None},
        {"grant_types": "authorization_code"},
    ],
)
def test_documents_that_describe_no_client(agent: Hosted, cognito: Cognito, changes: dict[str, object]) -> None:
    publish(cognito, **changes)
    location = agent.authorize(client_id=URL, redirect_uri=AGENT)
    assert parameters(location) == {"error": "invalid_request", "client_id": URL}


def test_the_document_says_where_to_and_which_grants(agent: Hosted, cognito: Cognito) -> None:
    publish(cognito)
    assert parameters(agent.authorize(client_id=URL, redirect_uri=CALLBACK))["error"] == "redirect_mismatch"
    implicit = agent.authorize(client_id=URL, redirect_uri=AGENT, response_type="token")
    assert implicit == f"{AGENT}?error=unauthorized_client"


def test_addresses_that_no_policy_is_for(hosted: Hosted, cognito: Cognito) -> None:
    publish(cognito)
    assert parameters(hosted.authorize(client_id=URL))["error"] == "invalid_request"
    answer = hosted.post("/oauth2/token", client_id=URL, grant_type="refresh_token", refresh_token="x")
    assert refused(answer) == (400, {"error": "invalid_client"})


@responses.activate
def test_a_document_that_is_not_there(agent: Hosted) -> None:
    responses.get(URL, status=404, json=DOCUMENT)
    assert parameters(agent.authorize(client_id=URL, redirect_uri=AGENT))["error"] == "invalid_request"


def test_a_client_with_a_secret_stands_for_nobody(hosted: Hosted, cognito: Cognito) -> None:
    publish(cognito)
    secret = hosted.pool.create_client(GenerateSecret=True, **OAUTH)
    hosted.pool.call("CreateCIMDPolicy", ClientId=secret.id, PolicyName="p", URLPatterns=[URL])
    assert parameters(hosted.authorize(client_id=URL, redirect_uri=AGENT))["error"] == "invalid_request"
