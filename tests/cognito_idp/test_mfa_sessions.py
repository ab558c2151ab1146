"""The sessions of a sign-in with a second factor: whose they are, who answers, and what else is asked for."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import NEW_PASSWORD, PASSWORD, SILENT, App
from tests.support.codes import last_code
from tests.support.mfa import EMAIL_OTP, FACTORS, ON, SMS_MFA, TOTP, MakeMfaApp, enrolled, prefer
from tests.support.refusals import (
    MFA_CODE_MISMATCH,
    SESSION_INVALID,
    USER_DISABLED,
    missing_parameter,
    refusal,
    secret_hash_missing,
    secret_hash_wrong,
)
from tests.support.srp import SrpClient

# Locks and codes are not to run out on a slow machine.
pytestmark = pytest.mark.usefixtures("time_stands_still")


@pytest.fixture
def pool(mfa_pool: UserPool) -> UserPool:
    return mfa_pool


# Sessions, answers, and who gives them


@pytest.mark.parametrize("missing", ["USERNAME", "SMS_MFA_CODE", "Session"])
def test_what_an_answer_lacks_is_named(app: App, missing: str) -> None:
    prefer(app.pool, SMS=ON)
    session = app.begin()["Session"]
    responses = {"USERNAME": "alice", "SMS_MFA_CODE": "000000"}
    responses.pop(missing, None)
    call: dict[str, Any] = {"ClientId": app.client_id, "ChallengeName": SMS_MFA, "ChallengeResponses": responses}
    if missing != "Session":
        call["Session"] = session
    assert refusal(app.idp.respond_to_auth_challenge, **call) == missing_parameter(missing)


@pytest.mark.parametrize("responses", [None, {}])
@pytest.mark.parametrize("name", ["PASSWORD_VERIFIER", "SMS_MFA", "NEW_PASSWORD_REQUIRED", "CUSTOM_CHALLENGE"])
def test_an_answer_that_says_nothing(app: App, name: str, responses: dict[str, str] | None) -> None:
    expected = missing_parameter("challenge responses.")
    call: dict[str, Any] = {"ClientId": app.client_id, "ChallengeName": name, "Session": "x" * 20}
    if responses is not None:
        call["ChallengeResponses"] = responses
    assert refusal(app.idp.respond_to_auth_challenge, **call) == expected
    assert refusal(app.idp.admin_respond_to_auth_challenge, UserPoolId=app.pool_id, **call) == expected


def test_sessions_that_are_not_the_users_or_not_of_the_challenge(cognito: Cognito, app: App) -> None:
    app.pool.create_user("bob", email="bob@example.com", phone_number="+15555550199")
    prefer(app.pool, SMS=ON)
    prefer(app.pool, "bob", SMS=ON)
    challenge = app.begin()
    code = last_code(cognito.outbox)
    assert refusal(app.respond, challenge={**challenge, "Session": "x" * 20}, SMS_MFA_CODE=code) == SESSION_INVALID
    assert (
        refusal(app.respond, challenge={**challenge, "ChallengeName": EMAIL_OTP}, SMS_MFA_CODE=code) == SESSION_INVALID
    )
    assert refusal(app.respond, challenge=challenge, username="bob", SMS_MFA_CODE=code) == SESSION_INVALID
    assert refusal(app.respond, challenge=challenge, username="nobody", SMS_MFA_CODE=code) == SESSION_INVALID
    assert refusal(app.with_client().respond, challenge=challenge, SMS_MFA_CODE=code) == SESSION_INVALID
    assert "IdToken" in app.respond(challenge, SMS_MFA_CODE=code)["AuthenticationResult"]


def test_a_user_who_was_disabled_meanwhile_stays_out(cognito: Cognito, app: App) -> None:
    prefer(app.pool, SMS=ON)
    challenge = app.begin()
    app.admin("admin_disable_user")
    code = last_code(cognito.outbox)
    assert refusal(app.respond, challenge=challenge, SMS_MFA_CODE=code) == USER_DISABLED


def test_an_administrators_server_answers_too(cognito: Cognito, app: App) -> None:
    prefer(app.pool, SMS=ON, Email=ON)
    choice = app.admin_initiate_auth(USERNAME="alice", PASSWORD=PASSWORD)
    challenge = app.admin_respond(choice, ANSWER="EMAIL_OTP")
    assert refusal(app.admin_respond, challenge=challenge, EMAIL_OTP_CODE="x") == MFA_CODE_MISMATCH
    assert "IdToken" in app.admin_respond(challenge, EMAIL_OTP_CODE=last_code(cognito.outbox))["AuthenticationResult"]


def test_srp_comes_before_the_second_factor(app: App) -> None:
    authenticator = enrolled(app)
    challenge = SrpClient(app).run()
    assert challenge["ChallengeName"] == TOTP
    answer = app.respond(challenge, SOFTWARE_TOKEN_MFA_CODE=authenticator.code())
    assert "IdToken" in answer["AuthenticationResult"]


def test_each_step_needs_its_secret_hash(make_mfa_app: MakeMfaApp, cognito: Cognito) -> None:
    app = make_mfa_app("OPTIONAL", *FACTORS, UsernameAttributes=["email"])
    confidential = app.with_client(GenerateSecret=True)
    alice = app.pool.create_user("alice@example.com", phone_number="+15555550100")
    prefer(app.pool, alice.username, SMS=ON, Email=ON)
    of_sub, of_email = (confidential.client.secret_hash(name) for name in (alice.sub, "alice@example.com"))
    choice = confidential.begin("alice@example.com", SECRET_HASH=of_email)
    assert choice["ChallengeParameters"]["USER_ID_FOR_SRP"] == alice.sub
    missing = secret_hash_missing(confidential.client_id)
    wrong = secret_hash_wrong(confidential.client_id)
    answer = confidential.respond
    assert refusal(answer, challenge=choice, username=alice.sub, ANSWER=SMS_MFA) == missing
    assert refusal(answer, challenge=choice, username=alice.sub, ANSWER=SMS_MFA, SECRET_HASH=of_email) == wrong
    challenge = answer(choice, alice.sub, ANSWER=SMS_MFA, SECRET_HASH=of_sub)
    code = last_code(cognito.outbox)
    assert refusal(answer, challenge=challenge, username=alice.sub, SMS_MFA_CODE=code) == missing
    call = {"challenge": challenge, "username": "alice@example.com", "SMS_MFA_CODE": code}
    assert refusal(answer, SECRET_HASH=of_sub, **call) == wrong
    done = answer(challenge, "alice@example.com", SMS_MFA_CODE=code, SECRET_HASH=of_email)
    assert "IdToken" in done["AuthenticationResult"]


# A new password first


def invited(app: App, **attributes: str) -> None:
    app.create("bob", attributes, TemporaryPassword=PASSWORD, **SILENT)


@pytest.mark.parametrize("start", ["password", "srp"])
def test_a_new_password_comes_before_the_second_factor(cognito: Cognito, app: App, start: str) -> None:
    invited(app, phone_number="+15555550199")
    prefer(app.pool, "bob", SMS=ON)
    app.pool.set_trigger("PreTokenGeneration", lambda event, context: event)
    challenge = SrpClient(app, "bob").run() if start == "srp" else app.begin("bob")
    assert challenge["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    assert len(cognito.outbox) == 0
    challenge = app.respond(challenge, "bob", NEW_PASSWORD=NEW_PASSWORD)
    assert challenge["ChallengeName"] == SMS_MFA
    assert app.pool.user("bob").status == "CONFIRMED"
    answer = app.respond(challenge, "bob", SMS_MFA_CODE=last_code(cognito.outbox))
    assert "IdToken" in answer["AuthenticationResult"]
    assert cognito.triggers.last().event["triggerSource"] == "TokenGeneration_NewPasswordChallenge"


def test_a_new_password_comes_before_setting_a_factor_up(make_mfa_app: MakeMfaApp) -> None:
    app = make_mfa_app("ON", TOTP)
    invited(app)
    challenge = app.begin("bob")
    challenge = app.respond(challenge, "bob", NEW_PASSWORD=NEW_PASSWORD)
    assert challenge["ChallengeName"] == "MFA_SETUP"
