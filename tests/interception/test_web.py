"""What verifies tokens finds a pool's keys where it looks for them, by whichever library, beside whichever mock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import aiohttp
import httpx
import httpx2
import jwt
import pytest
import requests
import responses
import respx
from pytest_httpx import HTTPXMock

from pytest_cognito import Cognito, Tokens, User, UserPool, mock_cognito
from pytest_cognito.kernel.errors import NotMocked

pytestmark = pytest.mark.usefixtures("no_network")
THEIRS = "https://api.example.com/orders"


async def _by_httpx_async(url: str) -> Any:
    async with httpx.AsyncClient() as client:
        return (await client.get(url)).json()


async def _by_aiohttp(url: str) -> Any:
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return await answer.json()


WAYS: dict[str, Callable[[str], Any]] = {
    "requests": lambda url: requests.get(url, timeout=5).json(),
    "requests.Session": lambda url: requests.Session().get(url, timeout=5).json(),
    "httpx": lambda url: httpx.get(url).json(),
    "httpx.AsyncClient": lambda url: asyncio.run(_by_httpx_async(url)),
    "httpx2": lambda url: httpx2.get(url).json(),
    "aiohttp": lambda url: asyncio.run(_by_aiohttp(url)),
}


@pytest.fixture(params=WAYS)
def get(request: pytest.FixtureRequest) -> Callable[[str], Any]:
    return WAYS[request.param]


def verified(token: str, keys: dict[str, Any], pool: UserPool) -> dict[str, Any]:
    """The claims of a token, by an independent library and a pool's published keys."""
    key = jwt.PyJWKSet.from_dict(keys)[jwt.get_unverified_header(token)["kid"]]
    return jwt.decode(token, key, algorithms=["RS256"], issuer=pool.issuer, options={"verify_aud": False})


def test_pyjwkclient(cognito_user_pool: UserPool, cognito_user: User, cognito_tokens: Tokens) -> None:
    keys = jwt.PyJWKClient(cognito_user_pool.jwks_uri)
    for token in (cognito_tokens.access_token, cognito_tokens.id_token):
        key = keys.get_signing_key_from_jwt(token)
        claims = jwt.decode(token, key, algorithms=["RS256"], options={"verify_aud": False})
        assert claims["sub"] == cognito_user.sub


def test_keys(
    cognito_user_pool: UserPool, cognito_user: User, cognito_tokens: Tokens, get: Callable[[str], Any]
) -> None:
    keys = get(cognito_user_pool.jwks_uri)
    assert verified(cognito_tokens.access_token, keys, cognito_user_pool)["sub"] == cognito_user.sub
    assert verified(cognito_tokens.id_token, keys, cognito_user_pool)["sub"] == cognito_user.sub


def test_openid_configuration_leads_to_the_keys(cognito_user_pool: UserPool, get: Callable[[str], Any]) -> None:
    configuration = get(f"{cognito_user_pool.issuer}/.well-known/openid-configuration")
    assert configuration["issuer"] == cognito_user_pool.issuer
    assert configuration["jwks_uri"] == cognito_user_pool.jwks_uri


def test_keys_of_one_pool_verify_no_token_of_another(
    cognito: Cognito, cognito_user_pool: UserPool, cognito_tokens: Tokens, get: Callable[[str], Any]
) -> None:
    other = cognito.create_user_pool()
    with pytest.raises(KeyError):
        verified(cognito_tokens.access_token, get(other.jwks_uri), cognito_user_pool)


def test_a_pool_of_another_region(cognito: Cognito, get: Callable[[str], Any]) -> None:
    pool = cognito.create_user_pool(region="eu-west-1")
    assert "eu-west-1.amazonaws.com" in pool.jwks_uri
    assert len(get(pool.jwks_uri)["keys"]) == 2


def test_keys_in_the_innermost_world(cognito: Cognito, get: Callable[[str], Any]) -> None:
    with mock_cognito() as inner:
        pool = inner.create_user_pool()
        assert len(get(pool.jwks_uri)["keys"]) == 2
    assert "keys" not in get(pool.jwks_uri)


def test_without_a_mock_a_request_is_refused(get: Callable[[str], Any]) -> None:
    url = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Abcdefghi/.well-known/jwks.json"
    with pytest.raises(NotMocked, match=f"^GET {url} would have reached AWS"):
        get(f"{url}?token=1")


def test_pyjwkclient_without_a_mock_is_refused() -> None:
    with pytest.raises(NotMocked, match="would have reached AWS"):
        jwt.PyJWKClient("https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Abc/.well-known/jwks.json").fetch_data()


@pytest.mark.cognito(real=True)
def test_a_test_may_let_its_requests_through(no_network: list[str]) -> None:
    with pytest.raises(requests.ConnectionError):
        requests.get("https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Abc/.well-known/jwks.json", timeout=5)
    assert "cognito-idp.us-east-1.amazonaws.com" in no_network[0]
    no_network.clear()


def test_other_hosts_are_left_alone(cognito: Cognito, no_network: list[str]) -> None:
    with pytest.raises(requests.ConnectionError):
        requests.get(THEIRS, timeout=5)
    assert "api.example.com" in no_network[0]
    no_network.clear()


@responses.activate
def test_beside_responses(cognito_user_pool: UserPool) -> None:
    responses.get(THEIRS, json={"orders": []})
    assert requests.get(THEIRS, timeout=5).json() == {"orders": []}
    assert len(requests.get(cognito_user_pool.jwks_uri, timeout=5).json()["keys"]) == 2


@respx.mock
def test_beside_respx(cognito_user_pool: UserPool) -> None:
    respx.get(THEIRS).respond(json={"orders": []})
    assert httpx.get(THEIRS).json() == {"orders": []}
    assert len(httpx.get(cognito_user_pool.jwks_uri).json()["keys"]) == 2


def test_beside_pytest_httpx(cognito_user_pool: UserPool, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(url=THEIRS, json={"orders": []})
    assert httpx.get(THEIRS).json() == {"orders": []}
    assert len(httpx.get(cognito_user_pool.jwks_uri).json()["keys"]) == 2


def test_beside_moto(cognito_user_pool: UserPool) -> None:
    from moto import mock_aws

    with mock_aws():
        assert len(requests.get(cognito_user_pool.jwks_uri, timeout=5).json()["keys"]) == 2


def test_the_api_itself_by_http(cognito_user_pool: UserPool) -> None:
    """An SDK that speaks HTTP by way of `requests` is answered as well."""
    answer = requests.post(
        "https://cognito-idp.us-east-1.amazonaws.com/",
        headers={"X-Amz-Target": "AWSCognitoIdentityProviderService.SignUp"},
        json={"ClientId": cognito_user_pool.client.id, "Username": "eve", "Password": "Correct-horse-7"},
        timeout=5,
    )
    assert (answer.status_code, answer.json()["UserConfirmed"]) == (200, False)
    assert [user.username for user in cognito_user_pool.users] == ["eve"]
