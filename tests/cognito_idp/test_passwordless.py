"""Users without a password: created, signed up, signed in right after the sign-up, and given a password at last."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Triggers
from pytest_cognito.kernel.outbox import Outbox
from tests.support.app import BY_EMAIL, NEW_PASSWORD, PASSWORD, RESEND, SILENT, Answer, App, MakeApp, pairs
from tests.support.choice import (
    CHOICE,
    INVALID_SESSION,
    SESSION_IS_EXPIRED,
    SESSION_IS_USED,
    choice_app,
    missing,
    start,
)
from tests.support.codes import last_code, wrong
from tests.support.functions import answering, failing, unchanged
from tests.support.jwts import claims
from tests.support.mfa import configure
from tests.support.refusals import INCORRECT, RESET_REQUIRED, USER_DISABLED, lambda_failed, refusal
from tests.support.settings import SMS
from tests.support.srp import gives_tokens

EMAIL = {"email": "alice@example.com"}


@pytest.fixture
def app(make_app: MakeApp) -> App:
    return choice_app(make_app, "PASSWORD", "EMAIL_OTP", sms=False, AutoVerifiedAttributes=["email"])


def by_session(app: App, session: str, **parameters: str) -> Answer:
    """InitiateAuth with the Session of a sign-up."""
    return app.call(
        "initiate_auth", ClientId=app.client_id, AuthFlow="USER_AUTH", Session=session, AuthParameters=parameters
    )


def signed_up(app: App, **more: Any) -> str:
    """The Session of SignUp, for alice without a password."""
    answer = app.public("sign_up", UserAttributes=pairs(EMAIL), **more)
    return str(answer["Session"])


def confirmed(app: App, outbox: Outbox, **more: Any) -> str:
    """The Session of ConfirmSignUp."""
    session = signed_up(app, **more)
    return str(app.confirm("alice", last_code(outbox), Session=session)["Session"])


# Created by an administrator


@pytest.mark.parametrize("password", [{}, {"TemporaryPassword": ""}])
def test_an_administrator_creates_a_user_without_a_password(
    app: App, cognito_outbox: Outbox, password: dict[str, str]
) -> None:
    assert app.create("alice", EMAIL, **BY_EMAIL, **password)["UserStatus"] == "CONFIRMED"
    message = cognito_outbox.last("alice@example.com")
    assert (message.body, message.code) == ("Your username is alice. ", None)
    assert start(app)["ChallengeName"] == "EMAIL_OTP"
    assert refusal(app.admin, operation="admin_create_user", **RESEND).code == "UnsupportedUserStateException"


def test_a_temporary_password_is_given_all_the_same(app: App) -> None:
    assert app.create("alice", EMAIL, TemporaryPassword=PASSWORD, **SILENT)["UserStatus"] == "FORCE_CHANGE_PASSWORD"
    assert start(app, preferred="PASSWORD", PASSWORD=PASSWORD)["ChallengeName"] == "NEW_PASSWORD_REQUIRED"


def test_a_blank_password_is_none_where_one_is_generated(make_app: MakeApp, cognito_outbox: Outbox) -> None:
    app = make_app()
    app.create("alice", EMAIL, TemporaryPassword="", **BY_EMAIL)
    assert app.status() == "FORCE_CHANGE_PASSWORD"
    assert app.begin(password=last_code(cognito_outbox))["ChallengeName"] == "NEW_PASSWORD_REQUIRED"


def test_a_user_whom_no_code_can_reach_is_refused(app: App) -> None:
    assert refusal(app.create, **SILENT).code == "InvalidParameterException"
    assert app.users() == []


# Signed up


@pytest.mark.parametrize("password", [{}, {"Password": ""}])
def test_a_user_signs_up_without_a_password(app: App, cognito_outbox: Outbox, password: dict[str, str]) -> None:
    session = confirmed(app, cognito_outbox, **password)
    assert (app.status(), app.attributes()["email_verified"]) == ("CONFIRMED", "true")
    answer = by_session(app, session)
    assert gives_tokens(answer)
    assert claims(answer["AuthenticationResult"]["IdToken"])["email"] == "alice@example.com"
    assert refusal(by_session, app=app, session=session) == SESSION_IS_USED


def test_a_blank_password_is_refused_where_one_is_needed(make_app: MakeApp) -> None:
    app = make_app()
    assert refusal(app.sign_up, Password="").code == "InvalidParameterException"


def test_who_has_a_password_is_signed_in_after_the_sign_up_as_well(make_app: MakeApp, cognito_outbox: Outbox) -> None:
    app = make_app(CHOICE, AutoVerifiedAttributes=["email"])
    session = confirmed(app, cognito_outbox, Password=PASSWORD)
    ids = {"UserPoolId": app.pool_id, "ClientId": app.client_id}
    answer = app.call("admin_initiate_auth", **ids, AuthFlow="USER_AUTH", Session=session)
    assert gives_tokens(answer)


def test_there_is_no_session_where_it_leads_nowhere(app: App, cognito_triggers: Triggers) -> None:
    other = app.with_client(ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"])
    assert "Session" not in other.sign_up("bob", {"email": "bob@example.com"})
    cognito_triggers.on("PreSignUp")(answering(autoConfirmUser=True))
    assert "Session" not in app.sign_up("carol", {"email": "carol@example.com"})


def test_without_its_session_a_confirmation_gives_none(app: App, cognito_outbox: Outbox) -> None:
    signed_up(app)
    assert app.confirm("alice", last_code(cognito_outbox)) == {}


def test_a_wrong_code_leaves_the_session_as_it_is(app: App, cognito_outbox: Outbox) -> None:
    session = signed_up(app)
    code = last_code(cognito_outbox)
    refused = refusal(app.confirm, username="alice", code=wrong(code), Session=session)
    assert refused.code == "CodeMismatchException"
    assert gives_tokens(by_session(app, app.confirm("alice", code, Session=session)["Session"]))


def test_sessions_are_good_for_what_they_were_given_for(app: App, cognito_outbox: Outbox) -> None:
    first = signed_up(app)
    code = last_code(cognito_outbox)
    assert refusal(by_session, app=app, session=first) == INVALID_SESSION
    app.pool.create_user("bob", email="bob@example.com")
    choice = start(app, "bob")["Session"]
    assert refusal(by_session, app=app, session=choice) == INVALID_SESSION
    other = app.with_client(**CHOICE)
    bobs = other.public("sign_up", "carol", UserAttributes=pairs({"email": "carol@example.com"}))["Session"]
    for foreign in (choice, bobs, "A" * 30):
        assert refusal(app.confirm, username="alice", code=code, Session=foreign) == INVALID_SESSION
    own = app.public("sign_up", "dave", UserAttributes=pairs({"email": "dave@example.com"}))["Session"]
    assert refusal(app.confirm, username="alice", code=code, Session=own) == INVALID_SESSION
    assert app.status() == "UNCONFIRMED"
    second = app.confirm("alice", code, Session=first)["Session"]
    assert refusal(by_session, app=other, session=second) == INVALID_SESSION
    asked = {"ChallengeName": "SELECT_CHALLENGE", "Session": second}
    assert refusal(app.respond, challenge=asked, ANSWER="EMAIL_OTP") == INVALID_SESSION


def test_sessions_are_good_for_three_minutes(app: App, cognito_outbox: Outbox) -> None:
    first, clock = signed_up(app), app.pool.world.clock
    clock.advance(minutes=2)
    second = app.confirm("alice", last_code(cognito_outbox), Session=first)["Session"]
    clock.advance(minutes=3)
    assert refusal(by_session, app=app, session=second) == SESSION_IS_EXPIRED


def test_an_expired_session_confirms_nobody(app: App, cognito_outbox: Outbox) -> None:
    session = signed_up(app)
    app.pool.world.clock.advance(minutes=3)
    code = last_code(cognito_outbox)
    assert refusal(app.confirm, username="alice", code=code, Session=session) == SESSION_IS_EXPIRED
    assert app.status() == "UNCONFIRMED"
    assert app.confirm("alice", code) == {}


@pytest.mark.parametrize(
    ("operation", "parameters", "refused"),
    [
        ("admin_disable_user", {}, USER_DISABLED),
        ("admin_reset_user_password", {}, RESET_REQUIRED),
        ("admin_set_user_password", {"Password": PASSWORD}, INVALID_SESSION),
        ("admin_delete_user", {}, INVALID_SESSION),
    ],
)
def test_who_is_kept_out_meanwhile_is_not_signed_in(
    app: App, cognito_outbox: Outbox, operation: str, parameters: dict[str, Any], refused: object
) -> None:
    session = confirmed(app, cognito_outbox)
    app.admin(operation, **parameters)
    assert refusal(by_session, app=app, session=session) == refused


def test_a_second_factor_that_is_required_comes_next(make_app: MakeApp, cognito_outbox: Outbox) -> None:
    app = choice_app(make_app, "PASSWORD", AutoVerifiedAttributes=["phone_number"], MfaConfiguration="ON")
    phone = pairs({"phone_number": "+15555550100"})
    session = app.public("sign_up", Password=PASSWORD, UserAttributes=phone)["Session"]
    answer = by_session(app, app.confirm("alice", last_code(cognito_outbox), Session=session)["Session"])
    assert answer["ChallengeName"] == "SMS_MFA"
    assert gives_tokens(app.respond(answer, SMS_MFA_CODE=last_code(cognito_outbox)))


def test_the_triggers_of_a_sign_in_run(app: App, cognito_outbox: Outbox, cognito_triggers: Triggers) -> None:
    session = confirmed(app, cognito_outbox)
    cognito_triggers.on("PreAuthentication")(failing)
    assert refusal(by_session, app=app, session=session) == lambda_failed("PreAuthentication")
    cognito_triggers.on("PreAuthentication")(unchanged)
    assert gives_tokens(by_session(app, session))
    assert len(cognito_triggers.of("PreAuthentication")) == 2


def test_an_app_client_with_a_secret_proves_it(make_app: MakeApp, cognito_outbox: Outbox) -> None:
    app = make_app({**CHOICE, "GenerateSecret": True}, AutoVerifiedAttributes=["email"])
    secret_hash = app.client.secret_hash("alice")
    given: dict[str, Any] = {"SecretHash": secret_hash, "Password": PASSWORD, "UserAttributes": pairs(EMAIL)}
    first = app.public("sign_up", **given)["Session"]
    second = app.confirm("alice", last_code(cognito_outbox), Session=first, SecretHash=secret_hash)["Session"]
    assert refusal(by_session, app=app, session=second).code == "NotAuthorizedException"
    assert refusal(by_session, app=app, session=second, SECRET_HASH=secret_hash) == missing("USERNAME")
    assert refusal(by_session, app=app, session=second, USERNAME="alice", SECRET_HASH="x").code == (
        "NotAuthorizedException"
    )
    assert gives_tokens(by_session(app, second, USERNAME="alice", SECRET_HASH=secret_hash))


# A password at last


def test_a_user_without_a_password_sets_one(app: App) -> None:
    app.pool.create_user("alice", email="alice@example.com", passwordless=True)
    token = app.pool.user("alice").sign_in().access_token
    app.call("change_password", AccessToken=token, ProposedPassword=PASSWORD)
    assert gives_tokens(start(app, preferred="PASSWORD", PASSWORD=PASSWORD))
    change = {"AccessToken": token, "ProposedPassword": NEW_PASSWORD}
    assert refusal(app.call, operation="change_password", **change) == INCORRECT
    app.call("change_password", **change, PreviousPassword=PASSWORD)


def test_no_password_signs_a_user_in_who_has_none(app: App) -> None:
    app.pool.create_user("alice", email="alice@example.com", passwordless=True)
    both = app.with_client(ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_AUTH"])
    assert refusal(both.begin) == INCORRECT
    asked = start(both, preferred="PASSWORD", PASSWORD=PASSWORD)
    assert asked["ChallengeName"] == "EMAIL_OTP"
    assert refusal(both.respond, challenge={**asked, "ChallengeName": "PASSWORD"}, PASSWORD=PASSWORD) == INVALID_SESSION


def test_a_pool_of_two_kinds_of_users(make_app: MakeApp) -> None:
    app = choice_app(make_app, "PASSWORD", "SMS_OTP", SmsConfiguration=SMS)
    configure(app.pool, "OPTIONAL", "SMS_MFA")
    app.pool.create_user("alice", phone_number="+15555550100", passwordless=True)
    app.pool.create_user("bob", phone_number="+15555550101")
    assert start(app)["ChallengeName"] == "SMS_OTP"
    assert start(app, "bob")["ChallengeName"] == "SELECT_CHALLENGE"
