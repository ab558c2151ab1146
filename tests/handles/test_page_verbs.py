"""What users do on pages: the verbs of a page, on pages as both versions have them."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito import Browser, Cognito, Redirect, UsageError, User, UserPool
from pytest_cognito.http.messages import Response
from tests.support import written_pages as written
from tests.support.mfa import ON, Authenticator, prefer
from tests.support.web_sites import BACK, HOST, LOGIN, WrittenSite, at, in_turn, to

TOTP_FIELD = 'id="totpCodeInput" name="authentication_code"'
CODE_FIELD = 'id="verification_code" name="code" autocomplete="one-time-code"'
NEW = "New-p4ssword!"


def test_sign_in_with_user_name_and_password(site: WrittenSite, cognito_browser: Browser, cognito_user: User) -> None:
    assert cognito_browser.get(LOGIN).sign_in(cognito_user).code == "c0de"
    entered = {"username": "alice", "password": cognito_user.password, "signInSubmitButton": "Sign in"}
    assert site.sent("/login") == entered


def test_the_user_name_comes_first(site: WrittenSite, cognito_browser: Browser, cognito_user: User) -> None:
    site.pages |= {"GET /login": written.username_first(), "POST /login": in_turn(written.password_page(), BACK)}
    assert isinstance(cognito_browser.get(LOGIN).sign_in(cognito_user), Redirect)
    assert site.sent("/login") == {"password": cognito_user.password}


@pytest.mark.parametrize("buttons", [True, False])
def test_a_choice_of_the_first_factor(
    site: WrittenSite, cognito_browser: Browser, cognito_user: User, buttons: bool
) -> None:
    choice = {"EMAIL_OTP": "Get a code by e-mail", "PASSWORD": "Enter your password"}
    chosen = written.choice("choose-challenge", "/selectChallenge", choice, buttons=buttons)
    site.pages |= {
        "GET /login": written.username_first(),
        "POST /login": in_turn(to("/selectChallenge"), BACK),
        "GET /selectChallenge": chosen,
        "POST /selectChallenge": written.password_page(),
    }
    assert cognito_browser.get(LOGIN).sign_in(cognito_user).code == "c0de"
    assert site.sent("/selectChallenge") == {"answer": "PASSWORD"}
    by_label = at(cognito_browser.get(f"https://{HOST}/selectChallenge"))
    by_label.choose("get a code by e-mail")
    assert site.sent("/selectChallenge") == {"answer": "EMAIL_OTP"}
    with pytest.raises(UsageError, match="has no choice 'SMS_OTP'"):
        by_label.choose("SMS_OTP")


@pytest.fixture
def software_token(cognito: Cognito, cognito_user: User) -> Authenticator:
    """The software token of the user."""
    pool, token = cognito_user.pool, cognito_user.tokens().access_token
    pool.call("SetUserPoolMfaConfig", MfaConfiguration="OPTIONAL", SoftwareTokenMfaConfiguration={"Enabled": True})
    secret = cognito.call("AssociateSoftwareToken", AccessToken=token)["SecretCode"]
    authenticator = Authenticator(cognito.clock, secret)
    cognito.call("VerifySoftwareToken", AccessToken=token, UserCode=authenticator.code())
    prefer(pool, SoftwareToken=ON)
    cognito.clock.advance(minutes=2)
    return authenticator


@pytest.mark.usefixtures("time_stands_still")
def test_a_code_of_the_software_token(
    site: WrittenSite, cognito_browser: Browser, cognito_user: User, software_token: Authenticator
) -> None:
    choice = {"SMS_MFA": "SMS", "SOFTWARE_TOKEN_MFA": "App"}
    site.pages |= {
        "POST /login": written.choice("choose-factor", "/mfa/options", choice, buttons=True),
        "POST /mfa/options": to("/mfa"),
        "GET /mfa": written.code_page("mfa-code", "/mfa", TOTP_FIELD),
        "POST /mfa": BACK,
    }
    assert cognito_browser.get(LOGIN).sign_in(cognito_user).code == "c0de"
    assert site.sent("/mfa/options") == {"answer": "SOFTWARE_TOKEN_MFA"}
    assert site.sent("/mfa") == {"authentication_code": software_token.code()}
    cognito_browser.get(LOGIN).sign_in(cognito_user, code="123456")
    assert site.sent("/mfa") == {"authentication_code": "123456"}


def test_a_code_that_is_refused(site: WrittenSite, cognito_browser: Browser, cognito_user: User) -> None:
    said = written.error("Invalid code or auth state for the user.")
    site.pages |= {
        "POST /login": written.code_page("mfa-code", "/mfa", TOTP_FIELD),
        "POST /mfa": written.code_page("mfa-code", "/mfa", TOTP_FIELD, said),
    }
    page = at(cognito_browser.get(LOGIN).sign_in(cognito_user, code="123456"))
    assert (page.name, page.error) == ("mfa-code", "Invalid code or auth state for the user.")
    with pytest.raises(UsageError, match="asks alice for a code, and none was sent to them: give it by code=…"):
        page.enter_code()


def test_where_more_is_asked_for(site: WrittenSite, cognito_browser: Browser, cognito_user: User) -> None:
    asked = written.new_password("new-password", "/changePassword", attributes=("given_name",))
    site.pages |= {"POST /login": asked, "POST /changePassword": BACK}
    page = at(cognito_browser.get(LOGIN).sign_in(cognito_user))
    assert page.name == "new-password"
    with pytest.raises(UsageError, match=r"the page new-password .* is not for a sign-in"):
        page.sign_in(cognito_user)
    with pytest.raises(UsageError, match="does not submit the form: 'Given_Name' has to be filled in"):
        page.new_password(NEW)
    assert page.new_password(NEW, given_name="Alice").code == "c0de"
    expected = {"password": NEW, "confirmPassword": NEW, "requiredAttributes[given_name]": "Alice"}
    assert site.sent("/changePassword") == {**expected, "reset_password": ""}


@pytest.fixture
def signing_up(site: WrittenSite, cognito: Cognito, cognito_user_pool: UserPool) -> WrittenSite:
    """The site with what signs a user up, as SignUp does."""
    client = cognito_user_pool.client.id

    def sign_up(_: Any) -> Response:
        entered = site.sent("/signup")
        email = [{"Name": "email", "Value": entered["requiredAttributes[email]"]}]
        cognito.call(
            "SignUp",
            ClientId=client,
            Username=entered["username"],
            Password=entered["password"],
            UserAttributes=email,
        )
        return to("/confirm")

    site.pages |= {
        "GET /signup": written.sign_up(),
        "POST /signup": sign_up,
        "GET /confirm": written.code_page("confirm", "/confirm", CODE_FIELD),
        "POST /confirm": BACK,
    }
    return site


def test_sign_up_and_confirm(signing_up: WrittenSite, cognito: Cognito, cognito_browser: Browser) -> None:
    page = at(cognito_browser.get(LOGIN).sign_up("bob", NEW, email="bob@example.com", given_name="Bob"))
    assert (page.name, page.url) == ("confirm", f"https://{HOST}/confirm")
    assert page.confirm().code == "c0de"
    assert signing_up.sent("/confirm") == {"code": cognito.outbox.last(to="bob@example.com").code}
    page.confirm("000000")
    assert signing_up.sent("/confirm") == {"code": "000000"}


def test_sign_up_says_what_is_missing(signing_up: WrittenSite, cognito_browser: Browser) -> None:
    page = at(cognito_browser.get(f"https://{HOST}/signup"))
    with pytest.raises(UsageError, match=r"the page sign-up .* has no field 'birthdate'. On it are: fields username"):
        page.sign_up("bob", NEW, birthdate="2000-01-01")
    with pytest.raises(UsageError, match="'Email', 'Given name' has to be filled in"):
        page.sign_up("bob", NEW)


def test_a_code_for_nobody(signing_up: WrittenSite, cognito_browser: Browser) -> None:
    page = at(cognito_browser.get(f"https://{HOST}/confirm"))
    with pytest.raises(UsageError, match="does not know whose code it is to enter: give it by code="):
        page.confirm()
    assert page.confirm("123456").code == "c0de"


def test_reset_password(site: WrittenSite, cognito: Cognito, cognito_browser: Browser, cognito_user: User) -> None:
    client = cognito_user.pool.client.id

    def forgot(_: Any) -> Response:
        cognito.call("ForgotPassword", ClientId=client, Username=site.sent("/forgotPassword")["username"])
        return to("/confirmForgotPassword")

    site.pages |= {
        "GET /forgotPassword": written.forgot_password(),
        "POST /forgotPassword": forgot,
        "GET /confirmForgotPassword": written.new_password(
            "confirm-forgot-password", "/confirmForgotPassword", code=True
        ),
        "POST /confirmForgotPassword": to("/login"),
    }
    page = at(cognito_browser.get(LOGIN).reset_password(cognito_user, NEW))
    assert page.name == "sign-in"
    code = cognito.outbox.last(to="alice@example.com").code
    assert site.sent("/confirmForgotPassword") == {
        "code": code,
        "password": NEW,
        "confirmPassword": NEW,
        "reset_password": "",
    }
    at(cognito_browser.get(f"https://{HOST}/forgotPassword")).reset_password("alice", NEW, code="000000")
    assert site.sent("/confirmForgotPassword")["code"] == "000000"
    with pytest.raises(UsageError, match="is not for reset_password"):
        at(cognito_browser.get("/confirmForgotPassword")).reset_password("alice", NEW)


@pytest.mark.usefixtures("time_stands_still")
def test_set_up_totp(site: WrittenSite, cognito: Cognito, cognito_browser: Browser, cognito_user: User) -> None:
    blocks: dict[str, Any] = {"SoftwareTokenMfaConfiguration": {"Enabled": True}}
    cognito_user.pool.call("SetUserPoolMfaConfig", MfaConfiguration="OPTIONAL", **blocks)
    secret = cognito.call("AssociateSoftwareToken", AccessToken=cognito_user.tokens().access_token)["SecretCode"]
    site.pages |= {"POST /login": written.software_token(secret), "POST /mfa/register": BACK}
    page = at(cognito_browser.get(LOGIN).sign_in(cognito_user))
    assert page.set_up_totp().code == "c0de"
    assert site.sent("/mfa/register") == {"code": Authenticator(cognito.clock, secret).code()}
