"""SetUserSettings and AdminSetUserSettings: the old way to turn SMS on as a second factor."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito import UserPool
from tests.support.app import App
from tests.support.mfa import FACTORS, OFF, ON, PREFERRED, configure, prefer
from tests.support.mfa_preferences import (
    AT_LEAST_ONE,
    BY_EITHER,
    BY_SMS,
    Choose,
    no_delivery,
    options,
    preference,
    told,
)
from tests.support.refusals import Refusal, invalid_parameter, refusal


@pytest.fixture
def pool(mfa_pool: UserPool) -> UserPool:
    return mfa_pool


@pytest.fixture(params=BY_EITHER)
def choose(request: pytest.FixtureRequest, app: App) -> Choose:
    return preference(app, request.param)


@pytest.fixture(params=BY_EITHER)
def choose_the_old_way(request: pytest.FixtureRequest, app: App) -> Choose:
    return options(app, request.param)


def test_the_old_way_knows_sms(app: App, choose_the_old_way: Choose) -> None:
    answer = choose_the_old_way(BY_SMS)
    assert answer == {}
    assert told(app) == (None, ["SMS_MFA"], [BY_SMS])
    assert app.begin()["ChallengeName"] == "SMS_MFA"
    assert app.users()[0]["MFAOptions"] == [BY_SMS]
    choose_the_old_way()
    assert told(app) == (None, None, None)
    assert "MFAOptions" not in app.users()[0]


def test_the_old_way_leaves_other_factors_alone(app: App, choose_the_old_way: Choose) -> None:
    prefer(app.pool, Email=PREFERRED)
    choose_the_old_way(BY_SMS)
    assert told(app) == ("EMAIL_OTP", ["SMS_MFA", "EMAIL_OTP"], [BY_SMS])
    prefer(app.pool, SMS=PREFERRED)
    choose_the_old_way()
    assert told(app) == (None, ["EMAIL_OTP"], None)


def test_the_new_way_does_not_fill_the_old_options_but_empties_them(
    app: App, choose: Choose, choose_the_old_way: Choose
) -> None:
    choose(SMSMfaSettings=ON)
    assert told(app) == (None, ["SMS_MFA"], None)
    choose_the_old_way(BY_SMS)
    choose(SMSMfaSettings=OFF)
    assert told(app) == (None, None, None)


@pytest.mark.parametrize("option", [{"DeliveryMedium": "EMAIL"}, {"DeliveryMedium": "SMS", "AttributeName": "email"}])
def test_the_old_way_knows_nothing_else(choose_the_old_way: Choose, option: dict[str, str]) -> None:
    code, message = _refusal_of(choose_the_old_way, option)
    assert (code, message) == invalid_parameter("MFAOptions take SMS to phone_number only.")


def test_the_old_way_needs_a_number_too(app: App, choose_the_old_way: Choose) -> None:
    app.admin("admin_delete_user_attributes", UserAttributeNames=["phone_number"])
    assert _refusal_of(choose_the_old_way, BY_SMS) == no_delivery("SMS_MFA")


def test_the_old_way_cannot_take_the_last_factor_either(app: App, choose_the_old_way: Choose) -> None:
    choose_the_old_way(BY_SMS)
    configure(app.pool, "ON", *FACTORS)
    assert _refusal_of(choose_the_old_way) == AT_LEAST_ONE


def _refusal_of(choose: Choose, *options: dict[str, str]) -> Refusal:
    return refusal(lambda: choose(*options))
