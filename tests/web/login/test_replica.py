"""The pages of a replica's domain, in another region: who is known signs in, and nothing of a user is changed there."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest

from pytest_cognito import Cognito, Page, Redirect, User
from pytest_cognito.http import hosts
from tests.support import replicated
from tests.support.app import App
from tests.support.mfa import enrolled
from tests.support.replicated import SECONDARY, replicate

pytestmark = pytest.mark.needs("CreateUserPoolReplica")

CALLBACK = "https://app.example.com/callback"
PARTNER = "https://id.partner.example"


@pytest.fixture(params=[1, 2], ids=["classic", "managed"])
def app(request: pytest.FixtureRequest, cognito: Cognito, cognito_idp: Any) -> App:
    """A pool with a domain in its own region and one in that of its replica."""
    pool = replicated.make_pool(cognito)
    pool.create_identity_provider("Partner", provider=cognito.providers.oidc(PARTNER))
    client = pool.create_client(CallbackURLs=[CALLBACK])
    pool.create_domain("notes", ManagedLoginVersion=request.param)
    app = App(cognito_idp, pool, client)
    secondary = replicate(app)
    secondary.call("create_user_pool_domain", UserPoolId=pool.id, Domain="notes", ManagedLoginVersion=request.param)
    return app


@pytest.fixture
def alice(app: App) -> User:
    return app.pool.user("alice")


def start(app: App, region: str = SECONDARY, path: str = "/oauth2/authorize") -> str:
    query = {"client_id": app.client_id, "response_type": "code", "redirect_uri": CALLBACK}
    return f"https://{hosts.prefix_domain('notes', region)}{path}?{urlencode(query)}"


def opened(cognito: Cognito, url: str) -> Page:
    page = cognito.browser().get(url)
    assert isinstance(page, Page)
    return page


def code_of(result: Page | Redirect) -> str:
    assert isinstance(result, Redirect), result
    assert result.code, result
    return result.code


def said(page: Page | Redirect) -> str:
    assert isinstance(page, Page), page
    return page.text


REFUSED = "is not enabled in this region"


def test_who_is_known_signs_in(app: App, alice: User, cognito: Cognito) -> None:
    code_of(opened(cognito, start(app)).sign_in(alice))


def test_the_sessions_of_browsers_are_one_regions(app: App, alice: User, cognito: Cognito) -> None:
    browser = cognito.browser()
    page = browser.get(start(app))
    assert isinstance(page, Page)
    code_of(page.sign_in(alice))
    elsewhere = browser.get(start(app, "us-east-1"))
    assert isinstance(elsewhere, Page)


@pytest.mark.parametrize("path", ["/signup", "/forgotPassword"])
def test_nobody_signs_up_or_changes_a_password(app: App, cognito: Cognito, path: str) -> None:
    page = opened(cognito, start(app, path=path))
    assert REFUSED in page.text
    assert [user.username for user in app.pool.users] == ["alice"]


def test_a_temporary_password_is_changed_elsewhere(app: App, cognito: Cognito) -> None:
    app.pool.create_user("bob", status="FORCE_CHANGE_PASSWORD")
    assert REFUSED in said(opened(cognito, start(app)).sign_in(app.pool.user("bob")))
    assert app.pool.user("bob").status == "FORCE_CHANGE_PASSWORD"


def test_a_software_token_does_not_work(app: App, alice: User, cognito: Cognito) -> None:
    app.pool.call("SetUserPoolMfaConfig", MfaConfiguration="OPTIONAL", SoftwareTokenMfaConfiguration={"Enabled": True})
    enrolled(app)
    assert REFUSED in said(opened(cognito, start(app)).sign_in(alice))
    code_of(opened(cognito, start(app, "us-east-1")).sign_in(alice))


def test_a_user_of_a_provider_has_signed_in_before(app: App, cognito: Cognito) -> None:
    ann: dict[str, Any] = {"sub": "1", "email": "ann@example.com"}
    first = opened(cognito, start(app)).sign_in_with("Partner", **ann)
    assert isinstance(first, Redirect)
    assert (first.code, REFUSED in (first.error_description or first.error or "")) == (None, True)
    assert [user.username for user in app.pool.users] == ["alice"]

    code_of(opened(cognito, start(app, "us-east-1")).sign_in_with("Partner", **ann))
    code_of(opened(cognito, start(app)).sign_in_with("Partner", **ann))


def test_what_a_provider_says_anew_is_not_kept(app: App, cognito: Cognito) -> None:
    code_of(opened(cognito, start(app, "us-east-1")).sign_in_with("Partner", sub="1", email="ann@example.com"))
    code_of(opened(cognito, start(app)).sign_in_with("Partner", sub="1", email="new@example.com"))
    assert app.pool.user("Partner_1").email == "ann@example.com"
