"""The session of a browser: which requests it answers, for how long, and what ends it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from pytest_cognito import Cognito
from tests.support.app import App
from tests.support.hosted import CALLBACK, OAUTH, PREFIX, SIGNED_OUT, Hosted, has_managed_login, parameters, said
from tests.support.jwts import claims
from tests.support.mfa import enrolled
from tests.support.providers import OIDC

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient

OTHER_PAGE = "/login?"
CODE = f"{CALLBACK}?code="


def with_session(hosted: Hosted) -> Hosted:
    hosted.sign_in()
    return hosted


def test_the_cookie(hosted: Hosted) -> None:
    page = hosted.base + hosted.authorize()
    hosted.browser.get(page, timeout=5)
    password = hosted.pool.user("alice").password
    form = {"_csrf": hosted.browser.cookies["XSRF-TOKEN"], "username": "alice", "password": password}
    answer = hosted.browser.post(page, data=form, allow_redirects=False, timeout=5)
    lines = answer.raw.headers.getlist("Set-Cookie")
    (cookie,) = [line for line in lines if line.startswith("cognito=")]
    assert cookie.startswith("cognito=H4sI")
    assert re.search("; Max-Age=3600; Expires=[^;]* GMT; Path=/; Secure; HttpOnly; SameSite=Lax$", cookie)
    assert len([line for line in lines if line.startswith("XSRF-TOKEN=")]) == 2


def test_it_lasts_an_hour_and_is_not_made_longer(hosted: Hosted, cognito: Cognito) -> None:
    cognito.clock.freeze("2026-05-01T12:00:00Z")
    with_session(hosted)
    cognito.clock.advance(minutes=59)
    location = hosted.authorize(state="s")
    assert location.startswith(CODE)
    tokens = said(hosted.redeem(parameters(location)["code"]))
    found = claims(tokens["access_token"])
    assert found["iat"] - found["auth_time"] == 59 * 60
    cognito.clock.advance(minutes=1)
    assert hosted.authorize().startswith(OTHER_PAGE)


def test_another_client_of_the_pool(hosted: Hosted) -> None:
    with_session(hosted)
    other = hosted.at(hosted.pool.create_client(**OAUTH))
    tokens = said(other.redeem(parameters(other.authorize())["code"]))
    assert claims(tokens["id_token"])["aud"] == other.client.id


def test_another_browser(hosted: Hosted) -> None:
    with_session(hosted)
    assert hosted.another_browser().authorize().startswith(OTHER_PAGE)


def test_a_cookie_of_another_pool(hosted: Hosted, cognito: Cognito) -> None:
    stranger = cognito.create_user_pool()
    stranger.call("CreateUserPoolDomain", Domain="others")
    with_session(hosted)
    other = Hosted(stranger, stranger.create_client(**OAUTH))
    other.base = other.base.replace(PREFIX, "others")
    other.browser.headers["Cookie"] = "cognito=" + hosted.browser.cookies["cognito"]
    assert other.authorize().startswith(OTHER_PAGE)


def test_a_client_with_another_provider(hosted: Hosted) -> None:
    hosted.pool.call(
        "CreateIdentityProvider", ProviderName="Corp", ProviderType="OIDC", ProviderDetails=OIDC, AttributeMapping={}
    )
    with_session(hosted)
    both = hosted.at(hosted.pool.create_client(**{**OAUTH, "SupportedIdentityProviders": ["COGNITO", "Corp"]}))
    assert both.authorize().startswith(CODE)
    assert both.authorize(identity_provider="COGNITO").startswith(CODE)


def test_a_user_who_is_disabled_or_deleted(hosted: Hosted) -> None:
    with_session(hosted)
    hosted.pool.call("AdminDisableUser", Username="alice")
    assert hosted.authorize().startswith(OTHER_PAGE)
    hosted.pool.call("AdminEnableUser", Username="alice")
    assert hosted.authorize().startswith(CODE)
    hosted.pool.call("AdminDeleteUser", Username="alice")
    hosted.pool.create_user("alice")
    assert hosted.authorize().startswith(OTHER_PAGE)


def test_global_sign_out_leaves_it(hosted: Hosted) -> None:
    with_session(hosted)
    hosted.pool.call("AdminUserGlobalSignOut", Username="alice")
    assert hosted.authorize().startswith(CODE)


def test_another_version_of_the_pages_ends_it(hosted: Hosted) -> None:
    with_session(hosted)
    has_managed_login(hosted)
    assert hosted.authorize().startswith(OTHER_PAGE)
    with_session(hosted)
    hosted.pool.call("UpdateUserPoolDomain", Domain=PREFIX, ManagedLoginVersion=2)
    assert hosted.authorize().startswith(CODE)


# prompt and max_age


def test_prompt(managed: Hosted) -> None:
    with_session(managed)
    first = managed.browser.cookies["cognito"]
    assert managed.authorize(prompt="none").startswith(CODE)
    assert managed.authorize(prompt="consent").startswith(CODE)
    assert managed.sign_in(prompt="login").startswith(CODE)
    assert managed.browser.cookies["cognito"] != first


def test_max_age(managed: Hosted, cognito: Cognito) -> None:
    cognito.clock.freeze("2026-05-01T12:00:00Z")
    with_session(managed)
    cognito.clock.advance(seconds=60)
    assert managed.authorize(max_age="60").startswith(CODE)
    assert managed.authorize(max_age="9" * 5000).startswith(CODE)
    assert managed.authorize(max_age="59").startswith(OTHER_PAGE)
    assert managed.authorize(max_age="59", prompt="none") == f"{CALLBACK}?error=login_required"


# Sign-out


def test_signing_out(hosted: Hosted) -> None:
    with_session(hosted)
    answer = hosted.get("/logout", client_id=hosted.client.id, logout_uri=SIGNED_OUT, state="s")
    assert (answer.status_code, answer.headers["Location"]) == (302, SIGNED_OUT)
    assert "cognito" not in hosted.browser.cookies
    assert hosted.authorize().startswith(OTHER_PAGE)


def test_the_session_itself_is_over(hosted: Hosted) -> None:
    with_session(hosted)
    stolen = hosted.browser.cookies["cognito"]
    hosted.get("/logout", client_id=hosted.client.id, logout_uri="https://wrong.example.com")
    thief = hosted.another_browser()
    thief.browser.headers["Cookie"] = f"cognito={stolen}"
    assert thief.authorize().startswith(OTHER_PAGE)


def test_signing_out_to_sign_in_again(hosted: Hosted) -> None:
    with_session(hosted)
    query = {"client_id": hosted.client.id, "redirect_uri": CALLBACK, "response_type": "code", "state": "s"}
    location = hosted.led_to(hosted.get("/logout", **query))
    assert location.startswith(OTHER_PAGE)
    assert parameters(location) == {**query, "scope": " ".join(OAUTH["AllowedOAuthScopes"])}
    location = hosted.get("/logout", **query, scope="openid").headers["Location"]
    assert parameters(location) == {**query, "scope": "openid"}


@pytest.mark.parametrize(
    "query",
    [{}, {"client_id": "unknown", "logout_uri": SIGNED_OUT}, {"post_logout_redirect_uri": SIGNED_OUT}],
)
def test_signing_out_of_no_client(hosted: Hosted, query: dict[str, str]) -> None:
    with_session(hosted)
    location = hosted.led_to(hosted.get("/logout", **query))
    assert parameters(location) == query
    assert location.startswith("/login")
    assert hosted.authorize().startswith(CODE)


def test_signing_out_to_nowhere(hosted: Hosted) -> None:
    with_session(hosted)
    query = {"client_id": hosted.client.id, "logout_uri": f"{SIGNED_OUT}/"}
    assert parameters(hosted.get("/logout", **query).headers["Location"]) == query
    assert hosted.authorize().startswith(OTHER_PAGE)
    has_managed_login(hosted)
    with_session(hosted)
    location = hosted.led_to(hosted.get("/logout", client_id=hosted.client.id))
    assert location == f"/error?error=Required+parameters+missing&client_id={hosted.client.id}"
    assert hosted.authorize().startswith(OTHER_PAGE)


# Levels


def claims_of(hosted: Hosted, location: str) -> dict[str, Any]:
    found: dict[str, Any] = claims(said(hosted.redeem(parameters(location)["code"]))["access_token"])
    return found


@pytest.mark.needs("CreateUserPoolRequest.AcrConfiguration")
def test_a_level_that_the_session_has_reached(managed: Hosted) -> None:
    assert "acr" not in claims_of(managed, managed.sign_in())
    asked = {"acr_values": "unknown urn:cognito:loa:4 urn:cognito:loa:1"}  # alice can't reach the fourth
    found = claims_of(managed, managed.authorize(**asked, prompt="none"))
    assert (found["acr"], found["amr"]) == ("urn:cognito:loa:1", ["pwd"])
    assert managed.authorize(acr_values="unknown", prompt="none").startswith(CODE)


@pytest.mark.needs("CreateUserPoolRequest.AcrConfiguration")
def test_a_level_of_a_new_sign_in(managed: Hosted) -> None:
    tokens = managed.tokens(acr_values="urn:cognito:loa:1")
    for token in (tokens, said(managed.refresh(tokens["refresh_token"]))):
        found = claims(token["id_token"])
        assert (found["acr"], found["amr"]) == ("urn:cognito:loa:1", ["pwd"])


@pytest.mark.needs("CreateUserPoolRequest.AcrConfiguration")
def test_a_level_that_takes_one_more_factor(managed: Hosted, cognito_idp: CognitoIdentityProviderClient) -> None:
    managed.pool.call(
        "SetUserPoolMfaConfig", MfaConfiguration="OPTIONAL", SoftwareTokenMfaConfiguration={"Enabled": True}
    )
    with_session(managed)
    enrolled(App(cognito_idp, managed.pool, managed.client))
    asked = {"acr_values": "urn:cognito:loa:4"}
    assert managed.authorize(**asked, prompt="none") == f"{CALLBACK}?error=login_required"
    assert managed.authorize(**asked).startswith("/mfa?")  # the password is not asked for again
    assert "page-data" in managed.browser.cookies
