"""Beside other mocks: Cognito's requests are answered, the other mock's own are left to it, whoever was first."""

from __future__ import annotations

import asyncio
import inspect
from types import ModuleType, SimpleNamespace
from typing import Any

import aiohttp
import httpx
import httpx2
import moto
import pytest
import requests
import requests_mock
import responses
import respx
from aioresponses import aioresponses
from pytest_httpx import HTTPXMock

from .conftest import Echo

OURS = "https://cognito-idp.eu-west-1.amazonaws.com/pool/.well-known/jwks.json"
THEIRS = "https://api.example.com/orders"


class _Response(aiohttp.ClientResponse):
    """A response as aioresponses 0.7 makes it, which knows nothing of what aiohttp 3.14 came to ask for."""

    def __init__(self, *args: Any, **options: Any) -> None:
        if "stream_writer" in inspect.signature(aiohttp.ClientResponse).parameters:
            options.setdefault("stream_writer", SimpleNamespace(output_size=0))
        super().__init__(*args, **options)


async def _get(url: str, **options: Any) -> str:
    async with aiohttp.ClientSession() as session, session.get(url, **options) as answer:
        return await answer.text()


@responses.activate
def test_responses(echo: Echo) -> None:
    responses.get(THEIRS, json={"orders": []})

    assert requests.get(THEIRS).json() == {"orders": []}
    assert requests.get(OURS).json()["url"] == OURS
    assert requests.Session().post(OURS, json={"a": 1}).json()["body"] == '{"a": 1}'
    with pytest.raises(requests.ConnectionError, match="refused by Responses"):
        requests.get("https://unregistered.example.com")
    assert responses.calls[0].request.url == THEIRS


def test_responses_that_must_all_be_used(echo: Echo) -> None:
    with responses.RequestsMock(assert_all_requests_are_fired=True) as mock:
        mock.get(THEIRS, body="theirs")
        requests.get(OURS)
        requests.get(THEIRS)
        assert [call.request.url for call in mock.calls] == [OURS, THEIRS]


@responses.activate
def test_a_redirect_from_ours_to_theirs_and_back(echo: Echo) -> None:
    responses.get(THEIRS, status=302, headers={"Location": OURS})
    reply = requests.get(f"https://shop.auth.eu-west-1.amazoncognito.com/redirect?{THEIRS}")

    assert reply.json()["url"] == OURS
    assert [step.status_code for step in reply.history] == [302, 302]


def test_requests_mock(echo: Echo) -> None:
    session = requests.Session()
    with requests_mock.Mocker() as mock:
        mock.get(THEIRS, text="theirs")
        for _ in range(2):
            assert session.get(OURS).json()["url"] == OURS
            assert session.get(THEIRS).text == "theirs"
            assert requests.get(OURS).json()["url"] == OURS
        with pytest.raises(requests_mock.NoMockAddress):
            session.get("https://unregistered.example.com")
        assert {call.url for call in mock.request_history} == {THEIRS, "https://unregistered.example.com/"}
    assert session.get(OURS).json()["url"] == OURS


def test_requests_mock_of_one_session_several_times(echo: Echo) -> None:
    session = requests.Session()
    for _ in range(3):
        with requests_mock.Mocker(session=session) as mock:
            mock.get(THEIRS, text="theirs")
            assert session.get(THEIRS).text == "theirs"
            assert session.get(OURS).json()["url"] == OURS
    assert session.get(OURS).json()["url"] == OURS
    assert "get_adapter" not in vars(session)


def test_requests_mock_nested_and_letting_others_through(echo: Echo) -> None:
    with requests_mock.Mocker() as outer, requests_mock.Mocker(real_http=True):
        outer.get(THEIRS, text="outer")
        assert requests.get(THEIRS).text == "outer"
        assert requests.get(OURS).json()["url"] == OURS


def test_requests_mock_that_began_before_the_hook_was_there(echo: Echo, monkeypatch: pytest.MonkeyPatch) -> None:
    from pytest_cognito.http.messages import Response
    from pytest_cognito.interception import requests as requests_hooks

    hooked = vars(requests.Session)["get_adapter"]
    monkeypatch.setattr(requests.Session, "get_adapter", getattr(hooked, "_original", hooked))
    session = requests.Session()
    with requests_mock.Mocker():
        requests_hooks.hook(requests)
        echo.response = Response(200, [], b"ours")
        assert session.get(OURS).text == "ours"
    assert session.get(OURS).text == "ours"


def test_the_requests_mock_fixture(echo: Echo, requests_mock: requests_mock.Mocker) -> None:
    requests_mock.get(THEIRS, text="theirs")

    assert requests.get(OURS).json()["url"] == OURS
    assert requests.get(THEIRS).text == "theirs"


