"""/oauth2/token with client_credentials: an app client gets a token for itself."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pytest_cognito import Cognito
from tests.support.hosted import Hosted, refused, said
from tests.support.jwts import claims

SCOPES = ["notes/read", "notes/write"]
MACHINE: dict[str, Any] = {
    "GenerateSecret": True,
    "AllowedOAuthFlowsUserPoolClient": True,
    "AllowedOAuthFlows": ["client_credentials"],
    "AllowedOAuthScopes": SCOPES,
}


@pytest.fixture
def machine(hosted: Hosted) -> Hosted:
    scopes = [{"ScopeName": name, "ScopeDescription": name} for name in ("read", "write", "delete")]
    hosted.pool.call("CreateResourceServer", Identifier="notes", Name="notes", Scopes=scopes)
    return hosted.at(hosted.pool.create_client(**MACHINE))


def ask(machine: Hosted, **form: str) -> Any:
    pair = (machine.client.id, machine.client.secret or "")
    return machine.post("/oauth2/token", pair, grant_type="client_credentials", **form)


def test_the_token(machine: Hosted) -> None:
    answer = said(ask(machine))
    assert list(answer) == ["access_token", "expires_in", "token_type"]
    found = claims(answer["access_token"])
    assert list(found) == [
        *("sub", "token_use", "scope", "auth_time", "iss", "exp", "iat", "version", "jti", "client_id")
    ]
    assert found["sub"] == found["client_id"] == machine.client.id
    assert (found["scope"], found["version"]) == ("notes/read notes/write", 2)


@pytest.mark.parametrize(
    ("asked", "got"),
    [
        ("notes/write", "notes/write"),
        ("notes/write notes/read notes/write", "notes/write notes/read"),
        ("notes/read notes/delete openid", "notes/read"),
    ],
)
def test_the_scopes_that_are_allowed(machine: Hosted, asked: str, got: str) -> None:
    assert claims(said(ask(machine, scope=asked))["access_token"])["scope"] == got


@pytest.mark.parametrize("scope", ["notes/delete", "openid", "unknown other"])
def test_no_scope_that_is_allowed(machine: Hosted, scope: str) -> None:
    assert refused(ask(machine, scope=scope)) == (400, {"error": "invalid_scope"})


def test_a_scope_that_is_gone(machine: Hosted) -> None:
    machine.pool.call("DeleteResourceServer", Identifier="notes")
    assert "scope" not in claims(said(ask(machine, scope="notes/read"))["access_token"])


def test_clients_that_may_not(machine: Hosted, hosted: Hosted) -> None:
    answer = hosted.post("/oauth2/token", grant_type="client_credentials")
    assert refused(answer) == (400, {"error": "unauthorized_client"})
    off = {**MACHINE, "AllowedOAuthFlowsUserPoolClient": False}
    assert refused(ask(hosted.at(hosted.pool.create_client(**off)))) == (400, {"error": "invalid_grant"})


def test_the_trigger(machine: Hosted) -> None:
    events = []

    @machine.pool.on("PreTokenGeneration", version=3)
    def add(event: dict[str, Any], context: object) -> dict[str, Any]:
        events.append(event)
        generation = {"claimsToAddOrOverride": {"tenant": event["request"]["clientMetadata"]["tenant"]}}
        event["response"]["claimsAndScopeOverrideDetails"] = {"accessTokenGeneration": generation}
        return event

    metadata = json.dumps({"tenant": "t1"})
    token = said(ask(machine, scope="notes/read", aws_client_metadata=metadata))["access_token"]
    assert claims(token)["tenant"] == "t1"
    (event,) = events
    assert (event["version"], event["triggerSource"], event["userName"]) == (
        *("3", "TokenGeneration_ClientCredentials", "ClientCredentials"),
    )
    assert event["request"]["scopes"] == ["notes/read"]


@pytest.mark.parametrize("metadata", ["no json", "[]", '{"a": 1}', "[" * 100_000])
def test_metadata_that_is_no_object_of_strings(machine: Hosted, metadata: str) -> None:
    assert refused(ask(machine, aws_client_metadata=metadata)) == (400, {"error": "invalid_request"})


def test_a_trigger_that_fails(machine: Hosted, cognito: Cognito) -> None:
    @machine.pool.on("PreTokenGeneration", version=3)
    def fail(event: object, context: object) -> None:
        raise ValueError("no")

    description = "PreTokenGeneration failed with error no."
    assert refused(ask(machine)) == (400, {"error": "invalid_grant", "error_description": description})
    (call,) = cognito.calls.of("POST /oauth2/token")
    assert call.parameters["grant_type"] == "client_credentials"
