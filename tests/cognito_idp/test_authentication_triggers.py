"""PreAuthentication and PostAuthentication: their events, their order, and what they change in a sign-in."""

from __future__ import annotations

import boto3
import pytest
from aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event import (
    PostAuthenticationTriggerEvent,
    PreAuthenticationTriggerEvent,
    PreTokenGenerationTriggerEvent,
    PreTokenGenerationV2TriggerEvent,
)
from botocore.config import Config

from pytest_cognito.cognito import Cognito, User, UserPool
from tests.support.app import NEW_PASSWORD, PASSWORD, App, MakeApp
from tests.support.functions import Event, failing, unchanged
from tests.support.jwts import claims
from tests.support.refusals import USER_DISABLED, lambda_failed, refusal


def begin_with_metadata(app: App, **metadata: str) -> None:
    app.call(
        "initiate_auth",
        ClientId=app.client_id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "alice", "PASSWORD": PASSWORD},
        ClientMetadata=metadata,
    )


def attributes(user: User) -> dict[str, str]:
    """The attributes of a user as events have them."""
    return {**user.attributes, "cognito:user_status": user.status}


# Events


def test_the_event_of_pre_authentication(cognito: Cognito, app: App, alice: User) -> None:
    app.pool.set_trigger("PreAuthentication", unchanged)
    begin_with_metadata(app, campaign="spring")
    assert cognito.triggers.last("PreAuthentication").event == {
        "version": "1",
        "triggerSource": "PreAuthentication_Authentication",
        "region": "us-east-1",
        "userPoolId": app.pool_id,
        "userName": "alice",
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": app.client_id},
        "request": {"userAttributes": attributes(alice), "validationData": {"campaign": "spring"}},
        "response": {},
    }


def test_the_event_of_post_authentication(cognito: Cognito, app: App, alice: User) -> None:
    app.pool.set_trigger("PostAuthentication", unchanged)
    begin_with_metadata(app, campaign="spring")
    assert cognito.triggers.last("PostAuthentication").event == {
        "version": "1",
        "triggerSource": "PostAuthentication_Authentication",
        "region": "us-east-1",
        "userPoolId": app.pool_id,
        "userName": "alice",
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": app.client_id},
        "request": {"userAttributes": attributes(alice), "newDeviceUsed": False},
        "response": {},
    }


def test_attributes_in_an_event_are_strings_and_tell_sub_and_status(cognito: Cognito, app: App) -> None:
    app.pool.set_trigger("PreAuthentication", unchanged)
    app.sign_in()
    event = cognito.triggers.last().event
    assert event["request"] == {
        "userAttributes": {
            "sub": app.pool.user("alice").sub,
            "cognito:user_status": "CONFIRMED",
            "email": "alice@example.com",
            "email_verified": "true",
        },
        "validationData": None,
    }


def test_the_name_in_an_event_is_the_sub_where_that_is_the_user_name(cognito: Cognito, make_app: MakeApp) -> None:
    app = make_app(UsernameAttributes=["email"])
    alice = app.pool.create_user("alice@example.com")
    app.pool.set_trigger("PreAuthentication", unchanged)
    app.sign_in("alice@example.com")
    assert cognito.triggers.last().event["userName"] == alice.sub


def test_a_client_that_hides_users_tells_the_function_who_is_there(cognito: Cognito, app: App) -> None:
    client = app.with_client(PreventUserExistenceErrors="ENABLED")
    app.pool.set_trigger("PreAuthentication", unchanged)
    client.sign_in()
    assert cognito.triggers.last().event["request"]["userNotFound"] is False
    refusal(client.sign_in, username="nobody")
    event = cognito.triggers.last().event
    assert event["userName"] == "nobody"
    assert event["request"] == {"userAttributes": {}, "validationData": None, "userNotFound": True}


def test_no_function_is_told_of_unknown_users_otherwise(cognito: Cognito, app: App) -> None:
    app.pool.set_trigger("PreAuthentication", unchanged)
    refusal(app.sign_in, username="nobody")
    assert len(cognito.triggers) == 0


def test_the_answers_metadata_reaches_post_authentication(cognito: Cognito, app: App) -> None:
    app.pool.set_trigger("PreAuthentication", unchanged)
    app.pool.set_trigger("PostAuthentication", unchanged)
    app.pool.create_user("bob", password=PASSWORD, status="FORCE_CHANGE_PASSWORD")
    app.respond(app.begin("bob"), "bob", metadata={"step": "two"}, NEW_PASSWORD=NEW_PASSWORD)
    assert [one.trigger for one in cognito.triggers] == ["PreAuthentication", "PostAuthentication"]
    request = cognito.triggers.last().event["request"]
    assert request["clientMetadata"] == {"step": "two"}
    assert request["userAttributes"]["cognito:user_status"] == "CONFIRMED"


@pytest.mark.parametrize(
    ("user_agent", "told"),
    [
        ("aws-sdk-js/2.6.4 linux", "aws-sdk-js-2.6.4"),
        ("Boto3/1.43 Python/3.12", "aws-sdk-unknown-unknown"),
        ("curl/8", "aws-sdk-unknown-unknown"),
    ],
)
def test_the_sdk_is_told_by_the_user_agent(cognito: Cognito, pool: UserPool, user_agent: str, told: str) -> None:
    pool.set_trigger("PreAuthentication", unchanged)
    idp = boto3.client("cognito-idp", region_name="us-east-1", config=Config(user_agent=user_agent))
    App(idp, pool).sign_in()
    assert cognito.triggers.last().event["callerContext"]["awsSdkVersion"] == told


