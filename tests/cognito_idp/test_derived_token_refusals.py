"""Tokens that GetDerivedToken does not exchange."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config

from pytest_cognito.cognito import Cognito, User
from tests.support import functions
from tests.support.app import App, MakeApp
from tests.support.refusals import (
    LAMBDA_OUTPUT,
    USER_DISABLED,
    USER_NOT_FOUND,
    Refusal,
    invalid_parameter,
    lambda_failed,
    lambda_timed_out,
    not_authorized,
    refusal,
)
from tests.support.resource_servers import add_notes_api, with_flows

pytestmark = pytest.mark.needs("GetDerivedToken")

FLOWS = ("ALLOW_TOKEN_EXCHANGE_IMPERSONATION", "ALLOW_TOKEN_EXCHANGE_DELEGATION")


@pytest.fixture
def service(app: App) -> App:
    add_notes_api(app)
    return with_flows(app, *FLOWS)


def refused(service: App, token: str, kind: str = "ACCESS_TOKEN", **more: Any) -> Refusal:
    given = {"ClientId": service.client_id, "ClientSecret": service.client.secret}
    call = {**given, "SubjectToken": token, "SubjectTokenType": kind, **more}
    return refusal(service.call, operation="get_derived_token", **call)


def test_a_token_for_another_use(service: App, alice: User) -> None:
    tokens = alice.tokens()
    assert refused(service, tokens.id_token) == not_authorized("Invalid Subject Token")
    assert refused(service, tokens.access_token, "ID_TOKEN") == not_authorized("Invalid Subject Token")
    assert refused(service, "no-token") == not_authorized("Invalid Subject Token")


def test_a_token_of_another_pool(service: App, make_app: MakeApp) -> None:
    other = make_app()
    other.confirmed("alice")
    assert refused(service, other.access_token("alice")) == not_authorized("Invalid Subject Token")


def test_a_token_that_somebody_has_changed(service: App, alice: User) -> None:
    tampered = alice.tokens().tampered().access_token
    assert refused(service, tampered) == not_authorized("Could not verify signature for Subject Token")


def test_an_expired_token(service: App, alice: User, cognito: Cognito) -> None:
    token = alice.tokens().access_token
    cognito.clock.advance(hours=2)
    assert refused(service, token) == not_authorized("Subject Token has expired")


def test_an_id_token_outlives_its_access_token(service: App, app: App, cognito: Cognito) -> None:
    units = {"IdToken": "hours", "AccessToken": "minutes"}
    slow = app.with_client(IdTokenValidity=3, AccessTokenValidity=5, TokenValidityUnits=units)
    token = slow.sign_in()["IdToken"]
    cognito.clock.advance(hours=2)
    app.sign_in()
    call = {"ClientId": service.client_id, "SubjectToken": token, "SubjectTokenType": "ID_TOKEN"}
    assert service.call("get_derived_token", **call)["TokenType"] == "Bearer"


@pytest.mark.parametrize("kind", ["ACCESS_TOKEN", "ID_TOKEN"])
def test_a_revoked_token(service: App, app: App, kind: str) -> None:
    tokens = app.sign_in()
    app.admin("admin_user_global_sign_out")
    token = tokens["AccessToken" if kind == "ACCESS_TOKEN" else "IdToken"]
    assert refused(service, token, kind) == not_authorized("Subject Token has been revoked")


def test_users_who_may_not_sign_in(service: App, app: App, alice: User) -> None:
    token = alice.tokens().access_token
    app.admin("admin_disable_user")
    assert refused(service, token) == USER_DISABLED
    app.admin("admin_delete_user")
    assert refused(service, token) == USER_NOT_FOUND


def test_a_user_who_must_reset_the_password(service: App, app: App, alice: User) -> None:
    token = alice.tokens().access_token
    app.admin("admin_reset_user_password")
    assert refused(service, token) == not_authorized("Password reset required for the user")


def test_a_user_whom_the_trigger_disables(service: App, app: App, alice: User) -> None:
    def disable(event: dict[str, Any], context: object) -> dict[str, Any]:
        app.admin("admin_disable_user")
        return event

    token = alice.tokens().access_token
    app.pool.set_trigger("PreTokenGeneration", disable)
    assert refused(service, token) == USER_DISABLED


def test_a_trigger_that_fails(service: App, app: App, alice: User, cognito: Cognito) -> None:
    def slow(event: dict[str, Any], context: object) -> dict[str, Any]:
        cognito.clock.advance(seconds=6)
        return event

    token = alice.tokens().access_token
    app.pool.set_trigger("PreTokenGeneration", functions.failing)
    assert refused(service, token) == lambda_failed("PreTokenGeneration")
    app.pool.set_trigger("PreTokenGeneration", lambda event, context: {"statusCode": 200})
    assert refused(service, token) == LAMBDA_OUTPUT
    app.pool.set_trigger("PreTokenGeneration", slow)
    assert refused(service, token) == lambda_timed_out("PreTokenGeneration")


def test_the_token_of_a_machine_is_no_subject(service: App, app: App) -> None:
    agent = with_flows(app, "ALLOW_CLIENT_TOKEN_AUTH")
    issued = agent.call("get_client_token", ClientId=agent.client_id, Secret=agent.client.secret)
    token = issued["ClientAuthenticationResult"]["AccessToken"]
    assert refused(service, token) == not_authorized("Invalid Subject Token")


def test_actors_are_verified_too(service: App, app: App, alice: User) -> None:
    bob = app.pool.create_user("bob")
    token, kind = alice.tokens().access_token, {"ActorTokenType": "ACCESS_TOKEN"}

    def of(actor: str) -> Refusal:
        return refused(service, token, ActorToken=actor, **kind)

    assert of(bob.tokens().tampered().access_token) == not_authorized("Could not verify signature for Actor Token")
    assert of(bob.tokens().expired().access_token) == not_authorized("Actor Token has expired")
    assert of(bob.tokens().id_token) == not_authorized("Invalid Actor Token")
    actor = bob.tokens().access_token
    app.admin("admin_user_global_sign_out", "bob")
    assert of(actor) == not_authorized("Actor Token has been revoked")


@pytest.mark.parametrize("member", [{"ActorTokenType": "ACCESS_TOKEN"}, {"ActorTokenProviderName": "Login"}])
def test_what_says_more_about_an_actor_who_is_not_there(service: App, alice: User, member: dict[str, str]) -> None:
    [name] = member
    wanted = f"ActorToken is required with {name}."
    assert refused(service, alice.tokens().access_token, **member) == invalid_parameter(wanted)


def test_a_machine_whose_client_is_gone_acts_for_nobody(service: App, app: App, alice: User) -> None:
    agent = with_flows(app, "ALLOW_CLIENT_TOKEN_AUTH")
    issued = agent.call("get_client_token", ClientId=agent.client_id, Secret=agent.client.secret)
    app.call("delete_user_pool_client", UserPoolId=app.pool_id, ClientId=agent.client_id)
    actor = {"ActorToken": issued["ClientAuthenticationResult"]["AccessToken"], "ActorTokenType": "ACCESS_TOKEN"}
    assert refused(service, alice.tokens().access_token, **actor).code == "ResourceNotFoundException"


def test_a_call_with_neither_credentials_nor_secret(service: App, alice: User) -> None:
    anonymous: Any = boto3.client("cognito-idp", config=Config(signature_version=UNSIGNED))
    call: dict[str, Any] = {"ClientId": service.client_id, "SubjectTokenType": "ACCESS_TOKEN"}
    call["SubjectToken"] = alice.tokens().access_token
    missing = f"Client {service.client_id} is configured for secret but secret was not received"
    assert refusal(anonymous.get_derived_token, **call) == not_authorized(missing)
    assert anonymous.get_derived_token(**call, ClientSecret=service.client.secret)["IssuedToken"]


# Tokens of identity providers


def test_a_saml_assertion_names_its_provider(service: App) -> None:
    wanted = "SubjectTokenProviderName is required for a SAML assertion."
    assert refused(service, "PHNhbWw+", "SAML2") == invalid_parameter(wanted)


def test_a_provider_that_is_not_registered(service: App) -> None:
    by = {"SubjectTokenProviderName": "Okta"}
    assert refused(service, "PHNhbWw+", "SAML2", **by).code == "ResourceNotFoundException"
