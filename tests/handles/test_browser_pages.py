"""What users do on the pages of a domain in both versions, by the browser of a test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest

from pytest_cognito import Browser, Cognito, Page, Redirect, User, UserPool
from pytest_cognito.http import hosts
from tests.support.mfa import ON, Authenticator, prefer
from tests.support.web_sites import at

CALLBACK = "https://app.example.com/callback"
CLIENT: dict[str, Any] = {
    "AllowedOAuthFlowsUserPoolClient": True,
    "AllowedOAuthFlows": ["code"],
    "AllowedOAuthScopes": ["openid", "email", "aws.cognito.signin.user.admin"],
    "CallbackURLs": [CALLBACK],
    "SupportedIdentityProviders": ["COGNITO"],
    "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"],
}
NEW = "New-p4ssword!"
SES: dict[str, Any] = {
    "EmailConfiguration": {
        "EmailSendingAccount": "DEVELOPER",
        "SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/me@example.com",
    }
}
EMAIL: dict[str, Any] = {"AutoVerifiedAttributes": ["email"], "Schema": [{"Name": "email", "Required": True}]}
TOKEN: dict[str, Any] = {"SoftwareTokenMfaConfiguration": {"Enabled": True}}
Start = Callable[[UserPool], str]


@pytest.fixture(params=[1, 2], ids=["classic", "managed"])
def start(request: pytest.FixtureRequest) -> Start:
    """Gives a pool a domain and an app client, and says where the application sends its users."""

    def start(pool: UserPool) -> str:
        pool.call("CreateUserPoolDomain", Domain="notes", ManagedLoginVersion=request.param)
        client = pool.create_client(**CLIENT)
        if request.param == 2:
            pool.call("CreateManagedLoginBranding", ClientId=client.id, UseCognitoProvidedValues=True)
        query = {"client_id": client.id, "response_type": "code", "redirect_uri": CALLBACK, "state": "s"}
        return f"https://{hosts.prefix_domain('notes', 'us-east-1')}/oauth2/authorize?{urlencode(query)}"

    return start


def test_sign_up_and_confirm(cognito: Cognito, cognito_browser: Browser, start: Start) -> None:
    pool = cognito.create_user_pool(**EMAIL)
    url = start(pool)
    page = at(cognito_browser.get(url).sign_up("bob", "Passw0rd!x", email="bob@example.com"))
    assert page.name == "confirm"
    back = page.confirm()
    assert (back.state, bool(back.code)) == ("s", True)
    assert pool.user("bob").status == "CONFIRMED"


def test_a_new_code_for_a_sign_up(cognito: Cognito, cognito_browser: Browser, start: Start) -> None:
    pool = cognito.create_user_pool(**EMAIL)
    page = at(cognito_browser.get(start(pool)).sign_up("bob", "Passw0rd!x", email="bob@example.com"))
    wrong = at(page.confirm("1" if cognito.outbox.last().code == "000000" else "000000"))
    assert wrong.error is not None
    assert "Invalid verification code provided, please try again." in wrong.error
    again = at(wrong.click("Send a new code" if "Send a new code" in wrong.buttons else wrong.buttons[-1]))
    assert len(cognito.outbox.to("bob@example.com")) == 2
    assert again.confirm().code


def test_a_confirmation_by_link(cognito: Cognito, cognito_browser: Browser, start: Start) -> None:
    link: dict[str, Any] = {"VerificationMessageTemplate": {"DefaultEmailOption": "CONFIRM_WITH_LINK"}}
    pool = cognito.create_user_pool(**EMAIL, **link)
    page = at(cognito_browser.get(start(pool)).sign_up("bob", "Passw0rd!x", email="bob@example.com"))
    assert page.confirm().code
    assert pool.user("bob").status == "CONFIRMED"


def test_a_forgotten_password(cognito: Cognito, cognito_browser: Browser, start: Start) -> None:
    pool = cognito.create_user_pool(**EMAIL)
    url, alice = start(pool), pool.create_user("alice", email="alice@example.com")
    page = at(cognito_browser.get(url).reset_password(alice, NEW))
    assert page.name == "sign-in"
    assert alice.password == NEW
    assert page.sign_in(alice).code


def test_a_temporary_password(cognito: Cognito, cognito_browser: Browser, start: Start) -> None:
    pool = cognito.create_user_pool()
    url = start(pool)
    alice = pool.create_user("alice", password="Temp-0rary!", status="FORCE_CHANGE_PASSWORD")
    page = at(cognito_browser.get(url).sign_in(alice))
    assert page.name == "change-password"
    assert page.new_password(NEW).code
    assert alice.password == NEW


def _enrol(cognito: Cognito, alice: User) -> Authenticator:
    token = alice.tokens(scopes=["aws.cognito.signin.user.admin"]).access_token
    secret = cognito.call("AssociateSoftwareToken", AccessToken=token)["SecretCode"]
    authenticator = Authenticator(cognito.clock, secret)
    cognito.call("VerifySoftwareToken", AccessToken=token, UserCode=authenticator.code())
    cognito.clock.advance(minutes=2)
    return authenticator


def test_a_software_token_beside_sms(cognito: Cognito, cognito_browser: Browser, start: Start) -> None:
    pool = cognito.create_user_pool(**SES)
    sms: dict[str, Any] = {
        "SmsMfaConfiguration": {"SmsConfiguration": {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms"}}
    }
    pool.call("SetUserPoolMfaConfig", MfaConfiguration="OPTIONAL", **TOKEN, **sms)
    url, alice = start(pool), pool.create_user("alice", phone_number="+15555550100")
    _enrol(cognito, alice)
    prefer(pool, SoftwareToken=ON, SMS=ON)
    page = at(cognito_browser.get(url))
    assert page.sign_in(alice).code
    assert not cognito.outbox
    prefer(pool, SoftwareToken={"Enabled": False}, SMS=ON)
    assert cognito.browser().get(url).sign_in(alice).code
    assert len(cognito.outbox) == 1
    page = at(cognito.browser().get(url).sign_in(alice, code="000000"))
    assert page.error is not None
    assert page.enter_code().code


def test_a_software_token_is_set_up(cognito: Cognito, cognito_browser: Browser, start: Start) -> None:
    pool = cognito.create_user_pool()
    pool.call("SetUserPoolMfaConfig", MfaConfiguration="ON", **TOKEN)
    url, alice = start(pool), pool.create_user("alice")
    page = at(cognito_browser.get(url).sign_in(alice))
    assert page.name == "set-up-mfa"
    assert page.set_up_totp().code
    cognito.clock.advance(minutes=1)
    assert cognito.browser().get(url).sign_in(alice).code


FACTORS: dict[str, Any] = {
    "Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"]}}
}


class TestChoice:
    """Choice-based sign-in, which managed login has."""

    @pytest.fixture
    def pool(self, cognito: Cognito) -> UserPool:
        pool = cognito.create_user_pool(**FACTORS, **SES, **EMAIL)
        domain = hosts.prefix_domain("notes", "us-east-1")
        pool.call("CreateUserPoolDomain", Domain="notes", ManagedLoginVersion=2)
        client = pool.create_client(**CLIENT)
        pool.call("CreateManagedLoginBranding", ClientId=client.id, UseCognitoProvidedValues=True)
        pool.call("SetUserPoolMfaConfig", WebAuthnConfiguration={"RelyingPartyId": domain})
        return pool

    @pytest.fixture
    def url(self, pool: UserPool) -> str:
        query = {"client_id": pool.client.id, "response_type": "code", "redirect_uri": CALLBACK}
        return f"https://{hosts.prefix_domain('notes', 'us-east-1')}/login?{urlencode(query)}"

    def test_by_password_and_by_code(self, pool: UserPool, url: str, cognito: Cognito) -> None:
        alice = pool.create_user("alice", email="alice@example.com")
        assert cognito.browser().get(url).sign_in(alice).code
        assert not cognito.outbox
        bob = pool.create_user("bob", email="bob@example.com", passwordless=True)
        assert cognito.browser().get(url).sign_in(bob).code
        assert len(cognito.outbox) == 1

    def test_by_passkey(self, pool: UserPool, url: str, cognito: Cognito, cognito_browser: Browser) -> None:
        alice, passkey = pool.create_user("alice", email="alice@example.com"), cognito.passkey()
        cognito_browser.get(url).sign_in(alice)
        page = at(cognito_browser.get(url.replace("/login", "/passkeys/add")))
        assert isinstance(page.register_passkey(passkey), Redirect)
        assert cognito.browser().get(url).sign_in(alice, passkey=passkey).code
        assert cognito.browser().get(url).sign_in(alice).code

    def test_a_forgotten_password(self, pool: UserPool, url: str, cognito: Cognito, cognito_browser: Browser) -> None:
        alice = pool.create_user("alice", email="alice@example.com")
        page = at(cognito_browser.get(url).reset_password(alice, NEW))
        assert alice.password == NEW
        assert isinstance(page, Page)
