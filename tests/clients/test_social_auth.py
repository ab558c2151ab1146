"""social-auth-core in Django, by its backend for Cognito: it sends users to /login, and asks userInfo who they are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.web_apps import APP, DJANGO, DOMAIN, changed, needs, web_client

needs(*DJANGO)

from django.test import Client, override_settings
from social_core.exceptions import AuthCredentialError, AuthSessionError

from pytest_cognito import AppClient, Browser, Cognito, User, UserPool


@pytest.fixture
def web(pool: UserPool) -> AppClient:
    return web_client(pool, f"{APP}/social/complete/cognito/")


@pytest.fixture(autouse=True)
def settings(web: AppClient) -> Iterator[None]:
    with override_settings(
        AUTHENTICATION_BACKENDS=["social_core.backends.cognito.CognitoOAuth2"],
        SOCIAL_AUTH_COGNITO_KEY=web.id,
        SOCIAL_AUTH_COGNITO_SECRET=web.secret,
        SOCIAL_AUTH_COGNITO_POOL_DOMAIN=DOMAIN,
    ):
        yield


def start(site: Client) -> str:
    return str(site.post("/social/login/cognito/").headers["Location"])


def test_a_sign_in(site: Client, cognito_browser: Browser, pool: UserPool) -> None:
    from social_django.models import UserSocialAuth

    ann = pool.create_user("ann", email="ann@example.com", given_name="Ann", family_name="Lee")
    asked = start(site)
    assert asked.startswith(f"{DOMAIN}/login?")
    back = cognito_browser.get(asked).sign_in(ann)

    assert site.get(back.location).headers["Location"] == "/me"
    assert site.get("/me").json() == {"signed_in": True, "email": "ann@example.com"}
    account = UserSocialAuth.objects.get()
    assert (account.uid, account.user.username, account.user.first_name) == (ann.sub, "ann", "Ann")


def test_the_state_of_another_sign_in(site: Client, cognito_browser: Browser, alice: User) -> None:
    back = cognito_browser.get(start(site)).sign_in(alice)
    with pytest.raises(AuthSessionError):
        site.get(changed(back.location, state="another"))


def test_a_code_that_is_too_old(site: Client, cognito_browser: Browser, alice: User, cognito: Cognito) -> None:
    back = cognito_browser.get(start(site)).sign_in(alice)
    cognito.clock.advance(minutes=5)
    with pytest.raises(AuthCredentialError):
        site.get(back.location)
