"""GetClientToken: machine to machine by the API. An app client gets an access token for its secret."""

from __future__ import annotations

from typing import Any

import boto3
import jwt
import pytest
from botocore import UNSIGNED
from botocore.config import Config

from pytest_cognito import UsageError
from pytest_cognito.cognito import Cognito
from tests.support.app import App
from tests.support.functions import failing, unchanged
from tests.support.refusals import (
    ACCESS_TOKEN_INVALID,
    invalid_parameter,
    no_client,
    not_authorized,
    refusal,
)
from tests.support.resource_servers import API, READ, WRITE, add_notes_api, with_flows

pytestmark = pytest.mark.needs("GetClientToken")

FLOW = "ALLOW_CLIENT_TOKEN_AUTH"


@pytest.fixture
def machine(app: App) -> App:
    """An app client that gets tokens for itself, with both scopes of the notes API."""
    add_notes_api(app)
    return with_flows(app, FLOW)


def get(machine: App, **more: Any) -> dict[str, Any]:
    given = {"ClientId": machine.client_id, "Secret": machine.client.secret, **more}
    result: dict[str, Any] = machine.call("get_client_token", **given)["ClientAuthenticationResult"]
    return result


def claims_of(machine: App, token: str) -> dict[str, Any]:
    """The claims, verified as a resource server does."""
    key = jwt.PyJWKClient(machine.pool.jwks_uri).get_signing_key_from_jwt(token)
    claims: dict[str, Any] = jwt.decode(token, key, algorithms=["RS256"], issuer=machine.pool.issuer)
    return claims


def test_a_client_gets_a_token_with_all_its_scopes(machine: App, cognito: Cognito) -> None:
    answer = get(machine)

    assert (answer["ExpiresIn"], answer["TokenType"]) == (3600, "Bearer")
    assert answer.keys() == {"AccessToken", "ExpiresIn", "TokenType"}
    claims = claims_of(machine, answer["AccessToken"])
    now = int(cognito.clock.now().timestamp())
    times = {name: claims.pop(name) for name in ("auth_time", "iat", "exp")}
    assert abs(times["iat"] - now) < 5
    assert times == {"auth_time": times["iat"], "iat": times["iat"], "exp": times["iat"] + 3600}
    assert claims.pop("jti")
    assert claims == {
        "sub": machine.client_id,
        "client_id": machine.client_id,
        "token_use": "access",
        "scope": f"{READ} {WRITE}",
        "iss": machine.pool.issuer,
        "version": 2,
    }


def test_a_client_gets_the_scopes_that_it_asks_for(machine: App) -> None:
    token = get(machine, Scopes=[WRITE])["AccessToken"]
    assert claims_of(machine, token)["scope"] == WRITE


def test_the_token_lives_as_long_as_the_client_says(app: App) -> None:
    add_notes_api(app)
    brief = with_flows(app, FLOW, AccessTokenValidity=5, TokenValidityUnits={"AccessToken": "minutes"})
    answer = get(brief)
    claims = claims_of(brief, answer["AccessToken"])
    assert answer["ExpiresIn"] == claims["exp"] - claims["iat"] == 300


@pytest.mark.parametrize("scope", ["openid", f"{API}/delete"])
def test_scopes_that_are_not_custom_ones_of_the_client(machine: App, scope: str) -> None:
    assert refusal(get, machine=machine, Scopes=[scope]) == invalid_parameter(f"Invalid scope requested: {scope}")


def test_standard_scopes_of_the_client_are_not_the_machines(app: App) -> None:
    add_notes_api(app)
    both = with_flows(app, FLOW, scopes=("openid", READ))
    assert claims_of(both, get(both)["AccessToken"])["scope"] == READ


def test_a_scope_without_its_resource_server_is_left_out(machine: App) -> None:
    machine.call("delete_resource_server", UserPoolId=machine.pool_id, Identifier=API)
    assert "scope" not in claims_of(machine, get(machine, Scopes=[READ])["AccessToken"])


def test_any_secret_of_the_client_does(machine: App) -> None:
    added = machine.call("add_user_pool_client_secret", UserPoolId=machine.pool_id, ClientId=machine.client_id)
    second = added["ClientSecretDescriptor"]["ClientSecretValue"]
    assert get(machine, Secret=second)["AccessToken"]
    assert get(machine)["AccessToken"]


