"""Step-up with the current ACCESS_TOKEN: what the user has proven before counts, unless it is too long ago."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito
from tests.support import mfa
from tests.support.app import PASSWORD, Answer, App, MakeApp
from tests.support.choice import PASSWORDS
from tests.support.refusals import (
    ACCESS_TOKEN_EXPIRED,
    ACCESS_TOKEN_INVALID,
    ACCESS_TOKEN_REVOKED,
    invalid_parameter,
    not_authorized,
    refusal,
)
from tests.support.step_up import LOA1, LOA2, LOA3, LOA4, aim, claims, proof, step_up_app, tokens, with_code

REACHED = invalid_parameter("The access token already meets the requested ACR value.")


@pytest.fixture
def app(make_app: MakeApp) -> App:
    return step_up_app(make_app)


def step_up(app: App, current: Answer, *levels: str, **more: str) -> Answer:
    return aim(app, *levels, ACCESS_TOKEN=current["AccessToken"], **more)


def refused(app: App, token: str, **more: str) -> Any:
    return refusal(aim, app=app, ACCESS_TOKEN=token, **{"TARGET_ACR_VALUES": LOA3, **more})


def at_level_1(app: App) -> Answer:
    return tokens(aim(app, LOA1, PREFERRED_CHALLENGE="PASSWORD", PASSWORD=PASSWORD))


@pytest.mark.parametrize("ordinary", [True, False])
def test_only_what_is_missing_is_asked_for(app: App, cognito: Cognito, ordinary: bool) -> None:
    authenticator = mfa.enrol(app, app.access_token())
    current = app.sign_in() if ordinary else at_level_1(app)
    cognito.clock.advance(minutes=2)
    asked = step_up(app, current, LOA4)

    assert asked["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
    assert "AvailableChallenges" not in asked
    result = tokens(app.respond(asked, SOFTWARE_TOKEN_MFA_CODE=authenticator.code()))
    assert proof(result) == (LOA4, ["pwd", "otp", "mfa"])
    assert claims(result)["auth_time"] > claims(current)["auth_time"]
    assert result["RefreshToken"] != current["RefreshToken"]
    app.refresh(current["RefreshToken"])


def test_a_choice_of_what_is_missing(app: App) -> None:
    asked = step_up(app, at_level_1(app), LOA3)
    assert asked["ChallengeName"] == "SELECT_MFA_TYPE"
    result = tokens(with_code(app, app.respond(asked, ANSWER="SMS_MFA")))
    assert proof(result) == (LOA3, ["pwd", "sms", "mfa"])


def test_a_code_counts_as_well(app: App) -> None:
    code = tokens(with_code(app, aim(app, LOA2, PREFERRED_CHALLENGE="EMAIL_OTP")))
    asked = step_up(app, code, LOA3)
    assert asked["AvailableChallenges"] == PASSWORDS
    answer = app.respond({**asked, "ChallengeName": "PASSWORD"}, PASSWORD=PASSWORD)
    assert proof(tokens(answer)) == (LOA3, ["email_otp", "pwd", "mfa"])


def test_a_code_on_top_of_a_password_is_more_than_a_code(app: App) -> None:
    sent = step_up(app, at_level_1(app), LOA2, PREFERRED_CHALLENGE="SMS_OTP")
    assert proof(tokens(with_code(app, sent))) == (LOA3, ["pwd", "sms", "mfa"])


@pytest.mark.parametrize("ordinary", [True, False])
def test_a_token_that_is_there_already(app: App, ordinary: bool) -> None:
    current = app.sign_in() if ordinary else at_level_1(app)
    assert refused(app, current["AccessToken"], TARGET_ACR_VALUES=LOA1) == REACHED
    code = tokens(with_code(app, aim(app, LOA2, PREFERRED_CHALLENGE="EMAIL_OTP")))
    assert refused(app, code["AccessToken"], TARGET_ACR_VALUES=f"{LOA4} {LOA1}") == REACHED


def test_refreshed_tokens_have_the_same_credit(app: App) -> None:
    refreshed = app.refresh(at_level_1(app)["RefreshToken"])
    assert step_up(app, refreshed, LOA3)["ChallengeName"] == "SELECT_MFA_TYPE"


@pytest.mark.needs("CreateUserPoolRequest.AcrConfiguration")
def test_a_level_that_was_renamed_since_is_no_level(app: App) -> None:
    current = at_level_1(app)
    names = {"Level1": {"AcrValue": "bronze"}}
    settings = app.call("describe_user_pool", UserPoolId=app.pool_id)["UserPool"]
    kept = {"SmsConfiguration": settings["SmsConfiguration"], "EmailConfiguration": settings["EmailConfiguration"]}
    app.call("update_user_pool", UserPoolId=app.pool_id, AcrConfiguration=names, **kept)

    assert step_up(app, current, LOA3)["ChallengeName"] == "SELECT_MFA_TYPE"
    asked = step_up(app, current, "bronze")  # an access token alone gets no tokens: the password is proven again
    assert asked["AvailableChallenges"] == PASSWORDS


# MAX_AGE


def test_what_was_proven_too_long_ago_does_not_count(app: App, cognito: Cognito) -> None:
    current = at_level_1(app)
    cognito.clock.advance(minutes=10)
    assert step_up(app, current, LOA3, MAX_AGE="900")["ChallengeName"] == "SELECT_MFA_TYPE"

    asked = step_up(app, current, LOA1, MAX_AGE="300")
    assert asked["AvailableChallenges"] == PASSWORDS
    answer = app.respond({**asked, "ChallengeName": "PASSWORD"}, PASSWORD=PASSWORD)
    assert proof(tokens(answer)) == (LOA1, ["pwd"])
    assert app.call("get_user", AccessToken=current["AccessToken"])["Username"] == "alice"


@pytest.mark.parametrize("max_age", ["-1", "soon", "1.5"])
def test_a_max_age_that_is_no_number_of_seconds(app: App, max_age: str) -> None:
    wrong = invalid_parameter("MAX_AGE must be a number of seconds.")
    assert refused(app, app.access_token(), MAX_AGE=max_age) == wrong


# Tokens that do not count


def test_a_token_without_a_target(app: App) -> None:
    given = {"USERNAME": "alice", "ACCESS_TOKEN": app.access_token()}
    alone = invalid_parameter("ACCESS_TOKEN requires TARGET_ACR_VALUES.")
    assert refusal(app.initiate_auth, flow="USER_AUTH", **given) == alone
    assert refusal(app.admin_initiate_auth, flow="USER_AUTH", **given) == alone


def test_the_token_of_another_user(app: App, make_app: MakeApp) -> None:
    other = not_authorized("The access token was not issued to the user.")
    app.pool.create_user("bob")
    assert refused(app, app.access_token("bob")) == other
    elsewhere = step_up_app(make_app)
    assert refused(app, elsewhere.access_token()) == other


def test_tokens_that_are_not_valid(app: App, cognito: Cognito) -> None:
    current = app.sign_in()
    assert refused(app, current["IdToken"]) == ACCESS_TOKEN_INVALID
    app.admin("admin_user_global_sign_out")
    assert refused(app, current["AccessToken"]) == ACCESS_TOKEN_REVOKED
    current = app.sign_in()
    cognito.clock.advance(hours=2)
    assert refused(app, current["AccessToken"]) == ACCESS_TOKEN_EXPIRED


def test_administrators_step_up_with_a_token(app: App) -> None:
    given = {"USERNAME": "alice", "TARGET_ACR_VALUES": LOA3, "ACCESS_TOKEN": app.access_token()}
    assert app.admin_initiate_auth("USER_AUTH", **given)["ChallengeName"] == "SELECT_MFA_TYPE"


def test_no_tokens_without_the_missing_factor(app: App) -> None:
    asked = step_up(app, at_level_1(app), LOA3)
    sent = app.respond(asked, ANSWER="SMS_MFA")
    assert refusal(app.respond, challenge=sent, SMS_MFA_CODE="0").code == "CodeMismatchException"
    assert LOA4 not in with_code(app, sent)["AuthenticationResult"]