@moto.mock_aws
def test_moto(echo: Echo) -> None:
    assert requests.get(OURS).json()["url"] == OURS
    assert "404" in str(requests.get("https://bucket.s3.amazonaws.com/missing").status_code)


@respx.mock
def test_respx(echo: Echo) -> None:
    respx.get(THEIRS).respond(text="theirs")

    assert httpx.get(OURS).json()["url"] == OURS
    assert httpx.get(THEIRS).text == "theirs"
    with pytest.raises(respx.models.AllMockedAssertionError):
        httpx.get("https://unregistered.example.com")


def test_respx_in_place_of_the_clients_transports(echo: Echo) -> None:
    with respx.mock(using="httpx") as mock:
        mock.get(THEIRS).respond(text="theirs")
        assert httpx.get(OURS).json()["url"] == OURS
        assert httpx.get(THEIRS).text == "theirs"


@pytest.mark.asyncio
@respx.mock
async def test_respx_async(echo: Echo) -> None:
    respx.get(THEIRS).respond(text="theirs")
    async with httpx.AsyncClient() as client:
        assert (await client.get(OURS)).json()["url"] == OURS
        assert (await client.get(THEIRS)).text == "theirs"


def test_pytest_httpx(echo: Echo, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(url=THEIRS, text="theirs")

    assert httpx.get(OURS).json()["url"] == OURS
    assert httpx.get(THEIRS).text == "theirs"
    assert [str(request.url) for request in httpx_mock.get_requests()] == [THEIRS]


@pytest.mark.asyncio
async def test_pytest_httpx_async(echo: Echo, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(url=THEIRS, text="theirs")
    async with httpx.AsyncClient() as client:
        assert (await client.get(OURS)).json()["url"] == OURS
        assert (await client.get(THEIRS)).text == "theirs"


@pytest.mark.parametrize("library", [httpx, httpx2])
def test_mock_transports_keep_their_say(echo: Echo, library: ModuleType) -> None:
    transport = library.MockTransport(lambda request: library.Response(200, text="theirs"))
    with library.Client(transport=transport) as client:
        assert client.get(OURS).text == "theirs"
    with library.Client(mounts={"https://cognito-idp.eu-west-1.amazonaws.com": transport}) as client:
        assert client.get(OURS).text == "theirs"
    assert echo.seen == []


@pytest.mark.asyncio
@pytest.mark.parametrize("library", [httpx, httpx2])
async def test_asgi_transports_keep_their_say(echo: Echo, library: ModuleType) -> None:
    async def application(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"theirs"})

    transport = library.ASGITransport(app=application)
    async with library.AsyncClient(transport=transport) as client:
        assert (await client.get(OURS)).text == "theirs"
    assert echo.seen == []


def test_an_adapter_mounted_by_hand_keeps_its_say(echo: Echo) -> None:
    adapter = requests_mock.Adapter()
    adapter.register_uri("GET", OURS, text="theirs")
    session = requests.Session()
    session.mount("https://cognito-idp.", adapter)

    assert session.get(OURS).text == "theirs"
    assert echo.seen == []


def test_aioresponses(echo: Echo) -> None:
    async def run() -> None:
        with aioresponses() as mock:
            mock.get(THEIRS, body="theirs", response_class=_Response)
            assert OURS in await _get(OURS)
            assert await _get(THEIRS) == "theirs"
            with pytest.raises(aiohttp.ClientConnectionError, match="refused"):
                await _get("https://unregistered.example.com")
            async with aiohttp.ClientSession(OURS.partition("/pool")[0]) as session:
                answer = await session.post("/pool/x", json={"a": 1}, params={"b": "2"})
                assert (await answer.json())["url"].endswith("/pool/x?b=2")
                assert (await (await session.request("PUT", url="/y", data=b"1")).json())["body"] == "1"
            assert {str(url) for _, url in mock.requests} == {THEIRS, "https://unregistered.example.com"}
        assert OURS in await _get(OURS)

    asyncio.run(run())


def test_all_of_them_at_once(echo: Echo, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(url=THEIRS, text="theirs")

    async def both() -> None:
        assert OURS in await _get(OURS)
        assert await _get(THEIRS) == "theirs"

    with moto.mock_aws(), responses.RequestsMock() as mock, aioresponses() as asynchronous:
        mock.get(THEIRS, body="theirs")
        asynchronous.get(THEIRS, body="theirs", response_class=_Response)
        assert requests.get(OURS).json()["url"] == httpx.get(OURS).json()["url"] == OURS
        assert requests.get(THEIRS).text == httpx.get(THEIRS).text == "theirs"
        asyncio.run(both())
