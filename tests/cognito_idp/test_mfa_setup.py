"""MFA_SETUP: a second factor that is set up on the way of a sign-in."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pytest_cognito.cognito import Cognito
from tests.support.codes import last_code
from tests.support.mfa import EMAIL_FIRST, EMAIL_OTP, TOTP, Authenticator, MakeMfaApp, arranged, asked
from tests.support.refusals import EMAIL_INVALID, TOTP_NOT_SET_UP, refusal

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
