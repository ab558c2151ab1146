"""AdminDeleteSoftwareToken: a lost authenticator is taken from a user, who can register another."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import Answer, App
from tests.support.mfa import ON, SMS_MFA, TOTP, Authenticator, configure, enrolled, prefer, response, turn_on
from tests.support.refusals import NOT_CONFIRMED, USER_NOT_FOUND, no_pool, refusal
from tests.support.settings import SES
from tests.support.srp import gives_tokens

pytestmark = [pytest.mark.needs("AdminDeleteSoftwareToken"), pytest.mark.usefixtures("time_stands_still")]


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    """A pool with two kinds of second factors, and alice with a phone number."""
    pool = cognito.create_user_pool(EmailConfiguration=SES)
    configure(pool, "OPTIONAL", TOTP, SMS_MFA)
    pool.create_user("alice", phone_number="+15555550100")
    return pool


def delete(app: App, username: str = "alice") -> Answer:
    return app.admin("admin_delete_software_token", username)


def test_nobody_is_asked_for_it_any_more(app: App) -> None:
    enrolled(app)
    prefer(app.pool, SoftwareToken={"Enabled": True, "PreferredMfa": True})
    assert app.begin()["ChallengeName"] == TOTP
    assert delete(app) == {}
    assert gives_tokens(app.begin())
    user = app.admin("admin_get_user")
    assert {"UserMFASettingList", "PreferredMfaSetting"}.isdisjoint(user)
    assert "SOFTWARE_TOKEN" not in app.admin("admin_get_user_auth_factors")["ConfiguredUserAuthFactors"]


def test_other_factors_stay(app: App) -> None:
    enrolled(app)
    turn_on(app.pool, SMS_MFA)
    assert app.begin()["ChallengeName"] == "SELECT_MFA_TYPE"
    delete(app)
    assert app.begin()["ChallengeName"] == SMS_MFA


def test_another_one_can_be_registered(app: App) -> None:
    old = enrolled(app)
    delete(app)
    new = enrolled(app)
    asked = app.begin()
    assert refusal(app.respond, challenge=asked, **response(TOTP, old.code())).code == "CodeMismatchException"
    assert gives_tokens(app.respond(asked, **response(TOTP, new.code())))


def test_a_secret_that_was_not_verified_goes_too(app: App) -> None:
    token = app.access_token()
    app.call("associate_software_token", AccessToken=token)
    delete(app)
    assert refusal(app.idp.verify_software_token, AccessToken=token, UserCode="123456").code == (
        "InvalidParameterException"
    )


def test_its_codes_are_no_proof_in_a_sign_in_that_waits(app: App) -> None:
    authenticator = enrolled(app)
    asked = app.begin()
    delete(app)
    refused = refusal(app.respond, challenge=asked, **response(TOTP, authenticator.code()))
    assert refused.code == "SoftwareTokenMFANotFoundException"


def test_a_set_up_that_was_finished_but_for_the_answer_is_none(app: App) -> None:
    configure(app.pool, "ON", TOTP)
    app.pool.create_user("bob")
    asked = app.begin("bob")
    secret = app.call("associate_software_token", Session=asked["Session"])
    authenticator = Authenticator(app.pool.world.clock, secret["SecretCode"])
    verified = app.call("verify_software_token", Session=secret["Session"], UserCode=authenticator.code())
    delete(app, "bob")
    set_up = {**asked, "Session": verified["Session"]}
    assert refusal(app.respond, challenge=set_up, username="bob").code == "InvalidParameterException"
    assert app.begin("bob")["ChallengeName"] == "MFA_SETUP"


def test_who_has_none_loses_nothing(app: App) -> None:
    turn_on(app.pool, SMS_MFA, ON)
    before = app.admin("admin_get_user")
    assert delete(app) == {}
    assert app.admin("admin_get_user") == before


def test_the_user_must_be_there_and_confirmed(app: App) -> None:
    app.pool.create_user("bob", status="UNCONFIRMED")
    assert refusal(delete, app=app, username="bob") == NOT_CONFIRMED
    assert refusal(delete, app=app, username="nobody") == USER_NOT_FOUND
    nowhere = {"UserPoolId": "us-east-1_Nowhere00", "Username": "alice"}
    assert refusal(app.call, operation="admin_delete_software_token", **nowhere) == no_pool("us-east-1_Nowhere00")
