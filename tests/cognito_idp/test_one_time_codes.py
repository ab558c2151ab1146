"""EMAIL_OTP and SMS_OTP: sign-in with a code in place of a password."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito import Triggers
from pytest_cognito.kernel.outbox import Outbox
from tests.support import senders
from tests.support.app import App, MakeApp
from tests.support.choice import (
    ALL,
    BOTH,
    CHOICE,
    HIDING,
    INVALID_SESSION,
    SESSION_IS_EXPIRED,
    SESSION_IS_USED,
    WRONG_CODE,
    choice_app,
    first_factors,
    missing,
    response,
    start,
)
from tests.support.codes import last_code, wrong
from tests.support.functions import failing, unchanged
from tests.support.jwts import claims
from tests.support.refusals import (
    NO_SMS,
    NOT_CONFIRMED,
    RESET_REQUIRED,
    USER_DISABLED,
    lambda_failed,
    refusal,
)
from tests.support.srp import gives_tokens

FACTORS = [("EMAIL_OTP", "email", "EMAIL", "a***@e***"), ("SMS_OTP", "phone_number", "SMS", "+*******0100")]


@pytest.fixture
def app(make_app: MakeApp) -> App:
    app = choice_app(make_app)
    app.pool.create_user("alice", attributes={**BOTH, "email_verified": "false", "phone_number_verified": "false"})
    return app


@pytest.mark.parametrize(("factor", "attribute", "medium", "masked"), FACTORS)
def test_a_code_signs_in_and_verifies_where_it_was_sent(
    app: App, cognito_outbox: Outbox, factor: str, attribute: str, medium: str, masked: str
) -> None:
    asked = start(app, preferred=factor)
    assert (asked["ChallengeName"], asked["ChallengeParameters"]) == (
        factor,
        {"CODE_DELIVERY_DELIVERY_MEDIUM": medium, "CODE_DELIVERY_DESTINATION": masked},
    )
    code = last_code(cognito_outbox, BOTH[attribute])
    assert (len(code), code.isdigit()) == (8, True)
    answer = app.respond(asked, **response(factor, code))
    assert claims(answer["AuthenticationResult"]["IdToken"])["cognito:username"] == "alice"
    other = next(name for name in BOTH if name != attribute)
    assert app.attributes()[f"{attribute}_verified"] == "true"
    assert app.attributes()[f"{other}_verified"] == "false"
    assert refusal(app.respond, challenge=asked, **response(factor, code)) == SESSION_IS_USED


def test_a_code_confirms_a_user_who_has_signed_up(app: App, cognito_outbox: Outbox, cognito_triggers: Triggers) -> None:
    cognito_triggers.on("PostConfirmation")(unchanged)
    app.pool.create_user("bob", email="bob@example.com", status="UNCONFIRMED")
    answer = app.respond(start(app, "bob", "EMAIL_OTP"), "bob", EMAIL_OTP_CODE=last_code(cognito_outbox))
    assert gives_tokens(answer)
    assert app.status("bob") == "CONFIRMED"
    assert [call.event["triggerSource"] for call in cognito_triggers.of("PostConfirmation")] == [
        "PostConfirmation_ConfirmSignUp"
    ]


def test_a_user_who_is_not_confirmed_can_use_no_password(app: App) -> None:
    app.pool.create_user("bob", email="bob@example.com", status="UNCONFIRMED")
    asked = start(app, "bob")
    for more in ({"ANSWER": "PASSWORD", "PASSWORD": "wrong"}, {"ANSWER": "PASSWORD_SRP", "SRP_A": "a1"}):
        assert refusal(app.respond, challenge=asked, username="bob", **more) == NOT_CONFIRMED
    app.pool.create_user("carol", status="UNCONFIRMED")
    assert refusal(start, app=app, username="carol") == NOT_CONFIRMED


def test_wrong_codes_lock_nobody_out(app: App, cognito_outbox: Outbox) -> None:
    asked = start(app, preferred="EMAIL_OTP")
    code = last_code(cognito_outbox)
    assert refusal(app.respond, challenge=asked) == missing("EMAIL_OTP_CODE")
    for _ in range(6):
        assert refusal(app.respond, challenge=asked, EMAIL_OTP_CODE=wrong(code)) == WRONG_CODE
    assert gives_tokens(app.respond(asked, EMAIL_OTP_CODE=code))


def test_each_code_is_good_in_its_own_sign_in(app: App, cognito_outbox: Outbox) -> None:
    first = start(app, preferred="EMAIL_OTP")
    code = last_code(cognito_outbox)
    second = start(app, preferred="EMAIL_OTP")
    assert refusal(app.respond, challenge=second, EMAIL_OTP_CODE=code) == WRONG_CODE
    assert gives_tokens(app.respond(first, EMAIL_OTP_CODE=code))


def test_a_code_is_good_for_three_minutes(app: App, cognito_outbox: Outbox) -> None:
    asked = start(app, preferred="EMAIL_OTP")
    app.pool.world.clock.advance(minutes=3)
    assert refusal(app.respond, challenge=asked, EMAIL_OTP_CODE=last_code(cognito_outbox)) == SESSION_IS_EXPIRED


def test_an_address_that_is_gone_signs_nobody_in(app: App, cognito_outbox: Outbox) -> None:
    asked = start(app, preferred="EMAIL_OTP")
    app.admin("admin_delete_user_attributes", UserAttributeNames=["email"])
    assert refusal(app.respond, challenge=asked, EMAIL_OTP_CODE=last_code(cognito_outbox)) == INVALID_SESSION


def test_a_new_address_stays_unverified(app: App, cognito_outbox: Outbox) -> None:
    asked = start(app, preferred="EMAIL_OTP")
    app.admin("admin_update_user_attributes", UserAttributes=[{"Name": "email", "Value": "new@example.com"}])
    assert gives_tokens(app.respond(asked, EMAIL_OTP_CODE=last_code(cognito_outbox)))
    assert app.attributes()["email_verified"] == "false"


def test_a_pool_that_sends_no_sms_says_so(make_app: MakeApp) -> None:
    app = choice_app(make_app, sms=False)
    app.pool.create_user("alice", attributes=BOTH)
    assert refusal(start, app=app, preferred="SMS_OTP") == NO_SMS


# Who is kept out


def test_a_disabled_user_is_refused(app: App, cognito_outbox: Outbox) -> None:
    asked, code = start(app, preferred="EMAIL_OTP"), last_code(cognito_outbox)
    choice = start(app)
    app.admin("admin_disable_user")
    assert refusal(start, app=app, preferred="EMAIL_OTP") == USER_DISABLED
    assert refusal(app.respond, challenge=choice, ANSWER="EMAIL_OTP") == USER_DISABLED
    assert refusal(app.respond, challenge=asked, EMAIL_OTP_CODE=code) == USER_DISABLED
    assert len(cognito_outbox) == 1


def test_that_a_user_is_disabled_is_hidden_until_they_prove_who_they_are(app: App, cognito_outbox: Outbox) -> None:
    hiding = app.with_client(**HIDING)
    before, code = start(hiding, preferred="EMAIL_OTP"), last_code(cognito_outbox)
    app.admin("admin_disable_user")
    asked = start(hiding, preferred="EMAIL_OTP")
    assert asked["ChallengeParameters"] == before["ChallengeParameters"]
    assert len(cognito_outbox) == 1
    assert refusal(hiding.respond, challenge=asked, EMAIL_OTP_CODE=code) == WRONG_CODE
    assert refusal(hiding.respond, challenge=before, EMAIL_OTP_CODE=code) == USER_DISABLED


def test_a_user_who_must_reset_the_password_is_told_with_the_right_code(app: App, cognito_outbox: Outbox) -> None:
    app.pool.create_user("bob", email="bob@example.com")
    app.admin("admin_reset_user_password", "bob")
    asked = start(app, "bob", "EMAIL_OTP")
    code = last_code(cognito_outbox)
    assert refusal(app.respond, challenge=asked, username="bob", EMAIL_OTP_CODE=wrong(code)) == WRONG_CODE
    assert refusal(app.respond, challenge=asked, username="bob", EMAIL_OTP_CODE=code) == RESET_REQUIRED


# Triggers


def test_the_triggers_of_a_sign_in_run(app: App, cognito_outbox: Outbox, cognito_triggers: Triggers) -> None:
    names = ("PreAuthentication", "CustomMessage", "PostAuthentication", "PreTokenGeneration")
    for name in names:
        cognito_triggers.on(name)(unchanged)
    asked = start(app)
    code = app.respond(asked, ANSWER="EMAIL_OTP", metadata={"from": "web"})
    app.respond(code, EMAIL_OTP_CODE=last_code(cognito_outbox))
    events = [call.event for call in cognito_triggers]
    assert [event["triggerSource"] for event in events] == [
        "PreAuthentication_Authentication",
        "CustomMessage_Authentication",
        "PostAuthentication_Authentication",
        "TokenGeneration_Authentication",
    ]
    assert events[1]["request"]["clientMetadata"] == {"from": "web"}


@pytest.mark.parametrize("trigger", ["PreAuthentication", "CustomMessage"])
def test_a_function_that_fails_stops_the_sign_in(app: App, cognito_triggers: Triggers, trigger: str) -> None:
    cognito_triggers.on(trigger)(failing)
    assert refusal(start, app=app, preferred="EMAIL_OTP") == lambda_failed(trigger)


@pytest.mark.parametrize(("sender", "factor"), [("CustomEmailSender", "EMAIL_OTP"), ("CustomSMSSender", "SMS_OTP")])
def test_a_function_that_sends_messages_gets_the_code(
    make_app: MakeApp, cognito_outbox: Outbox, cognito_triggers: Triggers, sender: str, factor: str
) -> None:
    app = senders.make(make_app, sender, **first_factors(*ALL)).with_client(**CHOICE)
    app.pool.create_user("alice", attributes=BOTH)
    assert start(app, preferred=factor)["ChallengeName"] == factor
    [sent] = cognito_triggers.of(sender)
    assert sent.event["triggerSource"] == f"{sender}_Authentication"
    assert sent.event["request"]["code"]
    assert len(cognito_outbox) == 0