# Order and effects


def test_the_order_of_a_sign_in(cognito: Cognito, app: App) -> None:
    for trigger in ("PreTokenGeneration", "PostAuthentication", "PreAuthentication", "PostConfirmation"):
        app.pool.set_trigger(trigger, unchanged)
    app.sign_in()
    assert [one.trigger for one in cognito.triggers] == [
        "PreAuthentication",
        "PostAuthentication",
        "PreTokenGeneration",
    ]


def test_a_refresh_runs_neither(cognito: Cognito, app: App) -> None:
    token = app.sign_in()["RefreshToken"]
    app.pool.set_trigger("PreAuthentication", failing)
    app.pool.set_trigger("PostAuthentication", failing)
    app.refresh(token)
    assert len(cognito.triggers) == 0


def test_a_wrong_password_reaches_pre_authentication_but_not_the_next(cognito: Cognito, app: App) -> None:
    app.pool.set_trigger("PreAuthentication", unchanged)
    app.pool.set_trigger("PostAuthentication", unchanged)
    refusal(app.sign_in, password="wrong")
    assert [one.trigger for one in cognito.triggers] == ["PreAuthentication"]


def test_pre_authentication_is_asked_of_the_disabled_and_the_locked_out_no_more(cognito: Cognito, app: App) -> None:
    for _ in range(5):
        refusal(app.sign_in, password="wrong")
    app.pool.set_trigger("PreAuthentication", unchanged)
    refusal(app.sign_in)
    app.admin("admin_disable_user")
    refusal(app.sign_in)
    assert len(cognito.triggers) == 0


def test_pre_authentication_refuses_a_sign_in(app: App) -> None:
    app.pool.set_trigger("PreAuthentication", failing)
    assert refusal(app.sign_in) == lambda_failed("PreAuthentication")


def test_what_pre_authentication_refuses_does_not_count_as_a_failure(app: App) -> None:
    app.pool.set_trigger("PreAuthentication", failing)
    for _ in range(6):
        refusal(app.sign_in, password="wrong")
    app.pool.set_trigger("PreAuthentication", unchanged)
    assert "IdToken" in app.sign_in()


def test_post_authentication_keeps_the_tokens_but_not_the_new_password_back(app: App) -> None:
    app.pool.set_trigger("PostAuthentication", failing)
    app.pool.create_user("bob", password=PASSWORD, status="FORCE_CHANGE_PASSWORD")
    error = refusal(app.respond, challenge=app.begin("bob"), username="bob", NEW_PASSWORD=NEW_PASSWORD)
    assert error == lambda_failed("PostAuthentication")
    assert app.pool.user("bob").status == "CONFIRMED"


@pytest.mark.parametrize("trigger", ["PreAuthentication", "PostAuthentication"])
def test_a_user_whom_a_function_disables_gets_no_tokens(app: App, trigger: str) -> None:
    def disable(event: Event, context: object) -> Event:
        app.admin("admin_disable_user", event["userName"])
        return event

    app.pool.set_trigger(trigger, disable)
    assert refusal(app.sign_in) == USER_DISABLED


def test_an_administrators_sign_in_runs_them_too(cognito: Cognito, app: App) -> None:
    app.pool.set_trigger("PreAuthentication", unchanged)
    app.admin_initiate_auth(USERNAME="alice", PASSWORD=PASSWORD)
    assert cognito.triggers.last().event["callerContext"]["clientId"] == app.client_id


# What AWS's own library for Lambda functions makes of the events


def test_powertools_reads_the_events_of_a_sign_in(cognito: Cognito, app: App) -> None:
    for trigger in ("PreAuthentication", "PostAuthentication", "PreTokenGeneration"):
        app.pool.set_trigger(trigger, unchanged)
    begin_with_metadata(app, campaign="spring")
    before = PreAuthenticationTriggerEvent(cognito.triggers.last("PreAuthentication").event)
    after = PostAuthenticationTriggerEvent(cognito.triggers.last("PostAuthentication").event)
    generation = PreTokenGenerationTriggerEvent(cognito.triggers.last("PreTokenGeneration").event)
    assert before.request.validation_data == {"campaign": "spring"}
    assert (before.user_name, before.user_pool_id, before.region) == ("alice", app.pool_id, "us-east-1")
    assert before.caller_context.client_id == app.client_id
    assert after.request.user_attributes["email"] == "alice@example.com"
    assert generation.request.group_configuration.groups_to_override == []
    assert generation.trigger_source == "TokenGeneration_Authentication"


def test_powertools_writes_claims(app: App) -> None:
    def first(event: Event, context: object) -> Event:
        data = PreTokenGenerationTriggerEvent(event)
        data.response.claims_override_details.claims_to_add_or_override = {"tenant": "t1"}
        return data.raw_event

    def second(event: Event, context: object) -> Event:
        data = PreTokenGenerationV2TriggerEvent(event)
        details = data.response.claims_scope_override_details
        details.access_token_generation.scopes_to_add = ["notes/read"]
        details.id_token_generation.claims_to_add_or_override = {"tenant": "t2"}
        return data.raw_event

    app.pool.set_trigger("PreTokenGeneration", first)
    assert claims(app.sign_in()["IdToken"])["tenant"] == "t1"
    app.pool.set_trigger("PreTokenGeneration", second, version="V2_0")
    result = app.sign_in()
    assert claims(result["IdToken"])["tenant"] == "t2"
    assert claims(result["AccessToken"])["scope"] == "aws.cognito.signin.user.admin notes/read"
