"""Faults of web requests, as applications meet them."""

from __future__ import annotations

import urllib.request
from collections.abc import Callable
from typing import Any

import aiohttp
import httpx
import jwt
import pytest
import requests

from pytest_cognito import HostedUI, Page, UsageError
from pytest_cognito.cognito import Cognito
from tests.support.hosted import Hosted
from tests.support.jwts import claims

TOKEN = "POST /oauth2/token"


def jwks(hosted: Hosted) -> str:
    return f"{hosted.pool.issuer}/.well-known/jwks.json"


def refresh(hosted: Hosted) -> requests.Response:
    """What an application asks of the token endpoint."""
    form = {"grant_type": "refresh_token", "client_id": hosted.client.id}
    form["refresh_token"] = str(hosted.pool.user("alice").tokens(client=hosted.client).refresh_token)
    return requests.post(f"{hosted.base}/oauth2/token", data=form, timeout=5)


def test_an_outage_of_the_token_endpoint(hosted: Hosted, cognito: Cognito) -> None:
    cognito.faults.fail(TOKEN, status=503)

    answer = refresh(hosted)

    assert answer.status_code == 503
    assert answer.json() == {"error": "InternalErrorException", "error_description": "Something went wrong"}
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert refresh(hosted).status_code == 200
    [met, answered] = cognito.calls.of(TOKEN)
    assert met.explanation == ("a fault that the test injected",)
    assert answered.error is None


def test_an_error_that_says_what_the_test_wants(hosted: Hosted, cognito: Cognito) -> None:
    cognito.faults.fail(TOKEN, code="temporarily_unavailable", message="later", status=400)
    assert refresh(hosted).json() == {"error": "temporarily_unavailable", "error_description": "later"}


def test_throttling(hosted: Hosted, cognito: Cognito) -> None:
    cognito.faults.throttle(TOKEN, times=2)
    assert [refresh(hosted).status_code for _ in range(3)] == [429, 429, 200]


def test_nothing_is_done_by_a_request_that_fails(hosted: Hosted, cognito: Cognito) -> None:
    cognito.faults.fail("POST /oauth2/revoke")
    token = str(hosted.pool.user("alice").tokens(client=hosted.client).refresh_token)
    form = {"token": token, "client_id": hosted.client.id}
    assert requests.post(f"{hosted.base}/oauth2/revoke", data=form, timeout=5).status_code == 500
    again = {"grant_type": "refresh_token", "refresh_token": token, "client_id": hosted.client.id}
    assert requests.post(f"{hosted.base}/oauth2/token", data=again, timeout=5).status_code == 200


def test_an_outage_of_the_keys(hosted: Hosted, cognito: Cognito) -> None:
    cognito.faults.fail(f"GET /{hosted.pool.id}/.well-known/jwks.json")
    with pytest.raises(jwt.PyJWKClientConnectionError):
        jwt.PyJWKClient(jwks(hosted)).get_signing_keys()
    assert jwt.PyJWKClient(jwks(hosted)).get_signing_keys()
    assert len(cognito.calls.of(f"GET /{hosted.pool.id}/.well-known/jwks.json")) == 2


def test_a_page_that_fails(hosted: Hosted, cognito: Cognito) -> None:
    cognito.faults.fail("GET /login", message="<b>")
    answer = requests.get(f"{hosted.base}/login", params={"client_id": hosted.client.id}, timeout=5)
    assert (answer.status_code, "&lt;b&gt;" in answer.text) == (500, True)


def test_a_slow_answer(hosted: Hosted, cognito: Cognito) -> None:
    cognito.faults.slow_down(TOKEN, seconds=0.01, times=1)
    answer = refresh(hosted)
    assert claims(answer.json()["access_token"])["username"] == "alice"
    assert answer.elapsed.total_seconds() >= 0.01


@pytest.mark.parametrize("phase", ["connect", "read"])
def test_time_outs_of_requests_and_httpx(hosted: Hosted, cognito: Cognito, phase: str) -> None:
    name, url = f"GET /{hosted.pool.id}/.well-known/jwks.json", jwks(hosted)
    expected: Any = {
        "connect": (requests.ConnectTimeout, httpx.ConnectTimeout),
        "read": (requests.ReadTimeout, httpx.ReadTimeout),
    }
    sends: list[Callable[[str], Any]] = [lambda url: requests.get(url, timeout=5), httpx.get]
    for send, error in zip(sends, expected[phase], strict=True):
        cognito.faults.time_out(name, phase=phase)
        with pytest.raises(error, match="the test lets it time out"):
            send(url)
        assert send(url).status_code == 200


def test_time_outs_of_urllib(hosted: Hosted, cognito: Cognito) -> None:
    cognito.faults.time_out(f"GET /{hosted.pool.id}/.well-known/jwks.json")
    with pytest.raises(TimeoutError, match="the test lets it time out"):
        urllib.request.urlopen(jwks(hosted))


@pytest.mark.asyncio
async def test_time_outs_of_aiohttp(hosted: Hosted, cognito: Cognito) -> None:
    cognito.faults.time_out(f"GET /{hosted.pool.id}/.well-known/jwks.json")
    async with aiohttp.ClientSession() as session:
        with pytest.raises(TimeoutError):
            await session.get(jwks(hosted))


def test_any_operation_is_no_web_request(hosted: Hosted, cognito: Cognito) -> None:
    cognito.faults.fail()
    assert refresh(hosted).status_code == 200
    cognito.faults.clear()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("/oauth2/token", 'named by its method, too: "POST /oauth2/token"'),
        ("POST /oauth2/tokens", "did you mean 'POST /oauth2/token'"),
        ("GET /oauth2/token", "has no 'GET /oauth2/token'"),
        ("", "POST /oauth2/token"),
    ],
)
def test_names_that_nothing_has(cognito: Cognito, name: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        cognito.faults.fail(name)


def test_requests_to_the_server(cognito: Cognito, cognito_hosted_ui: HostedUI) -> None:
    url = f"{cognito_hosted_ui.path_url}/oauth2/token"
    cognito.faults.fail(TOKEN, status=503)
    assert requests.post(url, timeout=5).status_code == 503
    cognito.faults.time_out(TOKEN)
    with pytest.raises(requests.ConnectionError):
        requests.post(url, timeout=5)
    assert requests.post(url, timeout=5).status_code == 400


def test_the_browser_of_a_test(hosted: Hosted, cognito: Cognito) -> None:
    cognito.faults.fail("GET /oauth2/authorize", status=502)
    page = cognito.browser().get(f"{hosted.base}/oauth2/authorize?client_id={hosted.client.id}")
    assert isinstance(page, Page)
    assert (page.status, "InternalErrorException" in page.text) == (502, True)
