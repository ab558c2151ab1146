"""Sign-in by a provider of each type: from the application to Cognito, to the provider, and all the way back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import jwt
import pytest
import requests

from pytest_cognito import Cognito, UserPool
from pytest_cognito.http import hosts

BASE = f"https://{hosts.prefix_domain('notes', 'us-east-1')}"
CALLBACK = "https://app.example.com/callback"
ISSUER = "https://idp.example.com"

PROVIDERS: dict[str, Callable[[Cognito], Any]] = {
    "Google": lambda cognito: cognito.providers.google,
    "Facebook": lambda cognito: cognito.providers.facebook,
    "LoginWithAmazon": lambda cognito: cognito.providers.amazon,
    "SignInWithApple": lambda cognito: cognito.providers.apple,
    "OIDC": lambda cognito: cognito.providers.oidc(ISSUER),
    "SAML": lambda cognito: cognito.providers.saml(ISSUER),
}


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    pool = cognito.create_user_pool()
    pool.call("CreateUserPoolDomain", Domain="notes")
    return pool


def follow(browser: requests.Session, response: requests.Response) -> requests.Response:
    """The response to which redirects lead while they stay with Cognito or the provider."""
    while response.is_redirect:
        target = urljoin(response.url, response.headers["Location"])
        if target.startswith(CALLBACK):
            break
        response = browser.get(target, allow_redirects=False, timeout=5)
    return response


def forwarded(browser: requests.Session, response: requests.Response) -> requests.Response:
    """The response to the form that a page submits by itself, if it is such a page."""
    if 'id="forward"' not in response.text:
        return response
    action = re.search(r'action="([^"]*)"', response.text)
    assert action is not None
    fields = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', response.text)
    data = {unescape(name): unescape(value) for name, value in fields}
    return follow(browser, browser.post(unescape(action[1]), data=data, allow_redirects=False, timeout=5))


def sign_in(pool: UserPool, name: str, **claims: Any) -> dict[str, list[str]]:
    """The parameters with which the application gets a user back whom a provider has signed in."""
    client = pool.create_client(
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthFlows=["code"],
        AllowedOAuthScopes=["openid", "email"],
        CallbackURLs=[CALLBACK],
        SupportedIdentityProviders=[name],
    )
    query = {"client_id": client.id, "response_type": "code", "redirect_uri": CALLBACK, "identity_provider": name}
    browser = requests.Session()
    start = browser.get(f"{BASE}/oauth2/authorize?{urlencode(query)}", allow_redirects=False, timeout=5)
    page = follow(browser, start)
    chosen = {"sub": "1", "email": "ann@example.com", "claims": json.dumps(claims), "decision": "allow"}
    response = follow(browser, browser.post(page.url, data=chosen, allow_redirects=False, timeout=5))
    response = forwarded(browser, response)
    location = response.headers["Location"]
    assert location.startswith(f"{CALLBACK}?"), location
    sent = parse_qs(urlsplit(location).query)
    sent["client_id"] = [client.id]
    return sent


@pytest.mark.parametrize("provider_type", PROVIDERS)
def test_sign_in(cognito: Cognito, pool: UserPool, provider_type: str) -> None:
    simulated = PROVIDERS[provider_type](cognito)
    name = provider_type if provider_type not in ("OIDC", "SAML") else "Corporate"
    details = simulated.details()
    mapping = {"email": "email"}
    pool.create_identity_provider(name, ProviderType=provider_type, ProviderDetails=details, AttributeMapping=mapping)

    sent = sign_in(pool, name)

    exchange = {
        "grant_type": "authorization_code",
        "code": sent["code"][0],
        "client_id": sent["client_id"][0],
        "redirect_uri": CALLBACK,
    }
    tokens = requests.post(f"{BASE}/oauth2/token", data=exchange, timeout=5).json()
    claims = jwt.decode(tokens["id_token"], options={"verify_signature": False})
    assert claims["email"] == "ann@example.com"
    assert claims["cognito:username"] == f"{name}_1"
    assert claims["identities"][0]["providerName"] == name
