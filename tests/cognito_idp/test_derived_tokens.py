"""GetDerivedToken: a token of a user is exchanged for a narrower one that a downstream service takes."""

from __future__ import annotations

from typing import Any

import jwt
import pytest

from pytest_cognito.cognito import User
from tests.support.app import App
from tests.support.refusals import Refusal, invalid_parameter, no_client, refusal
from tests.support.resource_servers import API, READ, WRITE, add_notes_api, with_flows

pytestmark = pytest.mark.needs("GetDerivedToken")

IMPERSONATION, DELEGATION = "ALLOW_TOKEN_EXCHANGE_IMPERSONATION", "ALLOW_TOKEN_EXCHANGE_DELEGATION"
ADMIN = "aws.cognito.signin.user.admin"


@pytest.fixture
def service(app: App) -> App:
    """The app client of a service that exchanges tokens of users, and may ask for one scope alone."""
    add_notes_api(app)
    return with_flows(app, IMPERSONATION, DELEGATION, scopes=(READ,))


def exchange(service: App, token: str, kind: str = "ACCESS_TOKEN", **more: Any) -> dict[str, Any]:
    given = {"ClientId": service.client_id, "ClientSecret": service.client.secret}
    return service.call("get_derived_token", **{**given, "SubjectToken": token, "SubjectTokenType": kind, **more})


def claims_of(service: App, token: str) -> dict[str, Any]:
    """The claims, verified as a resource server does."""
    key = jwt.PyJWKClient(service.pool.jwks_uri).get_signing_key_from_jwt(token)
    options: Any = {"verify_aud": False}
    claims: dict[str, Any] = jwt.decode(token, key, algorithms=["RS256"], issuer=service.pool.issuer, options=options)
    return claims


def derived(service: App, token: str, **more: Any) -> dict[str, Any]:
    """The claims of the issued token."""
    return claims_of(service, exchange(service, token, **more)["IssuedToken"])


def test_a_token_is_narrowed_to_a_service(service: App, alice: User) -> None:
    token = alice.tokens(scopes=[READ, WRITE]).access_token
    answer = exchange(service, token, Scopes=[WRITE, READ, READ], Audiences=["notes"])

    assert {name: value for name, value in answer.items() if name != "IssuedToken"} == {
        "IssuedTokenType": "ACCESS_TOKEN",
        "TokenType": "Bearer",
        "ExpiresIn": 3600,
        "Scopes": [READ],
    }
    claims, before = claims_of(service, answer["IssuedToken"]), claims_of(service, token)
    assert (claims["token_use"], claims["scope"], claims["aud"]) == ("access", READ, "notes")
    assert claims["client_id"] == service.client_id
    assert claims["jti"] != before["jti"]
    for name in ("sub", "username", "auth_time", "origin_jti"):
        assert claims[name] == before[name]
    assert "act" not in claims


def test_without_scopes_it_has_those_of_the_subject(service: App, alice: User) -> None:
    answer = exchange(service, alice.tokens(scopes=[READ, WRITE]).access_token)
    assert answer["Scopes"] == [READ, WRITE]
    assert "aud" not in claims_of(service, answer["IssuedToken"])


def test_no_scope_is_left(service: App, alice: User) -> None:
    answer = exchange(service, alice.tokens().access_token, Scopes=[READ])
    assert answer["Scopes"] == []
    assert "scope" not in claims_of(service, answer["IssuedToken"])


def test_an_id_token_for_an_id_token(service: App, alice: User) -> None:
    asked: dict[str, Any] = {"RequestedTokenType": "ID_TOKEN", "Audiences": ["notes"]}
    answer = exchange(service, alice.sign_in().id_token, "ID_TOKEN", **asked)

    assert (answer["IssuedTokenType"], answer["TokenType"], answer["Scopes"]) == ("ID_TOKEN", "N_A", [])
    claims = claims_of(service, answer["IssuedToken"])
    assert (claims["token_use"], claims["aud"], claims["cognito:username"]) == ("id", "notes", "alice")


def test_a_resource_server_is_the_audience(service: App, alice: User) -> None:
    token = alice.tokens(scopes=[READ]).access_token
    assert derived(service, token, Resources=[API])["aud"] == API
    refused = refusal(exchange, service=service, token=token, Resources=["https://absent.example.com"])
    assert refused.code == "ResourceNotFoundException"


def test_audience_and_resource_exclude_each_other(service: App, alice: User) -> None:
    refused = refusal(
        exchange, service=service, token=alice.tokens().access_token, Resources=[API], Audiences=["notes"]
    )
    assert refused == invalid_parameter("Audiences and Resources cannot be requested together.")


# The actor


