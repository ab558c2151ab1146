"""Sign-in by a simulated identity provider, from the pages of a domain."""

from __future__ import annotations

import json

import pytest

from pytest_cognito import Browser, Cognito, UsageError
from pytest_cognito.http.messages import Response
from tests.support import written_pages as written
from tests.support.web_sites import BACK, HOST, LOGIN, WrittenSite, at, register, to


@pytest.fixture
def google(cognito: Cognito, site: WrittenSite) -> WrittenSite:
    buttons = written.provider_form("Google", "<button>Continue with Google</button>")
    buttons += written.provider_form("ACME", '<input type="submit" value="ACME" aria-label="ACME"/>')
    site.pages["GET /login"] = written.document("sign-in", buttons + written.password_page())
    site.pages["GET /oauth2/authorize"] = to("https://accounts.google.com/o/oauth2/v2/auth?state=x")
    site.pages["GET /oauth2/idpresponse"] = BACK
    pages: dict[str, str | Response] = {
        "GET /o/oauth2/v2/auth": written.provider(),
        "POST /o/oauth2/v2/auth": to(f"https://{HOST}/oauth2/idpresponse?code=1"),
    }
    return register(cognito, "accounts.google.com", pages)


def test_a_user_of_the_provider(google: WrittenSite, site: WrittenSite, cognito_browser: Browser) -> None:
    page = at(cognito_browser.get(LOGIN))
    assert (page.providers, page.buttons) == (["Google", "ACME"], ["Continue"])
    back = page.sign_in_with("Google", sub="1", email="ann@example.com", given_name="Ann", claims={"hd": "e.com"})
    assert back.code == "c0de"
    (asked,) = (each for each in site.requests if each.path == "/oauth2/authorize")
    assert asked.query == "identity_provider=Google&state=s"
    claims = json.loads(google.posted["claims"])
    assert claims == {"hd": "e.com", "given_name": "Ann"}
    assert (google.posted["sub"], google.posted["email"], google.posted["decision"]) == (
        "1",
        "ann@example.com",
        "allow",
    )


def test_the_user_refuses(google: WrittenSite, cognito_browser: Browser) -> None:
    cognito_browser.get(LOGIN).sign_in_with("Google", sub="1", deny=True)
    assert google.posted["decision"] == "deny"


def test_the_browser_is_at_the_provider_already(google: WrittenSite, cognito_browser: Browser) -> None:
    assert cognito_browser.get("https://accounts.google.com/o/oauth2/v2/auth").sign_in_with("Google", sub="1").code


def test_a_provider_that_nothing_simulates(google: WrittenSite, site: WrittenSite, cognito_browser: Browser) -> None:
    site.pages["GET /oauth2/authorize"] = to("https://idp.test/in?SAMLRequest=x")
    with pytest.raises(
        UsageError, match=r"ACME is not simulated in this test, so nothing answers https://idp.test/in:"
    ):
        cognito_browser.get(LOGIN).sign_in_with("ACME", sub="1")
    assert cognito_browser.get(LOGIN).click("ACME").location == "https://idp.test/in?SAMLRequest=x"
