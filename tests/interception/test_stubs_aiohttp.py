"""A stub of aioresponses for an address of Cognito goes before Cognito's answer."""

from __future__ import annotations

import aiohttp
import pytest
from aioresponses import aioresponses

from pytest_cognito import UserPool
from pytest_cognito.kernel.errors import NotMocked

from .test_beside import _Response

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("no_network")]
KEYS = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Example01/.well-known/jwks.json"


async def status(url: str, method: str = "GET", **options: object) -> int:
    async with aiohttp.ClientSession() as session, session.request(method, url, **options) as answer:  # type: ignore[arg-type]
        return answer.status


async def test_a_stub(cognito_user_pool: UserPool) -> None:
    keys = cognito_user_pool.jwks_uri
    with aioresponses() as mock:
        mock.get(keys, status=503, response_class=_Response)
        mock.get(f"{keys}?version=2", status=504, response_class=_Response)
        assert await status(keys, params={"version": "2"}) == 504
        async with aiohttp.ClientSession() as session, session.get(keys) as answer:
            assert answer.status == 503
        assert await status(keys) == 200  # the stub has been used
        assert await status(keys, "HEAD") == 200
        assert len(mock.requests) == 2


async def test_an_exception_in_place_of_a_response(cognito_user_pool: UserPool) -> None:
    with aioresponses() as mock:
        mock.get(cognito_user_pool.jwks_uri, timeout=True)
        with pytest.raises(TimeoutError):
            await status(cognito_user_pool.jwks_uri)


async def test_without_a_mock_of_cognito() -> None:
    with aioresponses() as mock:
        mock.get(KEYS, status=203, response_class=_Response)
        assert await status(KEYS) == 203
        with pytest.raises(aiohttp.ClientConnectionError):
            await status(KEYS)


async def test_what_it_lets_through_is_refused() -> None:
    refused = pytest.raises(NotMocked, match=f"GET {KEYS} would have reached AWS")
    with aioresponses(passthrough=["https://cognito-idp."]), refused:
        await status(KEYS)
