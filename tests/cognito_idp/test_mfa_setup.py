"""MFA_SETUP: a second factor that is set up on the way of a sign-in."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pytest_cognito.cognito import Cognito
from tests.support.codes import last_code
from tests.support.mfa import EMAIL_FIRST, EMAIL_OTP, TOTP, Authenticator, MakeMfaApp, arranged, asked, enrolled
from tests.support.refusals import EMAIL_INVALID, SESSION_INVALID, TOTP_NOT_SET_UP, refusal
from tests.support.user_attributes import admin_update

# Locks and codes are not to run out on a slow machine.
pytestmark = pytest.mark.usefixtures("time_stands_still")


def test_a_token_is_set_up_on_the_way(make_mfa_app: MakeMfaApp) -> None:
    app = arranged(make_mfa_app, "ON", "sms totp", "")
    challenge = app.begin()
    assert challenge["ChallengeParameters"] == {
        "MFAS_CAN_SETUP": '["SMS_MFA","SOFTWARE_TOKEN_MFA"]',
        "USER_ID_FOR_SRP": "alice",
    }
    associated = app.idp.associate_software_token(Session=challenge["Session"])
    code = Authenticator(app.pool.world.clock, associated["SecretCode"]).code()
    session = app.idp.verify_software_token(Session=associated["Session"], UserCode=code)["Session"]
    answer = app.respond({**challenge, "Session": session})
    assert "IdToken" in answer["AuthenticationResult"]
    assert asked(app) == TOTP


def test_an_address_for_email_is_set_up_on_the_way(make_mfa_app: MakeMfaApp, cognito: Cognito) -> None:
    app = arranged(make_mfa_app, "ON", "totp email", "", recovering=["admin_only"])
    setup = app.begin()
    challenge = app.respond(setup, email="new@example.com")
    assert challenge["ChallengeName"] == EMAIL_OTP
    assert challenge["ChallengeParameters"] == {
        "CODE_DELIVERY_DELIVERY_MEDIUM": "EMAIL",
        "CODE_DELIVERY_DESTINATION": "n***@e***",
        "USER_ID_FOR_SRP": "alice",
    }
    attributes = app.pool.user("alice").attributes
    assert (attributes["email"], attributes["email_verified"]) == ("new@example.com", "false")
    answer = app.respond(challenge, EMAIL_OTP_CODE=last_code(cognito.outbox, "new@example.com"))
    assert "IdToken" in answer["AuthenticationResult"]
    assert app.pool.user("alice").attributes["email_verified"] == "true"
    assert asked(app) == EMAIL_OTP


def test_what_is_no_address_is_refused(make_mfa_app: MakeMfaApp) -> None:
    app = arranged(make_mfa_app, "ON", "totp email", "", recovering=["admin_only"])
    setup = app.begin()
    error = refusal(app.respond, challenge=setup, email="nowhere")
    assert error == EMAIL_INVALID
    assert "email" not in app.pool.user("alice").attributes


@pytest.mark.parametrize(("offered", "recovering"), [("totp", ["admin_only"]), ("totp email", EMAIL_FIRST)])
def test_an_address_is_no_factor_where_email_is_none(
    make_mfa_app: MakeMfaApp, offered: str, recovering: Sequence[str]
) -> None:
    app = arranged(make_mfa_app, "ON", offered, "", recovering=recovering)
    setup = app.begin()
    error = refusal(app.respond, challenge=setup, email="new@example.com")
    assert error == TOTP_NOT_SET_UP
    assert "email" not in app.pool.user("alice").attributes


# A factor that comes from elsewhere in the meantime


def test_a_session_is_no_way_around_a_token_that_was_set_up_elsewhere(make_mfa_app: MakeMfaApp) -> None:
    """Who knows the password alone can't put an authenticator or an address of their own in its place."""
    app = arranged(make_mfa_app, "ON", "totp email", "", recovering=["admin_only"])
    first, second = app.begin(), app.begin()
    associated = app.idp.associate_software_token(Session=second["Session"])
    authenticator = Authenticator(app.pool.world.clock, associated["SecretCode"])
    enrolled(app)
    assert refusal(app.idp.associate_software_token, Session=first["Session"]) == SESSION_INVALID
    call = {"Session": associated["Session"], "UserCode": authenticator.code()}
    assert refusal(app.idp.verify_software_token, **call) == SESSION_INVALID
    for given in ({}, {"email": "new@example.com"}):
        assert refusal(app.respond, challenge=first, **given) == SESSION_INVALID
    assert "email" not in app.pool.user("alice").attributes
    assert asked(app) == TOTP


def test_nor_around_an_address_that_came_later(make_mfa_app: MakeMfaApp) -> None:
    app = arranged(make_mfa_app, "ON", "totp email", "", recovering=["admin_only"])
    challenge = app.begin()
    admin_update(app, app.pool.user("alice"), {"email": "alice@example.com", "email_verified": "true"})
    assert refusal(app.idp.associate_software_token, Session=challenge["Session"]) == SESSION_INVALID
    assert refusal(app.respond, challenge=challenge, email="new@example.com") == SESSION_INVALID
    assert app.pool.user("alice").attributes["email"] == "alice@example.com"


def test_the_token_of_the_sign_in_itself_is_in_nobodys_way(make_mfa_app: MakeMfaApp) -> None:
    app = arranged(make_mfa_app, "ON", "totp", "")
    challenge = app.begin()
    for _ in range(2):  # a second authenticator takes the place of the first
        associated = app.idp.associate_software_token(Session=challenge["Session"])
        code = Authenticator(app.pool.world.clock, associated["SecretCode"]).code()
        session = app.idp.verify_software_token(Session=associated["Session"], UserCode=code)["Session"]
        challenge = {**challenge, "Session": session}
    assert "IdToken" in app.respond(challenge)["AuthenticationResult"]
