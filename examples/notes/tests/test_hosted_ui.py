"""Users of the site sign in on the pages of the domain, in a browser that is in the test's process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pyotp
import pytest
from fastapi.testclient import TestClient

from notes_service.app import app
from notes_service.settings import REGION
from pytest_cognito import AppClient, Browser, Cognito, Page, Redirect, User, UserPool

GLOBEX = "https://idp.globex.example"
ANN = {"username": "ann@acme.example", "password": "Corr3ct-horse!"}

Begin = Callable[..., Page | Redirect]

pytestmark = pytest.mark.cognito(region=REGION, users=[ANN])


@pytest.fixture
def site(site_url: str, site_app_client: AppClient) -> Iterator[TestClient]:
    """What the browser sees of the site: it keeps cookies, and follows no redirects."""
    with TestClient(app, base_url=site_url, follow_redirects=False) as client:
        yield client


@pytest.fixture
def begin(site: TestClient, cognito_browser: Browser) -> Begin:
    """The page to which the site sends a user who wants to sign in."""

    return lambda **query: cognito_browser.get(site.get("/login", params=query).headers["Location"])


def come_back(site: TestClient, back: Page | Redirect) -> str:
    """Follow the redirect that leaves Cognito, and return what the site shows."""
    answer = site.get(back.location, follow_redirects=True)
    assert answer.status_code == 200
    return answer.text


def test_a_user_signs_in(site: TestClient, cognito_browser: Browser, cognito_user: User) -> None:
    start = site.get("/login").headers["Location"]
    back = cognito_browser.get(start).sign_in(cognito_user)
    assert "Notes of ann@acme.example" in site.get(back.location, follow_redirects=True).text


def test_google(site: TestClient, cognito_browser: Browser) -> None:
    start = site.get("/login").headers["Location"]
    back = cognito_browser.get(start).sign_in_with("Google", sub="1035", email="gus@gmail.example")
    assert "Notes of gus@gmail.example" in site.get(back.location, follow_redirects=True).text


def test_state_nonce_and_pkce_go_along(site: TestClient, site_app_client: AppClient) -> None:
    query = parse_qs(urlsplit(site.get("/login").headers["Location"]).query)

    assert query["client_id"] == [site_app_client.id]
    assert query["code_challenge_method"] == ["S256"]
    assert {"state", "nonce", "code_challenge"} <= query.keys()


def test_a_wrong_password(site: TestClient, begin: Begin) -> None:
    page = begin().sign_in("ann@acme.example", "Wr0ng-horse!")

    assert page.error == "Incorrect username or password."
    assert "Sign in" in site.get("/").text


def test_a_user_with_an_authenticator_app(site: TestClient, begin: Begin, cognito_user: User) -> None:
    header = cognito_user.sign_in().auth_header
    authenticator = pyotp.parse_uri(site.post("/profile/second-factor", headers=header).json()["uri"])
    assert isinstance(authenticator, pyotp.TOTP)
    site.post("/profile/second-factor/confirm", json={"code": authenticator.now()}, headers=header)

    page = begin().sign_in(cognito_user, code="000000")
    assert (page.name, page.error) == ("mfa", "Invalid code received for user")

    assert "Notes of ann@acme.example" in come_back(site, page.enter_code())


def test_a_new_user_signs_up(site: TestClient, begin: Begin, cognito_user_pool: UserPool) -> None:
    page = begin().sign_up("bob@acme.example", "Corr3ct-horse!").confirm()

    assert "Welcome!" in come_back(site, page.click("Not now"))  # no passkey
    assert [user.groups for user in cognito_user_pool.users if user.email == "bob@acme.example"] == [["members"]]


def test_the_company_by_saml(site: TestClient, begin: Begin, cognito: Cognito) -> None:
    cognito.providers.saml(GLOBEX).add_user("h.scorpio", email="hank@globex.example")

    assert begin().providers == ["Google", "Globex"]

    page = begin(provider="Globex")  # past Cognito's own page
    assert urlsplit(page.url).hostname == "idp.globex.example"

    assert "Notes of hank@globex.example" in come_back(site, page.click("hank@globex.example"))


def test_the_company_may_not_give_them_another_address(
    site: TestClient, begin: Begin, cognito_browser: Browser
) -> None:
    hank = "h.scorpio"
    come_back(site, begin().sign_in_with("Globex", sub=hank, email="hank@globex.example"))

    cognito_browser.forget()
    come_back(site, begin().sign_in_with("Globex", sub=hank, email="hank@globex.example"))

    cognito_browser.forget()
    back = begin().sign_in_with("Globex", sub=hank, email="ann@acme.example")
    assert site.get(back.location).status_code == 403


@pytest.mark.parametrize(
    ("provider", "email", "reason"),
    [
        ("Google", "hank@globex.example", "people of globex.example sign in with Globex"),
        ("Globex", "ann@acme.example", "Globex does not speak for acme.example"),
    ],
)
def test_who_comes_by_the_wrong_provider(
    site: TestClient, begin: Begin, cognito_user_pool: UserPool, provider: str, email: str, reason: str
) -> None:
    back = begin().sign_in_with(provider, sub="7", email=email)

    answer = site.get(back.location)

    assert (answer.status_code, reason in answer.text) == (403, True)
    assert [user.email for user in cognito_user_pool.users] == ["ann@acme.example"]


def test_an_address_that_google_has_not_verified(site: TestClient, begin: Begin) -> None:
    back = begin().sign_in_with("Google", sub="8", email="ann@acme.example", email_verified=False)

    answer = site.get(back.location)

    assert (answer.status_code, "not verified" in answer.text) == (403, True)


def test_sign_out_ends_both_sessions(
    site: TestClient, begin: Begin, cognito_browser: Browser, cognito_user: User
) -> None:
    come_back(site, begin().sign_in(cognito_user))
    assert isinstance(cognito_browser.get(site.get("/login").headers["Location"]), Redirect)  # no page: single sign-on

    out = cognito_browser.get(site.post("/logout").headers["Location"])

    assert out.location == "https://notes.example/"
    assert "Sign in" in site.get("/").text
    assert begin().name == "sign-in"


@pytest.mark.parametrize("tampered", ["state", "code"])
def test_a_tampered_callback(site: TestClient, begin: Begin, cognito_user: User, tampered: str) -> None:
    back = begin().sign_in(cognito_user)

    answer = site.get(f"/callback?{urlencode({**back.query, tampered: 'tampered'})}")

    assert answer.status_code == 400
    assert "Sign in" in site.get("/").text


def test_the_callback_of_another_browser(site: TestClient, begin: Begin, cognito_user: User) -> None:
    back = begin().sign_in(cognito_user)
    site.cookies.clear()

    assert site.get(back.location).status_code == 400
