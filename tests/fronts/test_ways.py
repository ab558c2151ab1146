"""The ways in which every front is reached, the worlds it is in, and the styles of tests that use it."""

from __future__ import annotations

import threading
import unittest
from collections.abc import Callable
from typing import Any
from urllib import error, request

import aiohttp
import httpx
import pytest
import requests
import trio
import urllib3

from pytest_cognito import Cognito, Server, UserPool, mock_cognito
from pytest_cognito.world import World
from tests.support.every_front import FRONTS, QUERY, asked, status

STATUSES = [200, 401]


def by_requests(method: str, url: str, options: dict[str, Any]) -> int:
    return requests.request(method, url, timeout=5, **options).status_code


def by_httpx(method: str, url: str, options: dict[str, Any]) -> int:
    return httpx.request(method, url, timeout=5, **options).status_code


def by_urllib3(method: str, url: str, options: dict[str, Any]) -> int:
    return urllib3.request(method, url, **options).status


def by_urllib(method: str, url: str, options: dict[str, Any]) -> int:
    body = b'{"query": "{ hello }"}' if options.get("json") == QUERY else None
    try:
        with request.urlopen(request.Request(url, body, options["headers"], method=method)) as response:
            code: int = response.status
            return code
    except error.HTTPError as refused:
        return refused.code


def sent(name: str, token: str) -> tuple[str, str, dict[str, Any]]:
    """A request whose headers have one value each, as the libraries take them."""
    method, path, options = asked(name, token)
    return method, path, {**options, "headers": {key: values[0] for key, values in options["headers"].items()}}


@pytest.fixture(params=FRONTS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def front(name: str, cognito: Cognito, cognito_user_pool: UserPool) -> Any:
    return FRONTS[name](cognito, cognito_user_pool)


@pytest.fixture
def given(cognito_tokens: Any) -> list[str]:
    """A token that is right, and one that is not."""
    return [cognito_tokens.id_token, cognito_tokens.expired().id_token]


@pytest.mark.parametrize("ask", [by_requests, by_httpx, by_urllib3, by_urllib])
def test_every_library(name: str, front: Any, given: list[str], ask: Callable[..., int]) -> None:
    calls = [sent(name, token) for token in given]
    assert [ask(method, f"{front.url}{path}", options) for method, path, options in calls] == STATUSES


@pytest.mark.asyncio
async def test_asynchronous_calls(name: str, front: Any, given: list[str]) -> None:
    calls = [sent(name, token) for token in given]
    assert [(await front.arequest(*call[:2], **call[2])).status_code for call in calls] == STATUSES
    assert [front.request(*call[:2], **call[2]).status_code for call in calls] == STATUSES
    async with aiohttp.ClientSession() as session:
        answers = [await session.request(call[0], f"{front.url}{call[1]}", **call[2]) for call in calls]
    assert [answer.status for answer in answers] == STATUSES


def test_calls_in_trio(name: str, front: Any, given: list[str]) -> None:
    async def main() -> list[int]:
        calls = [sent(name, token) for token in given]
        return [(await front.arequest(*call[:2], **call[2])).status_code for call in calls]

    assert trio.run(main) == STATUSES


def test_the_loopback_server_by_path_and_by_name(
    name: str, front: Any, given: list[str], cognito_server: Server
) -> None:
    path = front.url.removeprefix(f"https://{front.host}")
    for token in given:
        method, rest, options = sent(name, token)
        expected = STATUSES[given.index(token)]
        by_path = f"{cognito_server.endpoint_url}/_provider/{front.host}{path}{rest}"
        assert by_requests(method, by_path, options) == expected
        headers = {**options["headers"], "Host": front.host}
        url = f"{cognito_server.endpoint_url}{path}{rest}"
        assert by_requests(method, url, {**options, "headers": headers}) == expected


def test_threads_at_once(name: str, front: Any, given: list[str]) -> None:
    codes: list[int] = []
    threads = [threading.Thread(target=lambda: codes.append(status(name, front, given[0]))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert codes == [200] * 8


def test_a_world_inside_has_its_own(name: str, front: Any, given: list[str]) -> None:
    with mock_cognito(region="us-east-1") as inner:
        pool = inner.create_user_pool()
        own = FRONTS[name](inner, pool)
        token = pool.create_user("bob").tokens().id_token
        assert status(name, own, token) == 200
        assert [status(name, own, each) for each in given] == [401, 401]
        assert status(name, front, token) == 401
    assert [status(name, front, token) for token in given] == STATUSES


def test_a_world_that_begins_with_it_has_its_own_records(
    name: str, front: Any, cognito: Cognito, given: list[str]
) -> None:
    world = World(parent=cognito.world)
    heir: Any = world.sites.find(front.host)
    before = len(cognito.calls)
    assert [status(name, heir, token) for token in given] == STATUSES
    assert (len(cognito.calls) - before, len(world.calls) > 1) == (0, True)


def test_after_a_reset_nobody_gets_in(name: str, front: Any, given: list[str], cognito: Cognito) -> None:
    cognito.reset()
    assert status(name, front, given[0]) in (401, 562)
    with pytest.raises(Exception, match=r"(?i)resolve|not|refuse|connect|block"):
        requests.get(front.url, timeout=0.2)


@mock_cognito
def test_the_decorator(name: str, cognito: Cognito) -> None:
    pool = cognito.create_user_pool()
    assert status(name, FRONTS[name](cognito, pool), pool.create_user("alice").tokens().id_token) == 200


class InUnittest(unittest.TestCase):
    def setUp(self) -> None:
        self.mock = mock_cognito()
        self.cognito = self.mock.start()
        self.addCleanup(self.mock.stop)

    def test_it(self) -> None:
        pool = self.cognito.create_user_pool()
        token = pool.create_user("alice").tokens().id_token
        codes = {name: status(name, front(self.cognito, pool), token) for name, front in FRONTS.items()}
        assert codes == dict.fromkeys(FRONTS, 200)
