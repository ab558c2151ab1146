"""A person on every page, in both versions, from the first to the end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from pytest_cognito import Cognito
from tests.support import mfa, pages
from tests.support.chromium import Problems, Site, alert, enter_password, fill, press
from tests.support.codes import last_code, wrong
from tests.support.mfa import EMAIL_OTP, SMS_MFA, TOTP, Authenticator
from tests.support.settings import SES, recovery

if TYPE_CHECKING:
    from playwright.sync_api import Page

NEW_PASSWORD = "An0ther-horse!"
WRONG_CODE = "Invalid code or auth state for the user."


def heading(tab: Page) -> str:
    return tab.get_by_role("heading", level=1).inner_text()


def test_sign_in_and_sign_out(tab: Page, site: Site) -> None:
    site.start(tab, state="s1")
    enter_password(tab, "not-it")
    assert alert(tab) == "Incorrect username or password."
    assert tab.get_by_label("Username").input_value() == "alice"
    focused = tab.locator("input:focus")
    assert (focused.get_attribute("name"), focused.get_attribute("aria-describedby")) == (
        "password",
        "loginErrorMessage",
    )
    enter_password(tab, site.password)
    assert site.user(tab) == "alice"
    assert parse_qs(urlsplit(tab.url).query)["state"] == ["s1"]

    site.start(tab)
    assert site.user(tab) == "alice"  # nobody was asked for a password
    site.sign_out(tab)
    site.start(tab)
    assert "/login?" in tab.url


class TestSignUp:
    @pytest.fixture
    def pool_settings(self) -> dict[str, Any]:
        attributes = [{"Name": name, "Required": True} for name in ("email", "name")]
        return {"Schema": attributes, "AutoVerifiedAttributes": ["email"]}

    def test_sign_up(self, tab: Page, cognito: Cognito, site: Site) -> None:
        site.start(tab)
        tab.get_by_role("link", name=re.compile("Sign up|Create an account")).click()
        fill(tab, Username="bob", Email="bob@example.com", Name="Bob", Password="short")
        met = tab.locator(".password-rules .passwordCheck-valid-customizable")
        assert met.count() == 2
        press(tab, "Sign up")
        assert "Password did not conform with policy" in alert(tab)
        assert tab.get_by_label("Email", exact=True).input_value() == "bob@example.com"
        fill(tab, Password=NEW_PASSWORD)
        assert met.count() == 6
        press(tab, "Sign up")
        first = last_code(cognito.outbox, "bob@example.com")
        assert "b***@e***" in tab.get_by_role("main").inner_text()
        fill(tab, Verification_code=wrong(first))
        press(tab, "Confirm account")
        assert "Invalid verification code provided" in alert(tab)
        press(tab, "Send a new code")
        assert "new code" in tab.get_by_role("status").inner_text()
        fill(tab, Verification_code=last_code(cognito.outbox, "bob@example.com"))
        press(tab, "Confirm account")

        claims = site.claims(tab)
        assert (claims["cognito:username"], claims["name"], claims["email_verified"]) == ("bob", "Bob", True)


def test_a_forgotten_password(tab: Page, cognito: Cognito, site: Site) -> None:
    site.pool.call("AdminUpdateUserAttributes", Username="alice", UserAttributes=pages.verified("email"))
    site.start(tab)
    tab.get_by_role("link", name="Forgot your password?").click()
    fill(tab, Username="alice")
    press(tab, "Reset my password")
    fill(tab, Code=last_code(cognito.outbox), New_password=NEW_PASSWORD, Enter_new_password_again="another")
    press(tab, "Change Password")
    assert alert(tab)
    code = last_code(cognito.outbox)
    fill(tab, Code=code, New_password=NEW_PASSWORD, Enter_new_password_again=NEW_PASSWORD)
    press(tab, "Change Password")

    enter_password(tab, NEW_PASSWORD)
    assert site.user(tab) == "alice"


def test_a_temporary_password(tab: Page, site: Site) -> None:
    temporary = "T3mporary-horse!"
    site.pool.call("AdminCreateUser", Username="carol", TemporaryPassword=temporary, MessageAction="SUPPRESS")
    site.start(tab)
    enter_password(tab, temporary, "carol")
    fill(tab, New_password=NEW_PASSWORD, Enter_new_password_again="another")
    press(tab, "Send")
    assert alert(tab)
    fill(tab, New_password=NEW_PASSWORD, Enter_new_password_again=NEW_PASSWORD)
    press(tab, "Send")

    assert site.user(tab) == "carol"


def test_an_authenticator_app_is_set_up_and_used(tab: Page, cognito: Cognito, site: Site) -> None:
    mfa.configure(site.pool, "ON", TOTP)
    site.start(tab)
    enter_password(tab, site.password)
    assert tab.get_by_role("img", name="QR code").bounding_box()
    secret = tab.locator(".totp-secret")
    app = Authenticator(cognito.clock, secret.inner_text())
    address = urlsplit(secret.get_attribute("data-uri") or "")
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert parse_qs(address.query)["secret"] == [app.secret]
    fill(tab, **{"Then enter the code that the app shows.": app.wrong()})
    press(tab, "Continue")
    assert alert(tab)
    fill(tab, **{"Then enter the code that the app shows.": app.code()})
    press(tab, "Continue")
    assert site.user(tab) == "alice"

    site.sign_out(tab)
    site.start(tab)
    enter_password(tab, site.password)
    assert heading(tab) == "Enter the code from your authenticator app"
    fill(tab, Enter_code=app.code(1))
    press(tab, "Sign in")
    assert site.user(tab) == "alice"


def test_a_phone_number_is_set_up(tab: Page, cognito: Cognito, site: Site) -> None:
    mfa.configure(site.pool, "ON", SMS_MFA, TOTP)
    carol = site.pool.create_user("carol")
    site.start(tab)
    enter_password(tab, carol.password or "", "carol")
    assert heading(tab) == "Set up multi-factor authentication"
    fill(tab, Phone_number="+15555550199")
    press(tab, "Send code")
    fill(tab, Enter_code=last_code(cognito.outbox, "+15555550199"))
    press(tab, "Sign in")

    assert site.user(tab) == "carol"


class TestSeveralFactors:
    @pytest.fixture
    def pool_settings(self) -> dict[str, Any]:
        return {"EmailConfiguration": SES, **recovery("admin_only")}

    def test_a_choice_of_factors(self, tab: Page, cognito: Cognito, site: Site) -> None:
        site.pool.call(
            "AdminUpdateUserAttributes", Username="alice", UserAttributes=pages.verified("email", "phone_number")
        )
        mfa.configure(site.pool, "ON", SMS_MFA, EMAIL_OTP)
        for factor in (SMS_MFA, EMAIL_OTP):
            mfa.turn_on(site.pool, factor)
        for choice, sent_to in (("Code by text message", "+15555550100"), ("Code by email", "alice@example.com")):
            site.start(tab)
            enter_password(tab, site.password)
            self.choose(tab, choice)
            code = last_code(cognito.outbox, sent_to)
            fill(tab, Enter_code=wrong(code))
            press(tab, "Sign in")
            assert alert(tab) == WRONG_CODE
            fill(tab, Enter_code=code)
            press(tab, "Sign in")
            assert site.user(tab) == "alice"
            site.sign_out(tab)

    @staticmethod
    def choose(tab: Page, choice: str) -> None:
        """Managed login has a button for each factor, the classic hosted UI a radio button."""
        if tab.get_by_role("radio").count():
            tab.get_by_role("radio", name=choice).check()
            press(tab, "Continue")
        else:
            press(tab, choice)


def test_a_request_that_is_wrong(tab: Page, site: Site, problems: Problems) -> None:
    problems.allowed.add(400)
    site.start(tab, redirect_uri="https://evil.example.com/")

    assert urlsplit(tab.url).path == "/error"
    assert alert(tab) == "redirect_mismatch"
    assert tab.locator(":focus").get_attribute("role") == "alert"
