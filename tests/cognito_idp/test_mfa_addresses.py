"""Second factors whose codes have nowhere to go: never a sign-in without one, and no way to get there."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito import UserPool
from tests.support.app import PASSWORD, App
from tests.support.codes import last_code
from tests.support.mfa import (
    ATTRIBUTE,
    EMAIL_FIRST,
    EMAIL_OTP,
    FACTORS,
    ON,
    PREFERRED,
    SMS_MFA,
    TOTP,
    MakeMfaApp,
    arranged,
    asked,
    configure,
    enrolled,
    prefer,
    response,
    turn_on,
)
from tests.support.refusals import NO_MFA_METHOD, invalid_parameter, refusal
from tests.support.srp import SrpClient

# Locks and codes are not to run out on a slow machine.
pytestmark = pytest.mark.usefixtures("time_stands_still")
BY_MESSAGE = pytest.mark.parametrize("factor", [SMS_MFA, EMAIL_OTP])


@pytest.fixture
def pool(mfa_pool: UserPool) -> UserPool:
    return mfa_pool


def lose(app: App, factor: str) -> None:
    """Delete the address that a factor's codes go to."""
    app.admin("admin_delete_user_attributes", UserAttributeNames=[ATTRIBUTE[factor]])


def needed(factor: str) -> object:
    return invalid_parameter(f"{ATTRIBUTE[factor]} cannot be removed while it is needed for MFA.")


@BY_MESSAGE
@pytest.mark.parametrize("setting", [ON, PREFERRED])
def test_a_factor_whose_address_is_gone(app: App, factor: str, setting: dict[str, bool]) -> None:
    turn_on(app.pool, factor, setting)
    lose(app, factor)
    assert refusal(app.begin) == NO_MFA_METHOD
    assert refusal(app.admin_initiate_auth, USERNAME="alice", PASSWORD=PASSWORD) == NO_MFA_METHOD
    assert refusal(SrpClient(app).run) == NO_MFA_METHOD


def test_another_factor_stands_in_unless_the_lost_one_is_preferred(app: App) -> None:
    enrolled(app)
    prefer(app.pool, SMS=ON)
    lose(app, SMS_MFA)
    assert asked(app) == TOTP
    app.admin("admin_update_user_attributes", UserAttributes=[{"Name": "phone_number", "Value": "+15550001111"}])
    prefer(app.pool, SMS=PREFERRED)
    lose(app, SMS_MFA)
    assert refusal(app.begin) == NO_MFA_METHOD
    prefer(app.pool, SMS={"Enabled": False})
    assert asked(app) == TOTP


def test_the_address_can_be_given_back(app: App) -> None:
    prefer(app.pool, SMS=PREFERRED)
    lose(app, SMS_MFA)
    app.admin("admin_update_user_attributes", UserAttributes=[{"Name": "phone_number", "Value": "+15550001111"}])
    assert asked(app) == SMS_MFA


def test_a_lost_factor_is_not_replaced_in_mfa_setup(app: App) -> None:
    """Who knows the password alone can't go on with an authenticator of their own."""
    prefer(app.pool, SMS=ON)
    lose(app, SMS_MFA)
    configure(app.pool, "ON", SMS_MFA, TOTP)
    assert refusal(app.begin) == NO_MFA_METHOD


# Where everybody needs one


def sign_in(app: App, factor: str) -> str:
    """The access token of a sign-in with a code."""
    code = response(factor, last_code(app.pool.world.outbox)) if (challenge := app.begin()) else {}
    return str(app.respond(challenge, **code)["AuthenticationResult"]["AccessToken"])


@pytest.mark.parametrize(("offered", "has", "factor"), [("sms", "phone", SMS_MFA), ("email totp", "email", EMAIL_OTP)])
def test_the_address_that_a_sign_in_needs_stays(make_mfa_app: MakeMfaApp, offered: str, has: str, factor: str) -> None:
    app = arranged(make_mfa_app, "ON", offered, has, recovering=["admin_only"])
    token, name = sign_in(app, factor), ATTRIBUTE[factor]
    before = app.attributes()
    call = app.idp.delete_user_attributes
    assert refusal(call, AccessToken=token, UserAttributeNames=[name]) == needed(factor)
    emptied = [{"Name": name, "Value": ""}]
    assert refusal(app.idp.update_user_attributes, AccessToken=token, UserAttributes=emptied) == needed(factor)
    assert refusal(lose, app=app, factor=factor) == needed(factor)
    assert app.attributes() == before
    assert asked(app) == factor


def test_one_of_two_addresses_can_go(make_mfa_app: MakeMfaApp) -> None:
    app = arranged(make_mfa_app, "ON", "sms email", "phone email", recovering=["admin_only"])
    lose(app, SMS_MFA)
    assert asked(app) == EMAIL_OTP
    assert refusal(lose, app=app, factor=EMAIL_OTP) == needed(EMAIL_OTP)


def test_an_address_beside_an_authenticator_can_go(make_mfa_app: MakeMfaApp) -> None:
    app = arranged(make_mfa_app, "ON", "sms totp", "totp phone")
    lose(app, SMS_MFA)
    assert asked(app) == TOTP


def test_an_address_that_is_no_factor_can_go(make_mfa_app: MakeMfaApp) -> None:
    app = arranged(make_mfa_app, "ON", "sms totp email", "email", recovering=EMAIL_FIRST)
    lose(app, EMAIL_OTP)
    assert "email" not in app.attributes()


def test_where_mfa_is_optional_addresses_can_go(app: App) -> None:
    for factor in (SMS_MFA, EMAIL_OTP):
        turn_on(app.pool, factor)
        lose(app, factor)
    configure(app.pool, "OFF")
    assert asked(app) == "tokens"
    assert set(FACTORS) > {SMS_MFA, EMAIL_OTP}
