"""Users sign in by identity providers, from the pages of both versions, by the browser of a test."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest

from pytest_cognito import Browser, Cognito, UserPool
from pytest_cognito.http import hosts

CALLBACK = "https://app.example.com/callback"
CLIENT: dict[str, Any] = {
    "AllowedOAuthFlowsUserPoolClient": True,
    "AllowedOAuthFlows": ["code"],
    "AllowedOAuthScopes": ["openid", "email"],
    "CallbackURLs": [CALLBACK],
}


def start(pool: UserPool, provider: str, version: int) -> str:
    """Where an application sends its users, whose client offers a provider beside the pool itself."""
    pool.call("CreateUserPoolDomain", Domain="notes", ManagedLoginVersion=version)
    client = pool.create_client(**CLIENT, SupportedIdentityProviders=["COGNITO", provider])
    if version == 2:
        pool.call("CreateManagedLoginBranding", ClientId=client.id, UseCognitoProvidedValues=True)
    query = {"client_id": client.id, "response_type": "code", "redirect_uri": CALLBACK}
    return f"https://{hosts.prefix_domain('notes', 'us-east-1')}/oauth2/authorize?{urlencode(query)}"


@pytest.mark.parametrize(("simulated", "name", "version"), [("google", "Google", 2), ("apple", "SignInWithApple", 1)])
def test_a_social_provider(cognito: Cognito, cognito_browser: Browser, simulated: str, name: str, version: int) -> None:
    pool = cognito.create_user_pool()
    getattr(cognito.providers, simulated)  # it answers from now on
    pool.create_identity_provider(name)
    page = cognito_browser.get(start(pool, name, version))
    assert page.providers == [name]

    assert page.sign_in_with(name, sub="1", email="ann@example.com").code

    (user,) = pool.users
    assert (user.username, user.email) == (f"{name}_1", "ann@example.com")


@pytest.mark.parametrize("version", [1, 2])
def test_a_saml_provider(cognito: Cognito, cognito_browser: Browser, version: int) -> None:
    pool, corp = cognito.create_user_pool(), cognito.providers.saml("https://idp.example.com")
    details, mapping = {"MetadataFile": corp.metadata}, {"email": "email"}
    pool.create_identity_provider("Corp", ProviderType="SAML", ProviderDetails=details, AttributeMapping=mapping)
    url = start(pool, "Corp", version)

    assert cognito_browser.get(url).sign_in_with("Corp", sub="1", email="ann@example.com").code

    refused = cognito.browser().get(url).sign_in_with("Corp", sub="1", deny=True)
    assert refused.error
    assert refused.code is None


@pytest.mark.parametrize("base", ["http://notes.localhost:9229", "http://127.0.0.1:9229/notes"])
def test_a_provider_on_the_loopback_server(cognito: Cognito, cognito_browser: Browser, base: str) -> None:
    pool, _ = cognito.create_user_pool(), cognito.providers.google
    pool.create_identity_provider("Google")
    url = start(pool, "Google", 1).replace(f"https://{hosts.prefix_domain('notes', 'us-east-1')}", base)
    assert cognito_browser.get(url).sign_in_with("Google", sub="1", email="ann@example.com").code
