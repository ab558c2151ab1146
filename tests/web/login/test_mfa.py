"""The pages of second factors: codes, the choice of a factor, and its set-up."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest

from pytest_cognito import Cognito
from tests.support import mfa, pages
from tests.support.codes import last_code, wrong
from tests.support.functions import failing
from tests.support.mfa import EMAIL_OTP, SMS_MFA, TOTP
from tests.support.pages import BASE, MANAGED, Browser, Site, open_sign_in, query
from tests.support.settings import SES, recovery

WRONG_CODE = "Invalid code or auth state for the user."
BY_EMAIL: dict[str, Any] = {"EmailConfiguration": SES, **recovery("verified_phone_number")}


def make(cognito: Cognito, *factors: str, mode: str = "ON", **settings: Any) -> Site:
    """A client of a pool with managed login that asks for these factors."""
    pool = pages.make_pool(cognito, MANAGED, **settings)
    mfa.configure(pool, mode, *factors)
    return pages.make_client(pool)


def enter_password(client: Site, browser: Browser | None = None) -> Browser:
    browser = open_sign_in(client, browser)
    browser.submit(username="alice", password=client.password())
    return browser


def test_a_code_by_sms(cognito: Cognito) -> None:
    client = make(cognito, SMS_MFA)
    browser = enter_password(client)

    assert browser.page.path == "/mfa"
    assert "+*******0100" in browser.page.response.text
    code = last_code(cognito.outbox)
    assert browser.submit(authentication_code=wrong(code)).error == WRONG_CODE
    assert pages.user_of(client, browser.submit(authentication_code=code).code) == "alice"


def test_another_code(cognito: Cognito) -> None:
    client = make(cognito, EMAIL_OTP, **BY_EMAIL)
    browser = enter_password(client)
    first = last_code(cognito.outbox)
    browser.submit("Send a new code")

    assert "We have sent a new code to a***@e***." in browser.page.response.text
    assert browser.submit(authentication_code=first).error == WRONG_CODE
    assert browser.submit(authentication_code=last_code(cognito.outbox)).code


def test_wrong_codes_lock_the_user_out(cognito: Cognito) -> None:
    browser = enter_password(make(cognito, SMS_MFA))
    code = last_code(cognito.outbox)
    for _ in range(5):
        assert browser.submit(authentication_code=wrong(code)).error == WRONG_CODE

    assert browser.submit(authentication_code=code).error == "Password attempts exceeded"


def test_five_minutes_are_all_there_is(cognito: Cognito) -> None:
    browser = enter_password(make(cognito, SMS_MFA))
    cognito.clock.advance(dt.timedelta(minutes=4, seconds=59))
    assert browser.submit(authentication_code="000000").error == WRONG_CODE
    cognito.clock.advance(dt.timedelta(seconds=1))

    shown = browser.submit(authentication_code=last_code(cognito.outbox))

    assert (shown.path, shown.error) == ("/login", "Something went wrong")


def test_a_function_that_fails_ends_the_attempt(cognito: Cognito) -> None:
    client = make(cognito, SMS_MFA)
    browser = enter_password(client)
    client.pool.set_trigger("PostAuthentication", failing)

    shown = browser.submit(authentication_code=last_code(cognito.outbox))

    assert shown.path == "/login"
    assert shown.error.startswith("PostAuthentication failed with error ")


def test_a_choice_of_factors_and_the_way_back(cognito: Cognito) -> None:
    client = make(cognito, SMS_MFA, EMAIL_OTP, EmailConfiguration=SES, **recovery("admin_only"))
    browser = enter_password(client)

    assert browser.page.path == "/mfa/options"
    browser.submit(answer="SMS_MFA")
    assert browser.page.path == "/mfa"
    assert browser.submit("Try another way").path == "/mfa/options"
    browser.submit(answer="EMAIL_OTP")
    assert "a***@e***" in browser.page.response.text
    assert browser.submit(authentication_code=last_code(cognito.outbox)).code


def test_a_factor_that_is_not_offered_can_not_be_chosen(cognito: Cognito) -> None:
    client = make(cognito, SMS_MFA, EMAIL_OTP, EmailConfiguration=SES, **recovery("admin_only"))
    shown = enter_password(client).submit(answer="SOFTWARE_TOKEN_MFA")

    assert (shown.path, shown.error) == ("/mfa/options", "Invalid MFA type selected.")


def set_up_totp(cognito: Cognito, browser: Browser) -> tuple[pages.Shown, pyotp.TOTP]:
    page = browser.page
    assert page.path == "/mfa/register"
    app = pyotp.parse_uri(page.ids["totpSecret"]["data-uri"])
    assert isinstance(app, pyotp.TOTP)
    return browser.submit(authentication_code=app.at(cognito.clock.now())), app


def test_an_authenticator_app_is_set_up_and_used(cognito: Cognito) -> None:
    client = make(cognito, TOTP)
    browser = enter_password(client)
    first = browser.page.ids["totpSecret"]["data-uri"]
    assert browser.submit(authentication_code="000000").error == "Code mismatch and fail enable Software Token MFA"
    assert browser.page.ids["totpSecret"]["data-uri"] == first
    shown, app = set_up_totp(cognito, browser)
    assert pages.user_of(client, shown.code) == "alice"
    assert (app.issuer, app.name) == (client.pool.call("DescribeUserPool")["UserPool"]["Name"], "alice")

    cognito.clock.advance(dt.timedelta(minutes=2))
    again = enter_password(client)
    assert (again.page.path, again.page.heading) == ("/mfa", "Enter the code from your authenticator app")
    code = app.at(cognito.clock.now())
    assert again.submit(authentication_code=code).code
    once_more = enter_password(client).submit(authentication_code=code)
    assert once_more.error == "Your software token has already been used once."


def test_a_phone_number_is_set_up(cognito: Cognito) -> None:
    client = make(cognito, SMS_MFA, addresses=["email"])
    browser = enter_password(client)

    assert (browser.page.path, browser.page.heading) == ("/mfa/register", "Set up text messages")
    assert browser.submit(phone_number="12").error == "Invalid phone number format."
    browser.submit(phone_number="+15555550199")
    assert browser.page.path == "/mfa"
    assert browser.submit(authentication_code=last_code(cognito.outbox, "+15555550199")).code
    assert client.pool.user("alice").attributes["phone_number_verified"] == "true"


def test_an_address_is_one_of_several_factors_to_set_up(cognito: Cognito) -> None:
    client = make(cognito, TOTP, EMAIL_OTP, addresses=["phone_number"], **BY_EMAIL)
    browser = enter_password(client)

    assert "totpSecret" in browser.page.ids
    browser.submit("Send code", email="ann@example.com")
    assert browser.submit(authentication_code=last_code(cognito.outbox, "ann@example.com")).code


def test_who_has_got_a_factor_elsewhere_can_not_set_up_another(cognito: Cognito) -> None:
    client = make(cognito, TOTP)
    early, late = enter_password(client), enter_password(client)
    set_up_totp(cognito, late)

    shown, _ = set_up_totp(cognito, early)

    assert (shown.path, shown.error) == ("/login", "Something went wrong")


def test_a_new_password_is_asked_for_before_a_factor(cognito: Cognito) -> None:
    client = make(cognito, SMS_MFA)
    client.pool.call("AdminSetUserPassword", Username="alice", Password="Temporary1!", Permanent=False)
    browser = open_sign_in(client)
    browser.submit(username="alice", password="Temporary1!")

    assert browser.page.path == "/changePassword"
    browser.submit(password="Brandnew1!", confirmPassword="Brandnew1!")
    assert browser.page.path == "/mfa"
    shown = browser.submit(authentication_code=last_code(cognito.outbox))
    assert parse_qs(urlsplit(shown.location).query)["state"] == ["s"]


@pytest.mark.parametrize("path", ["/mfa", "/mfa/options", "/mfa/register", "/changePassword", "/selectChallenge"])
def test_a_page_that_nothing_waits_for_is_the_first_one(cognito: Cognito, path: str) -> None:
    shown = Browser().open(f"{BASE}{path}", **query(make(cognito, SMS_MFA)))

    assert (shown.path, shown.error) == ("/login", "")


def test_a_page_that_another_challenge_waits_for_is_that_of_the_challenge(cognito: Cognito) -> None:
    client = make(cognito, SMS_MFA)
    browser = enter_password(client)

    assert browser.open(f"{BASE}/changePassword", **query(client)).path == "/mfa"
    assert browser.post("/selectChallenge", query(client), answer="PASSWORD").path == "/mfa"
    assert browser.submit(authentication_code=last_code(cognito.outbox)).code


def test_what_waits_in_a_browser_is_of_no_use_to_another_client(cognito: Cognito) -> None:
    client = make(cognito, SMS_MFA)
    other = pages.make_client(client.pool)
    browser = enter_password(client)

    shown = browser.post("/mfa", query(other), authentication_code=last_code(cognito.outbox))

    assert (shown.path, shown.error, shown.code) == ("/login", "Something went wrong", None)
