"""Users sign in on the pages of a domain, by the browser of a test."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
import requests

from pytest_cognito import AWSError, Browser, Cognito, Page, Redirect, UsageError, User, UserPool
from pytest_cognito.http import hosts

CALLBACK = "https://app.example.com/callback"
OAUTH: dict[str, Any] = {
    "AllowedOAuthFlowsUserPoolClient": True,
    "AllowedOAuthFlows": ["code"],
    "AllowedOAuthScopes": ["openid", "email"],
    "CallbackURLs": [CALLBACK],
    "LogoutURLs": ["https://app.example.com/"],
    "SupportedIdentityProviders": ["COGNITO"],
}
BASE = f"https://{hosts.prefix_domain('notes', 'us-east-1')}"

pytestmark = pytest.mark.cognito(client=OAUTH)


@pytest.fixture
def start(cognito_user_pool: UserPool) -> str:
    """Where the application sends its users."""
    cognito_user_pool.call("CreateUserPoolDomain", Domain="notes")
    query = {"client_id": cognito_user_pool.client.id, "response_type": "code", "redirect_uri": CALLBACK, "state": "s"}
    return f"{BASE}/oauth2/authorize?{urlencode(query)}"


def test_a_user_signs_in(start: str, cognito_browser: Browser, cognito_user: User) -> None:
    page = cognito_browser.get(start)
    assert isinstance(page, Page)
    assert (page.name, page.error) == ("sign-in", None)

    back = page.sign_in(cognito_user)

    assert isinstance(back, Redirect)
    assert back.location.startswith(f"{CALLBACK}?code=")
    assert (back.status, back.state, back.error) == (302, "s", None)
    exchange = {
        "grant_type": "authorization_code",
        "code": back.code,
        "client_id": cognito_user.pool.client.id,
        "redirect_uri": CALLBACK,
    }
    tokens = requests.post(f"{BASE}/oauth2/token", data=exchange, timeout=5).json()
    assert tokens["access_token"]


def test_a_wrong_password_stays_at_the_page(start: str, cognito_browser: Browser, cognito_user: User) -> None:
    page = cognito_browser.get(start).sign_in("alice", "wrong")
    assert isinstance(page, Page)
    assert page.error == "Incorrect username or password."
    assert page.fields["username"] == "alice"
    assert isinstance(page.sign_in(cognito_user), Redirect)


def test_a_browser_that_is_signed_in_sees_no_page(
    cognito: Cognito, start: str, cognito_browser: Browser, cognito_user: User
) -> None:
    cognito_browser.get(start).sign_in(cognito_user)
    assert isinstance(cognito_browser.get(start), Redirect)
    assert isinstance(cognito.browser().get(start), Page)
    cognito.clock.advance(hours=1, seconds=1)
    assert isinstance(cognito_browser.get(start), Page)


def test_an_address_instead_of_a_user_name(cognito: Cognito, cognito_browser: Browser) -> None:
    pool = cognito.create_user_pool(UsernameAttributes=["email"])
    pool.call("CreateUserPoolDomain", Domain="mail")
    ann = pool.create_user("ann@example.com")
    query = {"client_id": pool.create_client(**OAUTH).id, "response_type": "code", "redirect_uri": CALLBACK}
    url = f"https://{hosts.prefix_domain('mail', 'us-east-1')}/login?{urlencode(query)}"
    assert cognito_browser.get(url).sign_in(ann).code
    assert cognito_browser.username == "ann@example.com"


@pytest.mark.parametrize("base", ["http://notes.localhost:9229", "http://127.0.0.1:9229/notes"])
def test_the_domain_on_the_loopback_server(start: str, cognito_browser: Browser, cognito_user: User, base: str) -> None:
    page = cognito_browser.get(start.replace(BASE, base))
    assert page.url.startswith(f"{base}/login?")
    assert page.click("Forgot your password?").url.startswith(f"{base}/forgotPassword?")
    assert cognito_browser.get(start.replace(BASE, base)).sign_in(cognito_user).location.startswith(CALLBACK)
    assert cognito_browser.get(start.replace(BASE, base)).code  # its cookies are for this address
    for elsewhere in ("http://other.localhost:9229/login", "http://localhost:9229/login"):
        with pytest.raises(UsageError, match="opens pages of user pools' domains"):
            cognito_browser.get(elsewhere)


def test_what_can_be_no_user(start: str, cognito_browser: Browser, cognito_user: User) -> None:
    page = cognito_browser.get(start)
    with pytest.raises(UsageError, match="user takes a user, such as cognito_user"):
        page.sign_in(5)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match=r"the password of bob, which is not known: write sign_in\('bob', password\)"):
        page.sign_in("bob")
    with pytest.raises(UsageError, match=r"the page sign-in .* asks for no code"):
        page.confirm("123456")


def test_a_request_that_ends_at_the_error_page(start: str, cognito_browser: Browser, cognito_user: User) -> None:
    page = cognito_browser.get(start.replace("callback", "elsewhere"))
    assert isinstance(page, Page)
    assert (page.name, page.status, page.error) == ("error", 400, "redirect_mismatch")
    with pytest.raises(
        UsageError, match=r"the page error \(.*/error, status 400\) is not for a sign-in. It says: 'red"
    ):
        page.sign_in(cognito_user)


class TestAuthorize:
    """`User.authorize`."""

    def test_the_application_gets_what_it_asked_for(self, start: str, cognito: Cognito, cognito_user: User) -> None:
        back = cognito_user.authorize(start)
        assert back.location.startswith(f"{CALLBACK}?code=")
        assert (back.status, back.state) == (302, "s")
        call = cognito.calls[-1]
        assert (call.service, call.operation) == ("web", "GET /oauth2/authorize")
        assert call.result == {"status": 302, "location": back.location}

    def test_no_trigger_of_a_sign_in_runs(self, start: str, cognito_user: User) -> None:
        ran = []

        def note(event: dict[str, Any], _: object) -> dict[str, Any]:
            ran.append(event["triggerSource"])
            return event

        for trigger in ("PreAuthentication", "PostAuthentication", "PreTokenGeneration"):
            cognito_user.pool.set_trigger(trigger, note)
        code = cognito_user.authorize(start).code
        exchange = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK}
        exchange["client_id"] = cognito_user.pool.client.id
        assert requests.post(f"{BASE}/oauth2/token", data=exchange, timeout=5).status_code == 200
        assert ran == ["TokenGeneration_HostedAuth"]

    def test_an_error_goes_to_the_application(self, start: str, cognito: Cognito, cognito_user: User) -> None:
        back = cognito_user.authorize(f"{start}&scope=nonsense")
        assert (back.error, back.state, back.code) == ("invalid_request", "s", None)
        assert isinstance(cognito.calls[-1].error, AWSError)

    def test_an_error_that_nobody_can_be_told(self, start: str, cognito_user: User) -> None:
        with pytest.raises(AWSError, match="redirect_mismatch"):
            cognito_user.authorize(start.replace("callback", "elsewhere"))

    @pytest.mark.parametrize("url", ["https://app.example.com/login", f"{BASE}/logout?client_id=1"])
    def test_another_address(self, start: str, cognito_user: User, url: str) -> None:
        with pytest.raises(UsageError, match="is no address of an authorization request at a domain of the user pool"):
            cognito_user.authorize(url)
