"""What a browser and an application do at a simulated provider, by the library requests."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import requests
from bs4 import BeautifulSoup

CALLBACK = "https://app.example.com/callback"
_ASKED = {"client_id": "app", "redirect_uri": CALLBACK, "response_type": "code", "state": "s 1"}


def address(url: str, **parameters: str | None) -> str:
    """The address of an authorization request; a parameter that is None is left out."""
    asked = {name: value for name, value in {**_ASKED, **parameters}.items() if value is not None}
    return f"{url}?{urlencode(asked)}"


def get(url: str) -> requests.Response:
    return requests.get(url, allow_redirects=False, timeout=5)


def submit(url: str, **fields: str) -> requests.Response:
    """Submit the form of the page that chooses a user."""
    return requests.post(url, data={"decision": "allow", **fields}, allow_redirects=False, timeout=5)


def sent(response: requests.Response) -> dict[str, str]:
    """What a provider sends to the application: by redirect, or by the form that a browser sends on."""
    if response.status_code == 302:
        parts = urlsplit(response.headers["Location"])
        assert f"{parts.scheme}://{parts.netloc}{parts.path}" == CALLBACK
        return dict(parse_qsl(parts.query))
    return forwarded(response)[1]


def forwarded(response: requests.Response) -> tuple[str, dict[str, str]]:
    """Where the form of a page is sent on to, and its fields."""
    form = soup(response).find("form", id="forward")
    assert form is not None
    return str(form["action"]), {str(each["name"]): str(each["value"]) for each in form.find_all("input")}


def soup(response: requests.Response) -> BeautifulSoup:
    return BeautifulSoup(response.text, "html5lib")


def redeem(url: str, code: str, **fields: str) -> requests.Response:
    """Send a code to a token endpoint."""
    given = {"grant_type": "authorization_code", "code": code, "client_id": "app", "redirect_uri": CALLBACK}
    return requests.post(url, data={**given, **fields}, timeout=5)


def bearer(url: str, token: str) -> Any:
    """What a provider tells the holder of an access token."""
    return requests.get(url, headers={"Authorization": f"Bearer {token}"}, timeout=5).json()
