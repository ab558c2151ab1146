"""A provider of OpenID Connect, as clients of several libraries use it."""

from __future__ import annotations

import asyncio

import aiohttp
import httpx
import pytest
import requests
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwk, jwt

from pytest_cognito import Cognito, UsageError
from pytest_cognito.providers.oidc import OIDC
from tests.support.provider_pages import CALLBACK, address, bearer, redeem, sent, submit

ISSUER = "https://idp.example.com/tenant"
CONFIGURATION = f"{ISSUER}/.well-known/openid-configuration"
TOKEN = f"{ISSUER}/token"
VERIFIER = "v" * 43


@pytest.fixture
def idp(cognito: Cognito) -> OIDC:
    idp = cognito.providers.oidc(ISSUER)
    idp.add_client("app", "s3cret", redirect_uris=[CALLBACK])
    idp.add_user("1", email="ann@example.com", name="Ann", phone_number="+1", groups=["staff"])
    return idp


@pytest.fixture
def code(idp: OIDC) -> str:
    return sent(submit(address(f"{ISSUER}/authorize", scope="openid email"), sub="1"))["code"]


def test_a_sign_in_by_authlib(idp: OIDC) -> None:
    found = requests.get(CONFIGURATION, timeout=5).json()
    assert found["issuer"] == ISSUER
    scope = "openid email offline_access"
    app = OAuth2Session("app", "s3cret", scope=scope, redirect_uri=CALLBACK, code_challenge_method="S256")
    url, state = app.create_authorization_url(found["authorization_endpoint"], nonce="n", code_verifier=VERIFIER)

    back = submit(url, sub="1").headers["Location"]
    answer = app.fetch_token(found["token_endpoint"], authorization_response=back, state=state, code_verifier=VERIFIER)

    keys = jwk.KeySet.import_key_set(app.get(found["jwks_uri"], withhold_token=True).json())
    claims = jwt.decode(answer["id_token"], keys, ["RS256"]).claims
    jwt.JWTClaimsRegistry(iss={"value": ISSUER}, aud={"value": "app"}, nonce={"value": "n"}).validate(claims)
    assert (claims["email"], claims["groups"]) == ("ann@example.com", ["staff"])
    assert not {"name", "phone_number"}.intersection(claims)
    assert app.get(found["userinfo_endpoint"]).json()["sub"] == "1"
    assert app.refresh_token(found["token_endpoint"])["access_token"] != answer["access_token"]


def test_every_http_library_reaches_it(idp: OIDC) -> None:
    async def by_aiohttp() -> str:
        async with aiohttp.ClientSession() as session, session.get(CONFIGURATION) as response:
            return str((await response.json())["issuer"])

    async def by_async_httpx() -> str:
        async with httpx.AsyncClient() as client:
            return str((await client.get(CONFIGURATION)).json()["issuer"])

    assert httpx.get(CONFIGURATION).json()["issuer"] == ISSUER
    assert asyncio.run(by_aiohttp()) == asyncio.run(by_async_httpx()) == ISSUER


def test_a_code_is_good_once(idp: OIDC, code: str) -> None:
    assert redeem(TOKEN, code, client_secret="s3cret").status_code == 200
    assert redeem(TOKEN, code, client_secret="s3cret").json()["error"] == "invalid_grant"


def test_a_code_expires(cognito: Cognito, code: str) -> None:
    cognito.clock.advance(minutes=10)

    assert "expired" in redeem(TOKEN, code, client_secret="s3cret").json()["error_description"]


@pytest.mark.parametrize(
    ("fields", "status", "error"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "other", "client_secret": "s3cret"}, 401, "invalid_client"),
        ({"client_secret": "s3cret", "redirect_uri": "https://other.example.com"}, 400, "invalid_grant"),
        ({"client_secret": "s3cret", "code": "x"}, 400, "invalid_grant"),
        ({"client_secret": "s3cret", "code_verifier": VERIFIER}, 400, "invalid_grant"),
        ({"client_secret": "s3cret", "grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"client_secret": "s3cret", "grant_type": "refresh_token"}, 400, "invalid_grant"),
    ],
)
def test_what_the_token_endpoint_refuses(code: str, fields: dict[str, str], status: int, error: str) -> None:
    refused = redeem(TOKEN, **{"code": code, **fields})

    assert (refused.status_code, refused.json()["error"]) == (status, error)


def test_the_secret_by_header(code: str) -> None:
    asked = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK}

    assert requests.post(TOKEN, data=asked, auth=("app", "wrong"), timeout=5).status_code == 401
    assert requests.post(TOKEN, data=asked, auth=("app", "s3cret"), timeout=5).status_code == 200
    assert requests.post(TOKEN, data=asked, headers={"Authorization": "Basic ?"}, timeout=5).status_code == 401


@pytest.mark.parametrize(
    ("method", "challenge"), [("plain", VERIFIER), ("S256", "NfJyXiTZ6p0VHd2BiRUVxULjB7MhtkGtAcSDPb_Qe4o")]
)
def test_a_challenge_needs_its_verifier(idp: OIDC, method: str, challenge: str) -> None:
    url = address(f"{ISSUER}/authorize", scope="openid", code_challenge=challenge, code_challenge_method=method)

    for verifier in ({}, {"code_verifier": "w" * 43}):
        refused = redeem(TOKEN, sent(submit(url, sub="1"))["code"], client_secret="s3cret", **verifier)
        assert refused.json()["error"] == "invalid_grant"


def test_an_access_token_expires(cognito: Cognito, code: str) -> None:
    token = redeem(TOKEN, code, client_secret="s3cret").json()["access_token"]
    assert bearer(f"{ISSUER}/userinfo", token)["email"] == "ann@example.com"

    cognito.clock.advance(hours=1)

    refused = requests.post(f"{ISSUER}/userinfo", data={"access_token": token}, timeout=5)
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"].startswith("Bearer error=")


def test_failures_on_purpose(idp: OIDC, code: str) -> None:
    idp.fail("token", status=503)
    idp.fail("userinfo")

    assert redeem(TOKEN, code, client_secret="s3cret").status_code == 503
    token = redeem(TOKEN, code, client_secret="s3cret").json()["access_token"]
    assert bearer(f"{ISSUER}/userinfo", token) == {"error": "server_error"}
    assert bearer(f"{ISSUER}/userinfo", token)["sub"] == "1"


def test_an_endpoint_that_it_does_not_have_cannot_fail(idp: OIDC) -> None:
    with pytest.raises(UsageError, match="it has authorize, discovery, jwks, token, userinfo"):
        idp.fail("tokens")
    with pytest.raises(UsageError, match="such as 500"):
        idp.fail("token", status=200)


@pytest.mark.parametrize(
    "issuer",
    ["http://idp.example.com", "https://idp.example.com/", "idp", "https://cognito-idp.us-east-1.amazonaws.com"],
)
def test_an_issuer_that_cannot_be_meant(cognito: Cognito, issuer: str) -> None:
    with pytest.raises(UsageError, match=r"https://idp\.example\.com"):
        cognito.providers.oidc(issuer)


def test_mistakes_about_clients(idp: OIDC) -> None:
    with pytest.raises(UsageError, match="takes a list"):
        idp.add_client("app", redirect_uris=CALLBACK)  # type: ignore[arg-type]  # a mistake that the error explains
    with pytest.raises(UsageError, match="is the client id"):
        idp.add_client("")


def test_other_paths_and_methods(idp: OIDC) -> None:
    assert requests.get(f"{ISSUER}/nothing", timeout=5).status_code == 404
    assert requests.get(TOKEN, timeout=5).status_code == 405
