"""A domain of a user pool, an app client of it, and browsers that visit it by `requests`."""

from __future__ import annotations

import base64
import hashlib
from typing import Any, Self, TypeVar
from urllib.parse import parse_qsl, urlsplit

import requests

from pytest_cognito.cognito import AppClient, UserPool
from pytest_cognito.http import hosts

PREFIX = "notes"
CALLBACK = "https://app.example.com/callback"
SIGNED_OUT = "https://app.example.com/signed-out"
VERIFIER = "a-verifier-of-forty-three-characters-at-least-0"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
PKCE = {"code_challenge": CHALLENGE, "code_challenge_method": "S256"}
OAUTH: dict[str, Any] = {
    "AllowedOAuthFlowsUserPoolClient": True,
    "AllowedOAuthFlows": ["code", "implicit"],
    "AllowedOAuthScopes": ["openid", "email", "phone", "profile", "aws.cognito.signin.user.admin"],
    "CallbackURLs": [CALLBACK, "https://app.example.com/other"],
    "LogoutURLs": [SIGNED_OUT],
    "SupportedIdentityProviders": ["COGNITO"],
}


def parameters(location: str) -> dict[str, str]:
    """The parameters in the query and in the fragment of a redirect, in order."""
    parts = urlsplit(location)
    return {**dict(parse_qsl(parts.query)), **dict(parse_qsl(parts.fragment))}


class Hosted:
    """A pool's domain, as one browser and an application with an app client use it."""

    def __init__(self, pool: UserPool, client: AppClient, region: str = "us-east-1") -> None:
        self.pool, self.client = pool, client
        self.base = f"https://{hosts.prefix_domain(PREFIX, region)}"
        self.browser = requests.Session()

    def at(self, client: AppClient) -> Self:
        """The same browser at another app client."""
        other = type(self)(self.pool, client)
        other.base, other.browser = self.base, self.browser
        return other

    def another_browser(self) -> Self:
        return type(self)(self.pool, self.client)

    # The browser

    def get(self, path: str, **query: str) -> requests.Response:
        return self.browser.get(f"{self.base}{path}", params=query, allow_redirects=False, timeout=5)

    def led_to(self, response: requests.Response) -> str:
        """Where a redirect leads: to a path of the domain, or to an address elsewhere."""
        location: str = response.headers["Location"]
        return location.removeprefix(self.base)

    def authorize(self, **query: str | None) -> str:
        """Where the authorization endpoint sends the browser: see `led_to`. A parameter of None is left out."""
        usual = {"client_id": self.client.id, "response_type": "code", "redirect_uri": CALLBACK}
        asked = {name: value for name, value in {**usual, **query}.items() if value is not None}
        response = self.get("/oauth2/authorize", **asked)
        assert response.status_code == 302
        return self.led_to(response)

    def sign_in(self, username: str = "alice", **query: str | None) -> str:
        """Go from the authorization endpoint to the sign-in page, fill it in, and give where that leads."""
        page = f"{self.base}{self.authorize(**query)}"
        self.browser.get(page, timeout=5)
        form = {
            "_csrf": self.browser.cookies["XSRF-TOKEN"],
            "username": username,
            "password": self.pool.user(username).password,
        }
        response = self.browser.post(page, data=form, allow_redirects=False, timeout=5)
        location: str = response.headers["Location"]
        return location

    def code(self, username: str = "alice", **query: str | None) -> str:
        """The authorization code of a sign-in."""
        return parameters(self.sign_in(username, **query))["code"]

    # The application

    def post(self, path: str, auth: tuple[str, str] | None = None, /, **form: str) -> requests.Response:
        """A request of the application, which has no cookies. A public client names itself."""
        named = {} if auth else {"client_id": self.client.id}
        return requests.post(f"{self.base}{path}", data={**named, **form}, auth=auth, timeout=5)

    def redeem(self, code: str, auth: tuple[str, str] | None = None, /, **form: str) -> requests.Response:
        usual = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK}
        return self.post("/oauth2/token", auth, **{**usual, **form})

    def tokens(self, username: str = "alice", **query: str | None) -> dict[str, Any]:
        """The tokens of a sign-in."""
        return said(self.redeem(self.code(username, **query)))

    def refresh(self, token: str, auth: tuple[str, str] | None = None) -> requests.Response:
        return self.post("/oauth2/token", auth, grant_type="refresh_token", refresh_token=token)

    def user_info(self, token: str) -> requests.Response:
        headers = {"Authorization": f"Bearer {token}"}
        return requests.get(f"{self.base}/oauth2/userInfo", headers=headers, timeout=5)


def said(response: requests.Response) -> dict[str, Any]:
    """The JSON of an answer that is no refusal."""
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def refused(response: requests.Response) -> tuple[int, dict[str, str]]:
    """The status and the JSON of a refusal."""
    return response.status_code, response.json()


H = TypeVar("H", bound=Hosted)


def has_managed_login(hosted: H, *, styled: bool = True) -> H:
    """Let the domain be one of managed login, and the app client have a style."""
    hosted.pool.call("UpdateUserPoolDomain", Domain=PREFIX, ManagedLoginVersion=2)
    if styled:
        hosted.pool.call("CreateManagedLoginBranding", ClientId=hosted.client.id, UseCognitoProvidedValues=True)
    return hosted
