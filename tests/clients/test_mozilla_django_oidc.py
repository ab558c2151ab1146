"""mozilla-django-oidc: Django's users by OpenID Connect."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from tests.support.hosted import SIGNED_OUT, parameters
from tests.support.web_apps import APP, DJANGO, DOMAIN, changed, needs, web_client

needs(*DJANGO)

from django.http import HttpRequest
from django.test import Client, override_settings
from requests import HTTPError

from pytest_cognito import AppClient, Browser, Cognito, User, UserPool

CALLBACK = f"{APP}/oidc/callback/"


def logout_url(request: HttpRequest) -> str:
    """Where the application sends a user whom it has signed out. Cognito's parameters are not those of the standard."""
    from django.conf import settings

    return f"{DOMAIN}/logout?{urlencode({'client_id': settings.OIDC_RP_CLIENT_ID, 'logout_uri': SIGNED_OUT})}"


@pytest.fixture
def web(pool: UserPool) -> AppClient:
    return web_client(pool, CALLBACK)


@pytest.fixture(autouse=True, params=[False, True], ids=["secret in the form", "secret in the header"])
def settings(pool: UserPool, web: AppClient, request: pytest.FixtureRequest) -> Iterator[None]:
    with override_settings(
        AUTHENTICATION_BACKENDS=["mozilla_django_oidc.auth.OIDCAuthenticationBackend"],
        OIDC_RP_CLIENT_ID=web.id,
        OIDC_RP_CLIENT_SECRET=web.secret,
        OIDC_RP_SIGN_ALGO="RS256",
        OIDC_RP_SCOPES="openid email",
        OIDC_OP_AUTHORIZATION_ENDPOINT=f"{DOMAIN}/oauth2/authorize",
        OIDC_OP_TOKEN_ENDPOINT=f"{DOMAIN}/oauth2/token",
        OIDC_OP_USER_ENDPOINT=f"{DOMAIN}/oauth2/userInfo",
        OIDC_OP_JWKS_ENDPOINT=pool.jwks_uri,
        OIDC_OP_LOGOUT_URL_METHOD=f"{__name__}.logout_url",
        OIDC_USE_PKCE=True,
        OIDC_TOKEN_USE_BASIC_AUTH=request.param,
    ):
        yield


def start(site: Client) -> str:
    return str(site.get("/oidc/authenticate/").headers["Location"])


def test_a_sign_in_and_a_sign_out(site: Client, cognito_browser: Browser, alice: User, cognito: Cognito) -> None:
    asked = start(site)
    assert parameters(asked)["code_challenge_method"] == "S256"
    back = cognito_browser.get(asked).sign_in(alice)

    assert site.get(back.location).headers["Location"] == "/me"
    assert site.get("/me").json() == {"signed_in": True, "email": alice.email}
    assert [call.operation for call in cognito.calls if call.service == "web"][-3:] == [
        "POST /oauth2/token",
        f"GET /{alice.pool.id}/.well-known/jwks.json",
        "GET /oauth2/userInfo",
    ]
    away = cognito_browser.get(site.post("/oidc/logout/").headers["Location"])
    assert away.location == SIGNED_OUT
    assert site.get("/me").json()["signed_in"] is False
    assert cognito_browser.get(start(site)).name == "sign-in"


def test_the_state_and_the_nonce_of_another_sign_in(site: Client, cognito_browser: Browser, alice: User) -> None:
    back = cognito_browser.get(start(site)).sign_in(alice)
    assert site.get(changed(back.location, state="another")).status_code == 400
    back = cognito_browser.get(changed(start(site), nonce="another"))
    assert site.get(back.location).status_code == 400
    assert site.get("/me").json()["signed_in"] is False


def test_a_code_that_is_too_old(site: Client, cognito_browser: Browser, alice: User, cognito: Cognito) -> None:
    back = cognito_browser.get(start(site)).sign_in(alice)
    cognito.clock.advance(minutes=5)
    with pytest.raises(HTTPError, match="invalid_grant"):
        site.get(back.location)
