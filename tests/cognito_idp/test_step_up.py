"""USER_AUTH with TARGET_ACR_VALUES: a sign-in is led to an authentication level, which the tokens name."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito
from tests.support import mfa
from tests.support.app import PASSWORD, App, MakeApp
from tests.support.choice import PASSWORDS
from tests.support.refusals import INCORRECT, Refusal, invalid_parameter, missing_parameter, refusal
from tests.support.srp import SrpClient
from tests.support.step_up import LOA1, LOA2, LOA3, LOA4, aim, claims, proof, step_up_app, tokens, with_code

UNREACHABLE = invalid_parameter("User does not have the factors for any of the requested ACR values.")
UNKNOWN = invalid_parameter("None of the requested ACR values is valid for the user pool.")


@pytest.fixture
def app(make_app: MakeApp) -> App:
    return step_up_app(make_app)


# Levels


def test_level_1_is_a_password(app: App) -> None:
    asked = aim(app, LOA1)
    assert asked["AvailableChallenges"] == PASSWORDS
    answer = app.respond({**asked, "ChallengeName": "PASSWORD"}, PASSWORD=PASSWORD)
    assert proof(tokens(answer)) == (LOA1, ["pwd"])


@pytest.mark.parametrize(("factor", "method"), [("EMAIL_OTP", "email_otp"), ("SMS_OTP", "sms")])
def test_level_2_is_a_code(app: App, factor: str, method: str) -> None:
    asked = aim(app, LOA2)
    assert asked["AvailableChallenges"] == ["EMAIL_OTP", "SMS_OTP"]
    sent = app.respond(asked, ANSWER=factor)
    assert proof(tokens(with_code(app, sent))) == (LOA2, [method])


def test_level_3_is_a_password_and_a_code(app: App) -> None:
    asked = aim(app, LOA3, PREFERRED_CHALLENGE="PASSWORD", PASSWORD=PASSWORD)
    assert asked["ChallengeParameters"]["MFAS_CAN_CHOOSE"] == '["SMS_MFA","EMAIL_OTP"]'
    sent = app.respond(asked, ANSWER="EMAIL_OTP")
    assert proof(tokens(with_code(app, sent))) == (LOA3, ["pwd", "email_otp", "mfa"])


def test_level_4_is_a_password_and_an_authenticator(app: App) -> None:
    authenticator = mfa.enrol(app, app.access_token())
    app.pool.world.clock.advance(minutes=2)
    asked = aim(app, LOA4, PREFERRED_CHALLENGE="PASSWORD", PASSWORD=PASSWORD)
    assert asked["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
    answer = app.respond(asked, SOFTWARE_TOKEN_MFA_CODE=authenticator.code())
    assert proof(tokens(answer)) == (LOA4, ["pwd", "otp", "mfa"])


def test_srp_proves_the_password(app: App) -> None:
    client = SrpClient(app)
    asked = aim(app, LOA1, PREFERRED_CHALLENGE="PASSWORD_SRP", SRP_A=client.get_auth_params()["SRP_A"])
    responses: dict[str, Any] = client.proof(asked)
    answer = app.respond(asked, **responses)
    assert proof(tokens(answer)) == (LOA1, ["pwd"])


def test_a_sign_in_without_a_target_names_no_level(app: App) -> None:
    assert proof(app.sign_in()) == (None, None)
    chosen = app.initiate_auth("USER_AUTH", USERNAME="alice", PREFERRED_CHALLENGE="PASSWORD", PASSWORD=PASSWORD)
    assert proof(tokens(chosen)) == (None, None)


def test_a_refresh_keeps_what_was_proven(app: App, cognito: Cognito) -> None:
    signed_in = tokens(aim(app, LOA1, PREFERRED_CHALLENGE="PASSWORD", PASSWORD=PASSWORD))
    cognito.clock.advance(minutes=30)
    refreshed = app.refresh(signed_in["RefreshToken"])
    assert proof(refreshed) == (LOA1, ["pwd"])
    assert claims(refreshed)["auth_time"] == claims(signed_in)["auth_time"]


def test_triggers_do_not_change_it(app: App) -> None:
    def change(event: dict[str, Any], context: object) -> dict[str, Any]:
        generation = {"claimsToAddOrOverride": {"acr": LOA4}, "claimsToSuppress": ["amr"]}
        details = {"idTokenGeneration": generation, "accessTokenGeneration": generation}
        event["response"]["claimsAndScopeOverrideDetails"] = details
        return event

    app.pool.set_trigger("PreTokenGeneration", change, version=2)
    assert proof(tokens(aim(app, LOA1, PREFERRED_CHALLENGE="PASSWORD", PASSWORD=PASSWORD))) == (LOA1, ["pwd"])


# The first requested level that the user can reach


def test_the_first_level_that_can_be_reached_is_aimed_at(app: App) -> None:
    asked = aim(app, LOA4, LOA2, LOA1)  # alice has no authenticator
    assert asked["AvailableChallenges"] == ["EMAIL_OTP", "SMS_OTP"]


def test_a_name_of_no_level_is_ignored(app: App) -> None:
    assert aim(app, "gold", LOA1)["AvailableChallenges"] == PASSWORDS
    assert refusal(aim, app=app, username="alice", TARGET_ACR_VALUES="gold silver") == UNKNOWN


def test_a_level_that_the_user_cannot_reach(app: App) -> None:
    assert refusal(aim, app=app, TARGET_ACR_VALUES=LOA4) == UNREACHABLE
    app.pool.create_user("bob")
    for level in (LOA2, LOA3):
        assert refusal(aim, app=app, username="bob", TARGET_ACR_VALUES=level) == UNREACHABLE


def test_a_choice_that_does_not_lead_to_the_level(app: App) -> None:
    asked = aim(app, LOA2)
    refused = refusal(app.respond, challenge=asked, ANSWER="PASSWORD", PASSWORD=PASSWORD)
    assert refused == invalid_parameter("Invalid challenge selected.")


def test_a_wrong_password_fails_the_step_up(app: App) -> None:
    given = {"PREFERRED_CHALLENGE": "PASSWORD", "PASSWORD": "Wr0ng-horse!"}
    assert refusal(aim, app=app, TARGET_ACR_VALUES=LOA3, **given) == INCORRECT


def test_a_factor_that_is_lost_meanwhile(app: App) -> None:
    asked = aim(app, LOA3)
    app.admin("admin_delete_user_attributes", UserAttributeNames=["email", "phone_number"])
    chosen = {**asked, "ChallengeName": "PASSWORD"}
    assert refusal(app.respond, challenge=chosen, PASSWORD=PASSWORD).code == "InvalidParameterException"


# The pool's MFA is asked for in any case


@pytest.mark.parametrize("level", [LOA1, LOA2, LOA3])
def test_a_lower_level_does_without_no_factor_that_is_required(app: App, level: str) -> None:
    authenticator = mfa.enrolled(app)
    asked = aim(app, level, PREFERRED_CHALLENGE="PASSWORD", PASSWORD=PASSWORD)
    if level == LOA3:
        assert asked["ChallengeName"] == "SELECT_MFA_TYPE"
        answer = with_code(app, app.respond(asked, ANSWER="SMS_MFA"))
        assert proof(tokens(answer)) == (LOA3, ["pwd", "sms", "mfa"])
        return
    assert asked["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
    answer = app.respond(asked, SOFTWARE_TOKEN_MFA_CODE=authenticator.code())
    assert proof(tokens(answer)) == (LOA4, ["pwd", "otp", "mfa"])


def test_a_user_without_the_required_factor_is_not_enrolled(make_app: MakeApp) -> None:
    app = step_up_app(make_app, "PASSWORD")
    app.pool.create_user("bob")
    mfa.configure(app.pool, "ON", mfa.TOTP)
    assert refusal(aim, app=app, username="bob", TARGET_ACR_VALUES=LOA1) == UNREACHABLE


# Who may


def test_a_temporary_password_is_replaced_on_the_way(app: App) -> None:
    app.pool.create_user("bob", status="FORCE_CHANGE_PASSWORD")
    asked = aim(app, LOA1, username="bob", PREFERRED_CHALLENGE="PASSWORD", PASSWORD=PASSWORD)
    assert asked["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    answer = app.respond(asked, "bob", NEW_PASSWORD="Another-horse-8")
    assert proof(tokens(answer)) == (LOA1, ["pwd"])


def test_administrators_do_the_same(make_app: MakeApp) -> None:
    app = step_up_app(make_app)
    given = {"USERNAME": "alice", "TARGET_ACR_VALUES": LOA3, "PREFERRED_CHALLENGE": "PASSWORD", "PASSWORD": PASSWORD}
    asked = app.admin_initiate_auth("USER_AUTH", **given)
    assert asked["ChallengeName"] == "SELECT_MFA_TYPE"
    sent = app.admin_respond(asked, ANSWER="SMS_MFA")
    assert proof(tokens(with_code(app, sent)))[0] == LOA3


@pytest.mark.needs("CreateUserPoolRequest.AcrConfiguration")
def test_the_lite_plan_has_no_step_up(make_app: MakeApp) -> None:
    app = make_app({"ExplicitAuthFlows": ["ALLOW_USER_AUTH"]}, UserPoolTier="LITE")
    app.pool.create_user("alice")
    not_there = Refusal(
        "FeatureUnavailableInTierException",
        "The following features need to be disabled for the LITE pricing tier configured: Step-Up Authentication",
    )
    assert refusal(aim, app=app, TARGET_ACR_VALUES=LOA1) == not_there


def test_a_user_who_does_not_exist(app: App, make_app: MakeApp) -> None:
    assert refusal(aim, app=app, username="nobody", TARGET_ACR_VALUES=LOA1).code == "UserNotFoundException"
    hiding = app.with_client(ExplicitAuthFlows=["ALLOW_USER_AUTH"], PreventUserExistenceErrors="ENABLED")
    assert "Session" in aim(hiding, LOA2, username="nobody")
    assert refusal(aim, app=hiding, TARGET_ACR_VALUES=LOA4) == INCORRECT


def test_the_user_name_is_required(app: App) -> None:
    refused = refusal(app.initiate_auth, flow="USER_AUTH", TARGET_ACR_VALUES=LOA1)
    assert refused == missing_parameter("USERNAME")
