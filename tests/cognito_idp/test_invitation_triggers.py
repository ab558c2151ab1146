"""The triggers of AdminCreateUser: PreSignUp and CustomMessage."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, Triggers, UserPool
from pytest_cognito.kernel.outbox import Outbox
from tests.support.addresses import EMAIL, PHONE, VERIFIED_EMAIL
from tests.support.app import BY_EMAIL, PASSWORD, RESEND, SILENT, App, MakeApp, pairs
from tests.support.functions import Event, answering, failing
from tests.support.refusals import ACCOUNT_EXISTS, lambda_failed, refusal
from tests.support.settings import PASSWORDLESS, SMS

BOTH = {**EMAIL, **PHONE}


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool(SmsConfiguration=SMS)


def test_pre_sign_up_gets_what_was_submitted(app: App, cognito_triggers: Triggers) -> None:
    cognito_triggers.on("PreSignUp")(answering())
    app.create(
        "alice",
        VERIFIED_EMAIL,
        ValidationData=pairs({"from": "import"}),
        ClientMetadata={"batch": "7"},
        **SILENT,
    )
    [run] = cognito_triggers.of("PreSignUp")
    assert run.event == {
        "version": "1",
        "triggerSource": "PreSignUp_AdminCreateUser",
        "region": "us-east-1",
        "userPoolId": app.pool_id,
        "userName": "alice",
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": "CLIENT_ID_NOT_APPLICABLE"},
        "request": {
            "userAttributes": VERIFIED_EMAIL,
            "validationData": {"from": "import"},
            "clientMetadata": {"batch": "7"},
        },
        "response": {"autoConfirmUser": False, "autoVerifyEmail": False, "autoVerifyPhone": False},
    }


def test_what_pre_sign_up_answers_is_ignored(app: App, cognito_triggers: Triggers) -> None:
    cognito_triggers.on("PreSignUp")(answering(autoConfirmUser=True, autoVerifyEmail=True))
    cognito_triggers.on("PostConfirmation")(answering())
    app.create("alice", EMAIL, **SILENT)
    assert (app.status(), app.attributes()) == ("FORCE_CHANGE_PASSWORD", EMAIL)
    assert cognito_triggers.of("PostConfirmation") == []


def test_a_failing_pre_sign_up_creates_nobody(app: App, cognito_triggers: Triggers, cognito_outbox: Outbox) -> None:
    cognito_triggers.on("PreSignUp")(failing)
    assert refusal(app.create, attributes=EMAIL, **BY_EMAIL) == lambda_failed("PreSignUp")
    assert (app.users(), len(cognito_outbox)) == ([], 0)


def test_whoever_takes_the_name_while_pre_sign_up_runs_keeps_it(app: App, cognito_triggers: Triggers) -> None:
    def slow(event: Event, context: object) -> Event:
        if event["triggerSource"] == "PreSignUp_AdminCreateUser":
            app.sign_up("alice", {"name": "the first"})
        return event

    cognito_triggers.on("PreSignUp")(slow)
    assert refusal(app.create, username="alice") == ACCOUNT_EXISTS
    assert app.attributes() == {"name": "the first"}


def test_resend_runs_no_pre_sign_up(app: App, cognito_triggers: Triggers) -> None:
    app.create("alice", **SILENT)
    cognito_triggers.on("PreSignUp")(answering())
    app.create("alice", **RESEND)
    assert cognito_triggers.of("PreSignUp") == []


@pytest.mark.parametrize("action", [{}, RESEND])
def test_custom_message_runs_once_for_all_mediums(
    app: App, cognito_triggers: Triggers, cognito_outbox: Outbox, action: dict[str, Any]
) -> None:
    if action:
        app.create("alice", BOTH, **SILENT)
    cognito_triggers.on("CustomMessage")(answering(smsMessage="{username} {####}"))
    user = app.create(
        "alice",
        BOTH,
        TemporaryPassword=PASSWORD,
        DesiredDeliveryMediums=["SMS", "EMAIL"],
        ClientMetadata={"batch": "7"},
        **action,
    )
    [run] = cognito_triggers.of("CustomMessage")
    assert run.event == {
        "version": "1",
        "triggerSource": "CustomMessage_AdminCreateUser",
        "region": "us-east-1",
        "userPoolId": app.pool_id,
        "userName": "alice",
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": "CLIENT_ID_NOT_APPLICABLE"},
        "request": {
            "userAttributes": {
                "sub": user["Attributes"][0]["Value"],
                "cognito:user_status": "FORCE_CHANGE_PASSWORD",
                **BOTH,
            },
            "codeParameter": "{####}",
            "linkParameter": "{##Click Here##}",
            "usernameParameter": "{username}",
            "clientMetadata": {"batch": "7"},
        },
        "response": {"smsMessage": None, "emailMessage": None, "emailSubject": None},
    }
    assert [message.body for message in cognito_outbox] == [
        f"Your username is alice and temporary password is {PASSWORD}. ",
        f"alice {PASSWORD}",
    ]


@pytest.mark.parametrize("text", ["Use {####}", "You are {username}", "Welcome", "", None])
@pytest.mark.parametrize("own", [{}, {"EmailMessage": "Dear {username}: {####}", "EmailSubject": "Hello"}])
def test_an_incomplete_invitation_gives_way_to_the_pools_own(
    make_app: MakeApp,
    cognito_triggers: Triggers,
    cognito_outbox: Outbox,
    own: dict[str, str],
    text: str | None,
) -> None:
    app = make_app(AdminCreateUserConfig={"InviteMessageTemplate": own} if own else {})
    cognito_triggers.on("CustomMessage")(answering(emailMessage=text, emailSubject="Join us"))
    app.create("alice", EMAIL, TemporaryPassword=PASSWORD, **BY_EMAIL)
    body = own.get("EmailMessage", "Your username is {username} and temporary password is {####}. ")
    message = cognito_outbox.last()
    assert message.subject == "Join us"
    assert message.body == body.replace("{username}", "alice").replace("{####}", PASSWORD)


def test_each_medium_gives_way_by_itself(app: App, cognito_triggers: Triggers, cognito_outbox: Outbox) -> None:
    cognito_triggers.on("CustomMessage")(answering(smsMessage="{####}", emailMessage="{username}: {####}"))
    app.create("alice", BOTH, TemporaryPassword=PASSWORD, DesiredDeliveryMediums=["SMS", "EMAIL"])
    assert [message.body for message in cognito_outbox] == [
        f"alice: {PASSWORD}",
        f"Your username is alice and temporary password is {PASSWORD}. ",
    ]


@pytest.mark.parametrize(("text", "body"), [("Hi {username}", "Hi alice"), ("Hi", "Your username is alice. ")])
def test_an_invitation_without_a_password_needs_the_user_name(
    make_app: MakeApp, cognito_triggers: Triggers, cognito_outbox: Outbox, text: str, body: str
) -> None:
    app = make_app(Policies=PASSWORDLESS)
    cognito_triggers.on("CustomMessage")(answering(emailMessage=text))
    app.create("alice", EMAIL, **BY_EMAIL)
    assert cognito_outbox.last().body == body


def test_suppress_runs_no_custom_message(app: App, cognito_triggers: Triggers) -> None:
    cognito_triggers.on("CustomMessage")(answering())
    app.create("alice", EMAIL, **SILENT)
    assert cognito_triggers.of("CustomMessage") == []


def test_the_user_stays_when_the_invitation_fails(app: App, cognito_triggers: Triggers, cognito_outbox: Outbox) -> None:
    cognito_triggers.on("CustomMessage")(failing)
    assert refusal(app.create, attributes=EMAIL, **BY_EMAIL) == lambda_failed("CustomMessage")
    assert (app.status(), len(cognito_outbox)) == ("FORCE_CHANGE_PASSWORD", 0)