def test_a_machine_acts_for_the_user(service: App, app: App, alice: User) -> None:
    agent = with_flows(app, "ALLOW_CLIENT_TOKEN_AUTH")
    issued = agent.call("get_client_token", ClientId=agent.client_id, Secret=agent.client.secret)
    actor = {"ActorToken": issued["ClientAuthenticationResult"]["AccessToken"], "ActorTokenType": "ACCESS_TOKEN"}
    claims = derived(service, alice.tokens().access_token, **actor)
    assert (claims["sub"], claims["act"]) == (alice.sub, {"sub": agent.client_id})


def test_actors_form_a_chain(service: App, app: App, alice: User) -> None:
    bob, carol = (app.pool.create_user(name) for name in ("bob", "carol"))
    actor = {"ActorToken": bob.tokens().id_token, "ActorTokenType": "ID_TOKEN"}
    first = exchange(service, alice.tokens().access_token, **actor)["IssuedToken"]
    actor = {"ActorToken": carol.tokens().access_token, "ActorTokenType": "ACCESS_TOKEN"}
    assert derived(service, first, **actor)["act"] == {"sub": carol.sub, "act": {"sub": bob.sub}}
    assert "act" not in derived(service, first)


def test_an_actor_token_has_a_type(service: App, alice: User) -> None:
    token = alice.tokens().access_token
    refused = refusal(exchange, service=service, token=token, ActorToken=token)
    assert refused == invalid_parameter("ActorTokenType is required with ActorToken.")


# The subject's token keeps its sign-in


def test_a_derived_token_is_revoked_with_the_sign_in(service: App, app: App) -> None:
    tokens = app.sign_in()
    issued = exchange(service, tokens["AccessToken"])["IssuedToken"]
    assert app.call("get_user", AccessToken=issued)["Username"] == "alice"
    app.call("global_sign_out", AccessToken=tokens["AccessToken"])
    revoked = Refusal("NotAuthorizedException", "Access Token has been revoked")
    assert refusal(app.idp.get_user, AccessToken=issued) == revoked


def test_preTokenGeneration_runs(service: App, alice: User) -> None:
    def add(event: dict[str, Any], context: object) -> dict[str, Any]:
        generation = {"claimsToAddOrOverride": {"tenant": "t1"}, "scopesToAdd": ["notes/audit"]}
        event["response"]["claimsAndScopeOverrideDetails"] = {"accessTokenGeneration": generation}
        return event

    service.pool.set_trigger("PreTokenGeneration", add, version=2)
    answer = exchange(service, alice.tokens(scopes=[READ]).access_token)
    assert answer["Scopes"] == [READ, "notes/audit"]
    assert claims_of(service, answer["IssuedToken"])["tenant"] == "t1"


# Who may exchange


@pytest.mark.parametrize(("flow", "acts"), [(IMPERSONATION, True), (DELEGATION, False)])
def test_the_flow_that_it_takes(app: App, alice: User, flow: str, acts: bool) -> None:
    add_notes_api(app)
    service, token = with_flows(app, flow), alice.tokens().access_token
    actor = {"ActorToken": token, "ActorTokenType": "ACCESS_TOKEN"}
    missing = (DELEGATION if acts else IMPERSONATION).removeprefix("ALLOW_")
    refused = refusal(exchange, service=service, token=token, **(actor if acts else {}))
    assert refused == invalid_parameter(f"{missing} is not enabled for the client.")
    assert exchange(service, token, **({} if acts else actor))["TokenType"] == "Bearer"


def test_aws_credentials_stand_in_for_the_secret(service: App, alice: User) -> None:
    call = {"ClientId": service.client_id, "SubjectTokenType": "ACCESS_TOKEN"}
    assert service.call("get_derived_token", **call, SubjectToken=alice.tokens().access_token)["IssuedToken"]


def test_a_wrong_secret_or_client(service: App, alice: User) -> None:
    token = alice.tokens().access_token
    refused = refusal(exchange, service=service, token=token, ClientSecret="0" * 51)
    assert refused == Refusal("NotAuthorizedException", f"Unable to verify the secret of client {service.client_id}")
    missing = "0" * 26
    assert refusal(exchange, service=service, token=token, ClientId=missing) == no_client(missing)


def test_the_lite_plan_has_no_token_exchange(service: App, alice: User) -> None:
    service.call("update_user_pool", UserPoolId=service.pool_id, UserPoolTier="LITE")
    refused = refusal(exchange, service=service, token=alice.tokens().access_token)
    assert refused.code == "OperationNotEnabledException"
    call = {"UserPoolId": service.pool_id, "ClientName": "late", "ExplicitAuthFlows": [DELEGATION]}
    refused = refusal(service.idp.create_user_pool_client, **call)
    assert refused.code == "FeatureUnavailableInTierException"
