"""What somebody else could try to get a session by: other browsers', other hosts', other worlds', old ones."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from pytest_cognito import Cognito, LoadBalancer, User, UserPool, mock_cognito
from tests.support import balanced
from tests.support.balanced import APP, NONCE, SESSION


@pytest.fixture
def balancer(cognito: Cognito, cognito_user_pool: UserPool) -> LoadBalancer:
    return cognito.load_balancer(balanced.echo(), cognito_user_pool)


def begin(balancer: LoadBalancer, path: str = "/notes") -> tuple[str, str, str]:
    """A sign-in that begins: the address of the domain, its state, the nonce of the browser."""
    response = balancer.get(path)
    location = response.headers["location"]
    return location, parse_qs(urlsplit(location).query)["state"][0], response.cookies[NONCE]


def come_back(balancer: LoadBalancer, state: str, code: str, nonce: str | None) -> Any:
    cookies = {NONCE: nonce} if nonce is not None else {}
    return balancer.get("/oauth2/idpresponse", params={"state": state, "code": code}, cookies=cookies)


def test_the_code_of_an_attacker_signs_no_victim_in(balancer: LoadBalancer, cognito_user: User) -> None:
    location, state, _ = begin(balancer)
    code = cognito_user.authorize(location).query["code"]
    victims = begin(balancer)[2]
    assert [come_back(balancer, state, code, nonce).status_code for nonce in (None, victims)] == [401, 401]


def test_a_sign_in_comes_back_once(balancer: LoadBalancer, cognito_user: User) -> None:
    location, state, nonce = begin(balancer)
    code = cognito_user.authorize(location).query["code"]
    assert come_back(balancer, state, code, nonce).status_code == 302
    assert come_back(balancer, state, code, nonce).status_code == 561  # the code is used up


def test_a_state_of_another_load_balancer_is_none(
    cognito: Cognito, cognito_user_pool: UserPool, balancer: LoadBalancer, cognito_user: User
) -> None:
    other = cognito.load_balancer(balanced.echo(), balancer.client, host="other.example.com", name="other")
    location, state, nonce = begin(balancer)
    code = cognito_user.authorize(location).query["code"]
    assert come_back(other, state, code, nonce).status_code == 401


@pytest.mark.parametrize("path", ["//evil.example/x", "/\\evil.example", "/https://evil.example", "/@evil.example/"])
def test_after_the_sign_in_nobody_is_led_elsewhere(balancer: LoadBalancer, cognito_user: User, path: str) -> None:
    location, state, nonce = begin(balancer, path)
    code = cognito_user.authorize(location).query["code"]
    there = urlsplit(come_back(balancer, state, code, nonce).headers["location"])
    assert (there.scheme, there.netloc) == ("https", "app.example.com")


def test_a_host_that_is_named_in_a_header_leads_nowhere(balancer: LoadBalancer) -> None:
    headers = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    assert "evil" not in balancer.get("/notes", headers=headers).headers["location"]


def test_a_session_is_renewed_by_a_sign_in_and_not_taken_over(
    balancer: LoadBalancer, cognito_user_pool: UserPool
) -> None:
    """A browser in which somebody has put their own session has the user's after the sign-in."""
    mallory, alice = cognito_user_pool.create_user("mallory"), cognito_user_pool.create_user("alice2")
    planted = _shards(balancer.signed_in(mallory))
    location, state, nonce = begin(balancer)
    code = alice.authorize(location).query["code"]
    sent = {"cookies": {NONCE: nonce, **planted}, "params": {"state": state, "code": code}}
    made = balancer.get("/oauth2/idpresponse", **sent)  # type: ignore[arg-type]
    seen = balancer.get("/notes", cookies={**planted, **dict(made.cookies)}).json()["headers"]
    assert seen["x-amzn-oidc-identity"] == alice.sub


def _shards(signed_in: Any) -> dict[str, str]:
    pairs = (pair.split("=", 1) for pair in signed_in.cookies.header(f"{APP}/").split("; "))
    return {name: value for name, value in pairs if name.startswith(SESSION)}


def test_a_session_of_another_world_is_none(balancer: LoadBalancer, cognito_user: User) -> None:
    cookies = _shards(balancer.signed_in(cognito_user))
    with mock_cognito() as inner:
        pool = inner.create_user_pool()
        other = inner.load_balancer(balanced.echo(), pool, on_unauthenticated="deny")
        assert other.get("/notes", cookies=cookies).status_code == 401


@pytest.mark.parametrize("operation", ["AdminDisableUser", "AdminDeleteUser", "AdminUserGlobalSignOut"])
def test_a_user_who_is_shut_out_stays_until_the_access_token_expires(
    cognito: Cognito, balancer: LoadBalancer, cognito_user: User, operation: str
) -> None:
    browser = balancer.signed_in(cognito_user)
    cognito_user.pool.call(operation, Username=cognito_user.username)
    assert browser.get("/notes").status_code == 200
    cognito.clock.advance(hours=1, seconds=1)
    assert browser.get("/notes").status_code == 302
    assert "that failed, so that the user has to sign in" in balanced.said(cognito, "GET /notes")


@pytest.mark.needs("CreateUserPoolClientRequest.RefreshTokenRotation")
def test_refresh_tokens_that_rotate_are_kept(cognito: Cognito, cognito_user: User, cognito_user_pool: UserPool) -> None:
    client = cognito_user_pool.create_client(
        GenerateSecret=True,
        CallbackURLs=[balanced.CALLBACK],
        RefreshTokenRotation={"Feature": "ENABLED", "RetryGracePeriodSeconds": 0},
        ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH"],
    )
    browser = cognito.load_balancer(balanced.echo(), client).signed_in(cognito_user)
    for _ in range(3):
        cognito.clock.advance(hours=1, seconds=1)
        assert browser.get("/notes").status_code == 200
