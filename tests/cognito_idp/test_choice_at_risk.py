"""Choice-based sign-ins that are at risk: a second factor follows a first one that is no password, too."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito import Cognito
from tests.support import mfa
from tests.support.app import App, MakeApp
from tests.support.choice import BOTH, WRONG_CODE, choice_app, start
from tests.support.jwts import claims
from tests.support.refusals import refusal
from tests.support.settings import SES
from tests.support.threats import FULL, event, respond


@pytest.fixture
def app(make_app: MakeApp) -> App:
    """A pool where users sign in with codes and may have every second factor, and alice at risk, who has both."""
    app = choice_app(make_app, UserPoolAddOns=FULL, EmailConfiguration=SES)
    mfa.configure(app.pool, "OPTIONAL", *mfa.FACTORS)
    app.pool.create_user("alice", attributes=BOTH)
    respond(app, "MFA_REQUIRED")
    return app


def test_the_second_factor_after_a_code_is_chosen_among_several(cognito: Cognito, app: App) -> None:
    authenticator = mfa.enrol(app, app.pool.tokens_for("alice").access_token)
    cognito.clock.advance(minutes=2)
    cognito.threats.risk("alice", "High")
    challenge = start(app, preferred="SMS_OTP")
    code = str(cognito.outbox.last(to=BOTH["phone_number"]).code)
    choice = app.respond(challenge, SMS_OTP_CODE=code)
    assert choice["ChallengeName"] == "SELECT_MFA_TYPE"

    challenge = app.respond(choice, ANSWER=mfa.TOTP)
    assert challenge["ChallengeName"] == mfa.TOTP
    result = app.respond(challenge, SOFTWARE_TOKEN_MFA_CODE=authenticator.code())["AuthenticationResult"]
    assert claims(result["AccessToken"])["event_id"] == event(app)["EventId"]
    assert event(app)["EventResponse"] == "Pass"


def test_one_second_factor_is_asked_for_once(cognito: Cognito, app: App) -> None:
    cognito.threats.risk("alice", "High")
    challenge = start(app, preferred="EMAIL_OTP")
    challenge = app.respond(challenge, EMAIL_OTP_CODE=str(cognito.outbox.last(to=BOTH["email"]).code))
    assert challenge["ChallengeName"] == mfa.SMS_MFA

    code = str(cognito.outbox.last(to=BOTH["phone_number"]).code)
    assert "AuthenticationResult" in app.respond(challenge, SMS_MFA_CODE=code)


def test_a_code_that_is_the_first_factor_is_none_of_mfa(cognito: Cognito, app: App) -> None:
    challenge = start(app, preferred="EMAIL_OTP")
    assert refusal(app.respond, challenge=challenge, EMAIL_OTP_CODE="0" * 8) == WRONG_CODE
    assert (event(app)["EventResponse"], event(app)["ChallengeResponses"]) == ("Fail", [])
    code = str(cognito.outbox.last(to=BOTH["email"]).code)
    assert "AuthenticationResult" in app.respond(challenge, EMAIL_OTP_CODE=code)
    assert (event(app)["EventResponse"], event(app)["ChallengeResponses"]) == ("Pass", [])
