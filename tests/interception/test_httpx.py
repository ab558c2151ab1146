"""What clients of `httpx` and `httpx2` do around a request goes on working."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import httpx
import httpx2
import pytest
import trio

from .conftest import SET_COOKIES, Echo

HOST = "https://cognito-idp.eu-west-1.amazonaws.com"

pytestmark = pytest.mark.parametrize("library", [httpx, httpx2])


def test_a_client_older_than_the_hook(library: ModuleType, request: pytest.FixtureRequest) -> None:
    with library.Client(base_url=HOST, params={"a": "b"}) as client:
        request.getfixturevalue("echo")
        assert client.get("/x").json()["url"] == f"{HOST}/x?a=b"


def test_cookies_history_hooks_and_authentication(library: ModuleType, echo: Echo) -> None:
    heard: list[Any] = []
    hooks = {"request": [heard.append], "response": [heard.append]}
    with library.Client(event_hooks=hooks, auth=("id", "secret"), follow_redirects=True) as client:
        reply = client.post(f"{HOST}/redirect?/there", data={"a": "1"})

    assert [step.status_code for step in reply.history] == [302]
    assert len(heard) == 4
    assert client.cookies["seen"] == client.cookies["twice"] == "yes"
    assert reply.json()["headers"]["cookie"] == "seen=yes; twice=yes"
    assert reply.json()["headers"]["authorization"].startswith("Basic ")
    assert reply.elapsed.total_seconds() >= 0
    assert echo.seen[0].body == b"a=1"


def test_a_header_that_comes_twice_arrives_twice(library: ModuleType, echo: Echo) -> None:
    assert library.get(f"{HOST}/redirect?/there").headers.get_list("Set-Cookie") == SET_COOKIES


@pytest.mark.asyncio
async def test_a_header_that_comes_twice_arrives_twice_in_an_async_client(library: ModuleType, echo: Echo) -> None:
    async with library.AsyncClient() as client:
        reply = await client.get(f"{HOST}/redirect?/there")

    assert reply.headers.get_list("Set-Cookie") == SET_COOKIES
    assert client.cookies["seen"] == client.cookies["twice"] == "yes"


def test_raise_for_status(library: ModuleType, echo: Echo) -> None:
    with pytest.raises(library.HTTPStatusError, match="400 Bad Request"):
        library.get(f"{HOST}/status/400").raise_for_status()


def test_files(library: ModuleType, echo: Echo) -> None:
    assert "from a file" in library.post(f"{HOST}/x", files={"upload": b"from a file"}).json()["body"]


def test_a_transport_around_a_real_one(library: ModuleType, echo: Echo) -> None:
    real = library.HTTPTransport()

    def retry(self: Any, request: Any) -> Any:
        tried.append(request)
        return real.handle_request(request)

    def count(self: Any, request: Any) -> Any:
        tried.append(request)
        return library.HTTPTransport.handle_request(self, request)

    retrying = type("Retrying", (library.BaseTransport,), {"handle_request": retry})
    counting = type("Counting", (library.HTTPTransport,), {"handle_request": count})
    tried: list[Any] = []
    for transport in (retrying(), counting()):
        with library.Client(transport=transport) as client:
            assert client.get(f"{HOST}/x").json()["url"] == f"{HOST}/x"
    assert len(tried) == len(echo.seen) == 2


@pytest.mark.asyncio
async def test_an_async_transport_around_a_real_one(library: ModuleType, echo: Echo) -> None:
    async def count(self: Any, request: Any) -> Any:
        tried.append(request)
        return await library.AsyncHTTPTransport.handle_async_request(self, request)

    counting = type("Counting", (library.AsyncHTTPTransport,), {"handle_async_request": count})
    tried: list[Any] = []
    async with library.AsyncClient(transport=counting()) as client:
        assert (await client.get(f"{HOST}/x")).json()["url"] == f"{HOST}/x"
    assert len(tried) == len(echo.seen) == 1


def test_on_trio(library: ModuleType, echo: Echo) -> None:
    async def run() -> Any:
        async with library.AsyncClient() as client, client.stream("POST", f"{HOST}/x", content=b"1") as reply:
            return await reply.aread()

    assert b'"body": "1"' in trio.run(run)


def test_through_a_proxy_from_the_environment(library: ModuleType, echo: Echo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.invalid:1")

    assert library.get(f"{HOST}/x").status_code == 200
