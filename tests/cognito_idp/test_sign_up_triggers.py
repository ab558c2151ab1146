"""PreSignUp and PostConfirmation at a sign-up: what they get, and what PreSignUp decides."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from pytest_cognito.cognito import Cognito, Triggers, UserPool
from pytest_cognito.kernel.outbox import Outbox
from tests.support.app import App, MakeApp, pairs
from tests.support.functions import Event, answering, failing, unchanged
from tests.support.refusals import LAMBDA_OUTPUT, USERNAME_TAKEN, lambda_failed, refusal
from tests.support.settings import VERIFY

if TYPE_CHECKING:
    pass


EMAIL = {"email": "alice@example.com"}
PHONE = {"phone_number": "+15555550123"}


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    """A pool without users that verifies addresses and phone numbers."""
    return cognito.create_user_pool(**VERIFY)


def test_pre_sign_up_gets_what_was_submitted(app: App, cognito_triggers: Triggers) -> None:
    cognito_triggers.on("PreSignUp")(unchanged)
    app.sign_up(
        "alice",
        {**EMAIL, "name": "Alice"},
        ValidationData=pairs({"captcha": "ok"}),
        ClientMetadata={"campaign": "spring"},
    )
    [run] = cognito_triggers.of("PreSignUp")
    assert run.event == {
        "version": "1",
        "triggerSource": "PreSignUp_SignUp",
        "region": "us-east-1",
        "userPoolId": app.pool_id,
        "userName": "alice",
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": app.client_id},
        "request": {
            "userAttributes": {**EMAIL, "name": "Alice"},
            "validationData": {"captcha": "ok"},
            "clientMetadata": {"campaign": "spring"},
        },
        "response": {"autoConfirmUser": False, "autoVerifyEmail": False, "autoVerifyPhone": False},
    }


def test_pre_sign_up_without_validation_data_and_metadata(app: App, cognito_triggers: Triggers) -> None:
    cognito_triggers.on("PreSignUp")(unchanged)
    app.sign_up("alice")
    assert cognito_triggers.of("PreSignUp")[0].event["request"] == {"userAttributes": {}, "validationData": None}


def test_pre_sign_up_knows_the_sub_that_is_to_be_the_user_name(make_app: MakeApp, cognito_triggers: Triggers) -> None:
    app = make_app(UsernameAttributes=["email"])
    cognito_triggers.on("PreSignUp")(unchanged)
    sub = app.sign_up("alice@example.com")["UserSub"]
    event = cognito_triggers.of("PreSignUp")[0].event
    assert (event["userName"], event["request"]["userAttributes"]) == (sub, EMAIL)


@pytest.mark.parametrize(
    ("flags", "status", "verified", "sent"),
    [
        ({}, "UNCONFIRMED", "false", 1),
        ({"autoConfirmUser": True, "autoVerifyEmail": True}, "CONFIRMED", "true", 0),
        ({"autoConfirmUser": True}, "CONFIRMED", "false", 1),
        ({"autoVerifyEmail": True}, "UNCONFIRMED", "true", 1),
        ({"autoConfirmUser": None, "autoVerifyEmail": None}, "UNCONFIRMED", "false", 1),
    ],
)
def test_pre_sign_up_confirms_and_verifies(
    app: App,
    cognito_triggers: Triggers,
    cognito_outbox: Outbox,
    flags: dict[str, Any],
    status: str,
    verified: str,
    sent: int,
) -> None:
    cognito_triggers.on("PreSignUp")(answering(**flags))
    answer = app.sign_up("alice", EMAIL)
    assert answer["UserConfirmed"] is (status == "CONFIRMED")
    assert ("CodeDeliveryDetails" in answer, len(cognito_outbox)) == (bool(sent), sent)
    assert (app.status(), app.attributes()["email_verified"]) == (status, verified)


def test_pre_sign_up_verifies_the_phone_number(app: App, cognito_triggers: Triggers) -> None:
    cognito_triggers.on("PreSignUp")(answering(autoConfirmUser=True, autoVerifyPhone=True))
    app.sign_up("alice", PHONE)
    assert app.attributes()["phone_number_verified"] == "true"


@pytest.mark.parametrize(
    "response",
    [{"autoVerifyEmail": True}, {"autoVerifyPhone": True}, {"autoConfirmUser": "yes"}, {"autoVerifyEmail": 1}],
)
def test_a_response_that_makes_no_sense_creates_nobody(
    app: App, cognito_triggers: Triggers, cognito_outbox: Outbox, response: dict[str, Any]
) -> None:
    cognito_triggers.on("PreSignUp")(answering(**response))
    assert refusal(app.sign_up).code == "InvalidLambdaResponseException"
    assert (app.users(), len(cognito_outbox)) == ([], 0)


def test_an_alias_that_pre_sign_up_verifies_is_taken_over(make_app: MakeApp, cognito_triggers: Triggers) -> None:
    app = make_app(AliasAttributes=["email"])
    app.confirmed("alice", {**EMAIL, "email_verified": "true"})
    cognito_triggers.on("PreSignUp")(answering(autoConfirmUser=True, autoVerifyEmail=True))
    app.sign_up("bob", EMAIL)
    assert app.admin("admin_get_user", EMAIL["email"])["Username"] == "bob"
    assert app.attributes("alice") == {**EMAIL, "email_verified": "false"}


def test_a_failing_pre_sign_up_creates_nobody(app: App, cognito_triggers: Triggers, cognito_outbox: Outbox) -> None:
    cognito_triggers.on("PreSignUp")(failing)
    assert refusal(app.sign_up, attributes=EMAIL) == lambda_failed("PreSignUp")
    assert (app.users(), len(cognito_outbox)) == ([], 0)


@pytest.mark.parametrize(
    "change",
    [
        lambda event: None,
        lambda event: {},
        lambda event: event["response"],
        lambda event: {**event, "userName": "bob"},
        lambda event: {**event, "version": "2"},
        lambda event: {**event, "triggerSource": "PreSignUp_Other"},
        lambda event: {**event, "callerContext": {}},
        lambda event: {**event, "response": []},
        lambda event: [event],
        lambda event: "done",
    ],
)
def test_a_function_returns_its_whole_event(
    app: App, cognito_triggers: Triggers, change: Callable[[Event], object]
) -> None:
    cognito_triggers.on("PreSignUp")(lambda event, context: change(event))
    assert refusal(app.sign_up) == LAMBDA_OUTPUT
    assert app.users() == []


def test_a_bad_request_does_not_reach_pre_sign_up(app: App, cognito_triggers: Triggers) -> None:
    cognito_triggers.on("PreSignUp")(unchanged)
    app.create("bob", MessageAction="SUPPRESS")
    refusal(app.sign_up, username="bob")
    refusal(app.sign_up, Password="x")
    refusal(app.sign_up, attributes={"custom:no": "x"})
    assert cognito_triggers.of("PreSignUp_SignUp") == []


def test_whoever_takes_the_name_while_pre_sign_up_runs_keeps_it(app: App, cognito_triggers: Triggers) -> None:
    def slow(event: Event, context: object) -> Event:
        if event["triggerSource"] == "PreSignUp_SignUp":
            app.create("alice", {"name": "the first"}, MessageAction="SUPPRESS")
        return event

    cognito_triggers.on("PreSignUp")(slow)
    assert refusal(app.sign_up, username="alice") == USERNAME_TAKEN
    assert app.attributes() == {"name": "the first"}


def test_a_user_who_is_confirmed_at_once_is_told_to_post_confirmation(app: App, cognito_triggers: Triggers) -> None:
    cognito_triggers.on("PreSignUp")(answering(autoConfirmUser=True, autoVerifyEmail=True))
    cognito_triggers.on("PostConfirmation")(unchanged)
    sub = app.sign_up("alice", EMAIL, ClientMetadata={"campaign": "spring"})["UserSub"]
    [run] = cognito_triggers.of("PostConfirmation")
    assert run.event == {
        "version": "1",
        "triggerSource": "PostConfirmation_ConfirmSignUp",
        "region": "us-east-1",
        "userPoolId": app.pool_id,
        "userName": "alice",
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": app.client_id},
        "request": {
            "userAttributes": {
                "sub": sub,
                "cognito:user_status": "CONFIRMED",
                **EMAIL,
                "email_verified": "true",
            },
            "clientMetadata": {"campaign": "spring"},
        },
        "response": {},
    }


def test_the_triggers_run_in_order(app: App, cognito_triggers: Triggers) -> None:
    cognito_triggers.on("PreSignUp")(answering(autoConfirmUser=True))
    cognito_triggers.on("PostConfirmation")(unchanged)
    cognito_triggers.on("CustomMessage")(unchanged)
    app.sign_up("alice", EMAIL)
    assert [
        run.source
        for trigger in ("PreSignUp", "PostConfirmation", "CustomMessage")
        for run in cognito_triggers.of(trigger)
    ] == [
        "PreSignUp_SignUp",
        "PostConfirmation_ConfirmSignUp",
        "CustomMessage_SignUp",
    ]


def test_a_user_who_is_not_confirmed_is_not_told_to_post_confirmation(app: App, cognito_triggers: Triggers) -> None:
    cognito_triggers.on("PostConfirmation")(unchanged)
    app.sign_up("alice", EMAIL)
    assert cognito_triggers.of("PostConfirmation") == []


def test_the_user_stays_confirmed_when_post_confirmation_fails(app: App, cognito_triggers: Triggers) -> None:
    cognito_triggers.on("PreSignUp")(answering(autoConfirmUser=True))
    cognito_triggers.on("PostConfirmation")(failing)
    assert refusal(app.sign_up) == lambda_failed("PostConfirmation")
    assert app.status() == "CONFIRMED"


def test_post_confirmation_may_change_the_user(app: App, cognito_triggers: Triggers) -> None:
    def disable(event: Event, context: object) -> Event:
        app.admin("admin_disable_user", event["userName"])
        return event

    cognito_triggers.on("PreSignUp")(answering(autoConfirmUser=True))
    cognito_triggers.on("PostConfirmation")(disable)
    app.sign_up("alice", EMAIL)
    assert app.admin("admin_get_user")["Enabled"] is False