def test_a_wrong_secret(machine: App, app: App) -> None:
    wrong = not_authorized(f"Unable to verify the secret of client {machine.client_id}")
    assert refusal(get, machine=machine, Secret="0" * 51) == wrong
    public = not_authorized(f"Unable to verify the secret of client {app.client_id}")
    assert refusal(get, machine=app, Secret="0" * 51) == public


def test_a_client_without_the_flow(app: App) -> None:
    add_notes_api(app)
    other = with_flows(app, "ALLOW_USER_PASSWORD_AUTH")
    refused = refusal(get, machine=other)
    assert refused == invalid_parameter("CLIENT_TOKEN_AUTH is not enabled for the client.")


def test_a_client_that_does_not_exist(machine: App) -> None:
    missing = "0" * 26
    assert refusal(get, machine=machine, ClientId=missing) == no_client(missing)


def test_the_flow_stands_alone(app: App) -> None:
    both = {"GenerateSecret": True, "ExplicitAuthFlows": [FLOW, "ALLOW_REFRESH_TOKEN_AUTH"]}
    call = {"UserPoolId": app.pool_id, "ClientName": "both", **both}
    refused = refusal(app.idp.create_user_pool_client, **call)
    assert refused == invalid_parameter("ALLOW_CLIENT_TOKEN_AUTH cannot be enabled together with other flows.")


def test_the_token_calls_no_operation_of_users(machine: App) -> None:
    token = get(machine)["AccessToken"]
    assert refusal(machine.idp.get_user, AccessToken=token) == ACCESS_TOKEN_INVALID


def test_no_credentials_are_needed(machine: App) -> None:
    anonymous = App(boto3.client("cognito-idp", config=Config(signature_version=UNSIGNED)), machine.pool)
    anonymous.client, anonymous.client_id = machine.client, machine.client_id
    assert get(anonymous)["TokenType"] == "Bearer"


# PreTokenGeneration


def test_version_3_of_the_trigger_changes_the_token(machine: App, cognito: Cognito) -> None:
    def change(event: dict[str, Any], context: object) -> dict[str, Any]:
        generation = {
            "claimsToAddOrOverride": {"tenant": {"id": 7}, "sub": "other", "client_id": "other"},
            "scopesToAdd": ["notes/audit"],
            "scopesToSuppress": [WRITE],
        }
        event["response"]["claimsAndScopeOverrideDetails"] = {"accessTokenGeneration": generation}
        return event

    machine.pool.set_trigger("PreTokenGeneration", change, version=3)
    claims = claims_of(machine, get(machine, ClientMetadata={"job": "nightly"})["AccessToken"])

    assert (claims["tenant"], claims["scope"]) == ({"id": 7}, f"{READ} notes/audit")
    assert claims["sub"] == claims["client_id"] == machine.client_id
    event = cognito.triggers.last("TokenGeneration_ClientCredentials").event
    assert event["version"] == "3"
    assert event["userName"] == "ClientCredentials"
    assert event["callerContext"]["clientId"] == machine.client_id
    assert event["request"] == {
        "userAttributes": {},
        "groupConfiguration": None,
        "scopes": [READ, WRITE],
        "clientMetadata": {"job": "nightly"},
    }
    built = cognito.events.client_token_generation([READ, WRITE], metadata={"job": "nightly"}, client=machine.client)
    built["callerContext"] = event["callerContext"]
    assert built == {**event, "response": {"claimsAndScopeOverrideDetails": None}}


@pytest.mark.parametrize("version", [1, 2])
def test_earlier_versions_do_not_run_for_clients(machine: App, cognito: Cognito, version: int) -> None:
    machine.pool.set_trigger("PreTokenGeneration", unchanged, version=version)
    get(machine)
    assert len(cognito.triggers) == 0


def test_a_trigger_that_fails(machine: App) -> None:
    machine.pool.set_trigger("PreTokenGeneration", failing, version=3)
    refused = refusal(get, machine=machine)
    assert refused == invalid_parameter("PreTokenGeneration failed with error not today.")


def test_the_event_of_a_client_is_of_no_user(machine: App, cognito: Cognito) -> None:
    with pytest.raises(UsageError, match="client_token_generation"):
        cognito.events.pre_token_generation(machine.pool.user("alice"), source="ClientCredentials")
