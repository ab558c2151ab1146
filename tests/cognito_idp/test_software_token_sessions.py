"""AssociateSoftwareToken and VerifySoftwareToken with a session: a user without a token enrols while signing in."""

from __future__ import annotations

import boto3
import pytest

from pytest_cognito.cognito import Cognito, User, UserPool
from tests.support.app import App, MakeApp
from tests.support.mfa import EMAIL_OTP, TOTP, Authenticator, configure, enrolled
from tests.support.refusals import (
    SESSION_EXPIRED,
    SESSION_INVALID,
    SESSION_USED,
    TOTP_NOT_OFFERED,
    TOTP_NOT_SET_UP,
    TOTP_NOT_VERIFIED,
    TOTP_WRONG_AT_ENROLMENT,
    USER_DISABLED,
    invalid_parameter,
    refusal,
)
from tests.support.settings import SES

# Time stands still where a step of 30 seconds begins.
pytestmark = pytest.mark.usefixtures("time_stands_still")
ONE_OF_BOTH = invalid_parameter("Exactly one of AccessToken and Session must be given.")


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    """A pool whose users need a software token, of which alice has none."""
    pool = cognito.create_user_pool(EmailConfiguration=SES)
    configure(pool, "ON", TOTP)
    pool.create_user("alice")
    return pool


@pytest.fixture
def session(app: App) -> str:
    return str(app.begin()["Session"])


def test_a_session_leads_through_mfa_setup_to_tokens(cognito: Cognito, app: App) -> None:
    challenge = app.begin()
    associated = app.call("associate_software_token", Session=challenge["Session"])
    assert set(associated) == {"SecretCode", "Session"}
    code = Authenticator(cognito.clock, associated["SecretCode"]).code()
    verified = app.call(
        "verify_software_token", Session=associated["Session"], UserCode=code, FriendlyDeviceName="phone"
    )
    assert set(verified) == {"Status", "Session"}
    assert verified["Status"] == "SUCCESS"
    assert len({challenge["Session"], associated["Session"], verified["Session"]}) == 3
    answer = app.respond({**challenge, "Session": verified["Session"]})
    assert "IdToken" in answer["AuthenticationResult"]
    assert app.admin("admin_get_user")["UserMFASettingList"] == [TOTP]
    cognito.clock.advance(minutes=1)
    again = app.begin()
    assert again["ChallengeName"] == TOTP
    assert again["ChallengeParameters"] == {"FRIENDLY_DEVICE_NAME": "phone", "USER_ID_FOR_SRP": "alice"}


def test_verifying_alone_registers(cognito: Cognito, app: App, session: str) -> None:
    associated = app.idp.associate_software_token(Session=session)
    code = Authenticator(cognito.clock, associated["SecretCode"]).code()
    app.idp.verify_software_token(Session=associated["Session"], UserCode=code)
    assert app.begin()["ChallengeName"] == TOTP


def test_setting_up_nothing_is_refused(app: App) -> None:
    challenge = app.begin()
    assert refusal(app.respond, challenge=challenge) == TOTP_NOT_SET_UP
    challenge["Session"] = app.idp.associate_software_token(Session=challenge["Session"])["Session"]
    assert refusal(app.respond, challenge=challenge) == TOTP_NOT_VERIFIED


def test_each_session_is_good_for_one_step(cognito: Cognito, app: App, session: str) -> None:
    associated = app.idp.associate_software_token(Session=session)
    assert refusal(app.idp.associate_software_token, Session=session) == SESSION_USED
    authenticator = Authenticator(cognito.clock, associated["SecretCode"])
    second, verify = associated["Session"], app.idp.verify_software_token
    assert refusal(verify, Session=second, UserCode=authenticator.wrong()) == TOTP_WRONG_AT_ENROLMENT
    verify(Session=second, UserCode=authenticator.code())
    assert refusal(verify, Session=second, UserCode=authenticator.code(1)) == SESSION_USED


def test_a_session_expires(cognito: Cognito, app: App, session: str) -> None:
    cognito.clock.advance(minutes=2)
    second = app.idp.associate_software_token(Session=session)["Session"]
    cognito.clock.advance(minutes=3)
    assert refusal(app.idp.verify_software_token, Session=second, UserCode="123456") == SESSION_EXPIRED


def test_other_sessions_are_refused(app: App, make_app: MakeApp, session: str) -> None:
    optional = make_app(EmailConfiguration=SES)
    configure(optional.pool, "OPTIONAL", TOTP)
    optional.pool.create_user("alice", email="alice@example.com")
    enrolled(optional)
    at_sign_in = optional.begin()["Session"]
    for wrong in ("x" * 20, session[:-1], at_sign_in):
        assert refusal(app.idp.associate_software_token, Session=wrong) == SESSION_INVALID
        assert refusal(app.idp.verify_software_token, Session=wrong, UserCode="123456") == SESSION_INVALID
    abroad = boto3.client("cognito-idp", region_name="eu-west-1")
    assert refusal(abroad.associate_software_token, Session=session) == SESSION_INVALID


def test_a_session_of_a_user_who_was_disabled_or_deleted_is_refused(app: App, session: str) -> None:
    app.admin("admin_disable_user")
    assert refusal(app.idp.associate_software_token, Session=session) == USER_DISABLED
    app.admin("admin_delete_user")
    assert refusal(app.idp.associate_software_token, Session=session) == SESSION_INVALID


def test_a_session_is_no_longer_good_where_the_pool_offers_no_tokens(app: App, session: str) -> None:
    second = app.idp.associate_software_token(Session=session)["Session"]
    configure(app.pool, "ON", EMAIL_OTP)
    assert refusal(app.idp.associate_software_token, Session=second) == TOTP_NOT_OFFERED
    assert refusal(app.idp.verify_software_token, Session=second, UserCode="123456") == TOTP_NOT_OFFERED


def test_one_of_token_and_session_says_who_calls(app: App, alice: User, session: str) -> None:
    for call in ({}, {"AccessToken": alice.tokens().access_token, "Session": session}):
        assert refusal(app.idp.associate_software_token, **call) == ONE_OF_BOTH
        assert refusal(app.idp.verify_software_token, UserCode="123456", **call) == ONE_OF_BOTH
