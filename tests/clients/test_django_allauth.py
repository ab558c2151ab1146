"""django-allauth: accounts by its provider for Cognito, and by the one for any OpenID Connect."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.hosted import parameters
from tests.support.web_apps import APP, DJANGO, DOMAIN, changed, metadata_url, needs, web_client

needs(*DJANGO)

from django.test import Client, override_settings

from pytest_cognito import AppClient, Browser, User, UserPool

CALLBACKS = {
    "amazon-cognito": f"{APP}/accounts/amazon-cognito/login/callback/",
    "oidc/notes": f"{APP}/accounts/oidc/notes/login/callback/",
}


@pytest.fixture(params=CALLBACKS)
def provider(request: pytest.FixtureRequest) -> str:
    """The path of a provider."""
    return str(request.param)


@pytest.fixture
def web(pool: UserPool, provider: str) -> AppClient:
    return web_client(pool, CALLBACKS[provider])


@pytest.fixture(autouse=True)
def settings(pool: UserPool, web: AppClient) -> Iterator[None]:
    app = {"client_id": web.id, "secret": web.secret}
    openid: dict[str, Any] = {"provider_id": "notes", "name": "Notes", "settings": {"server_url": metadata_url(pool)}}
    providers = {
        "amazon_cognito": {"DOMAIN": DOMAIN, "APPS": [app], "OAUTH_PKCE_ENABLED": True},
        "openid_connect": {"APPS": [{**app, **openid}], "OAUTH_PKCE_ENABLED": True},
    }
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    with override_settings(AUTHENTICATION_BACKENDS=[backend], SOCIALACCOUNT_PROVIDERS=providers):
        yield


def start(site: Client, provider: str) -> str:
    return str(site.post(f"/accounts/{provider}/login/").headers["Location"])


def test_a_sign_in(site: Client, cognito_browser: Browser, pool: UserPool, provider: str) -> None:
    from allauth.socialaccount.models import SocialAccount

    ann = pool.create_user("ann", email="ann@example.com", given_name="Ann")
    asked = start(site, provider)
    assert parameters(asked)["code_challenge_method"] == "S256"
    back = cognito_browser.get(asked).sign_in(ann)

    assert site.get(back.location).headers["Location"] == "/me"
    assert site.get("/me").json() == {"signed_in": True, "email": "ann@example.com"}
    account = SocialAccount.objects.get()
    assert (account.uid, account.user.first_name) == (ann.sub, "Ann")
    assert account.user.emailaddress_set.get().verified


def test_the_state_of_another_sign_in(site: Client, cognito_browser: Browser, alice: User, provider: str) -> None:
    back = cognito_browser.get(start(site, provider)).sign_in(alice)
    refused = site.get(changed(back.location, state="another"))
    assert refused.status_code == 401
    assert site.get("/me").json()["signed_in"] is False


def test_a_user_who_signs_in_again(site: Client, cognito_browser: Browser, alice: User, provider: str) -> None:
    from allauth.socialaccount.models import SocialAccount

    for _ in range(2):
        site.get(cognito_browser.get(start(site, provider)).sign_in(alice).location)
        site.post("/accounts/logout/")
        cognito_browser.forget()
    assert SocialAccount.objects.count() == 1
