"""What sessions of `aiohttp` do around a request goes on working."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from .conftest import SET_COOKIES, Echo, LocalServer

HOST = "https://cognito-idp.eu-west-1.amazonaws.com"

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def session(echo: Echo) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as made:
        yield made


async def test_the_answer_is_a_client_response(session: aiohttp.ClientSession) -> None:
    async with session.get(f"{HOST}/x", params={"a": "b"}) as answer:
        assert isinstance(answer, aiohttp.ClientResponse)
        assert (answer.status, answer.reason, answer.ok) == (200, "OK", True)
        assert answer.content_type == "application/json"
        assert (await answer.json())["url"] == f"{HOST}/x?a=b"
        assert "url" in await answer.text()
        assert await answer.read()
    assert answer.closed


async def test_without_a_context(session: aiohttp.ClientSession) -> None:
    answer = await session.get(f"{HOST}/x")

    assert (await answer.json())["method"] == "GET"


async def test_json_forms_and_files(session: aiohttp.ClientSession, tmp_path: Path) -> None:
    path = tmp_path / "body"
    path.write_bytes(b"from a file")
    with path.open("rb") as file:
        for options, expected in (
            ({"json": {"a": 1}}, '{"a": 1}'),
            ({"data": {"a": "1"}}, "a=1"),
            ({"data": "text"}, "text"),
            ({"data": file}, "from a file"),
        ):
            async with session.post(f"{HOST}/x", **options) as answer:
                assert (await answer.json())["body"] == expected


async def test_several_parts(session: aiohttp.ClientSession) -> None:
    form = aiohttp.FormData()
    form.add_field("upload", b"content", filename="name.bin")
    async with session.post(f"{HOST}/x", data=form) as answer:
        assert "content" in (await answer.json())["body"]


async def test_raise_for_status_by_method_session_and_request(session: aiohttp.ClientSession) -> None:
    async with session.get(f"{HOST}/status/400") as answer:
        with pytest.raises(aiohttp.ClientResponseError, match="400"):
            answer.raise_for_status()
    with pytest.raises(aiohttp.ClientResponseError, match="401"):
        await session.get(f"{HOST}/status/401", raise_for_status=True)
    async with aiohttp.ClientSession(raise_for_status=True) as strict:
        with pytest.raises(aiohttp.ClientResponseError, match="500"):
            await strict.get(f"{HOST}/status/500")


async def test_base_url(echo: Echo) -> None:
    async with aiohttp.ClientSession(HOST) as session, session.get("/x") as answer:
        assert (await answer.json())["url"] == f"{HOST}/x"


async def test_redirects_cookies_and_history(session: aiohttp.ClientSession) -> None:
    async with session.get(f"{HOST}/redirect?/there") as answer:
        assert str(answer.url) == f"{HOST}/there"
        assert [step.status for step in answer.history] == [302]
        assert (await answer.json())["headers"]["cookie"] == "seen=yes; twice=yes"
    async with session.get(f"{HOST}/redirect?/there", allow_redirects=False) as answer:
        assert answer.headers["Location"] == "/there"


async def test_a_header_that_comes_twice_arrives_twice(session: aiohttp.ClientSession) -> None:
    async with session.get(f"{HOST}/redirect?/there", allow_redirects=False) as answer:
        assert answer.headers.getall("Set-Cookie") == SET_COOKIES
        assert {name: cookie.value for name, cookie in answer.cookies.items()} == {"seen": "yes", "twice": "yes"}


async def test_a_redirect_from_another_host(
    session: aiohttp.ClientSession, echo: Echo, local_server: LocalServer
) -> None:
    echo.hosts.clear()
    async with session.get(f"{HOST}/redirect?{local_server.url}/x") as answer:
        assert await answer.text() == "network"


async def test_an_answer_that_is_left_unread(session: aiohttp.ClientSession) -> None:
    for _ in range(3):
        async with session.get(f"{HOST}/x"):
            pass
    answer = await session.get(f"{HOST}/x")
    answer.close()


async def test_many_at_once(session: aiohttp.ClientSession) -> None:
    async def get(number: int) -> str:
        async with session.get(f"{HOST}/x?{number}") as answer:
            return str((await answer.json())["url"])

    urls = await asyncio.gather(*(get(number) for number in range(150)))

    assert urls == [f"{HOST}/x?{number}" for number in range(150)]


async def test_the_function_without_a_session(echo: Echo) -> None:
    async with aiohttp.request("GET", f"{HOST}/x") as answer:
        assert (await answer.json())["url"] == f"{HOST}/x"


async def test_expecting_to_be_told_to_continue(session: aiohttp.ClientSession) -> None:
    async with session.post(f"{HOST}/x", data=b"body", expect100=True) as answer:
        assert (await answer.json())["body"] == "body"


async def test_debug_mode_finds_nothing_left_open(session: aiohttp.ClientSession) -> None:
    asyncio.get_running_loop().set_debug(True)
    async with session.get(f"{HOST}/x") as answer:
        await answer.read()
