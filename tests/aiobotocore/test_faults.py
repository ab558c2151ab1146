"""Injected faults in clients of aiobotocore: its retries meet them, nobody waits, and the event loop runs on."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from typing import Any

import anyio
import pytest
from aiobotocore.config import AioConfig
from aiobotocore.httpxsession import HttpxSession
from aiobotocore.retries.bucket import AsyncTokenBucket
from aiobotocore.session import get_session
from botocore.exceptions import ConnectTimeoutError, ReadTimeoutError

from pytest_cognito import Cognito
from tests.support.network import closed

pytestmark = pytest.mark.asyncio
LATENCY = 0.4  # seconds
MODES = ["legacy", "standard", "adaptive"]


@pytest.fixture(autouse=True)
def slept(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """The seconds of each sleep. Before each retry botocore draws some from a range that grows: up to 1, 2, 4, 8."""
    slept: list[float] = []
    sleep = asyncio.sleep

    async def noted(seconds: float) -> None:
        slept.append(seconds)
        await sleep(min(seconds, LATENCY))

    async def acquire(*_: Any, **__: Any) -> None:
        slept.append(float("inf"))

    monkeypatch.setattr(asyncio, "sleep", noted)
    monkeypatch.setattr(anyio, "sleep", noted)
    monkeypatch.setattr(AsyncTokenBucket, "acquire", acquire)
    with closed() as tried:
        yield slept
    assert tried == []
    assert all(seconds <= LATENCY for seconds in slept)


def client(mode: str = "legacy", attempts: int = 5, **config: Any) -> AbstractAsyncContextManager[Any]:
    retries = {"mode": mode, "total_max_attempts": attempts}
    made: AbstractAsyncContextManager[Any] = get_session().create_client(
        "cognito-idp", config=AioConfig(retries=retries, **config)
    )
    return made


@pytest.mark.parametrize("mode", MODES)
async def test_a_failing_service_is_tried_again(cognito: Cognito, mode: str) -> None:
    cognito.faults.fail("ListUserPools", times=3)
    async with client(mode) as idp:
        answer = await idp.list_user_pools(MaxResults=1)
    assert answer["UserPools"] == []
    assert answer["ResponseMetadata"]["RetryAttempts"] == 3
    assert len(cognito.calls) == 4


@pytest.mark.parametrize("mode", MODES)
async def test_by_way_of_httpx(cognito: Cognito, mode: str) -> None:
    cognito.faults.fail("ListUserPools", times=3)
    async with client(mode, http_session_cls=HttpxSession) as idp:
        assert (await idp.list_user_pools(MaxResults=1))["ResponseMetadata"]["RetryAttempts"] == 3


@pytest.mark.parametrize("mode", ["standard", "adaptive"])
async def test_a_throttled_call_is_tried_again(cognito: Cognito, mode: str) -> None:
    cognito.faults.throttle("ListUserPools", times=3)
    async with client(mode) as idp:
        assert (await idp.list_user_pools(MaxResults=1))["ResponseMetadata"]["RetryAttempts"] == 3
        assert (await idp.list_user_pools(MaxResults=1))["ResponseMetadata"]["RetryAttempts"] == 0


@pytest.mark.parametrize("mode", MODES)
async def test_when_the_tries_are_used_up_the_error_is_the_caller_s(cognito: Cognito, mode: str) -> None:
    cognito.faults.fail("ListUserPools", times=9)
    async with client(mode, attempts=4) as idp:
        with pytest.raises(idp.exceptions.InternalErrorException) as caught:
            await idp.list_user_pools(MaxResults=1)
    metadata = caught.value.response["ResponseMetadata"]
    assert (metadata["RetryAttempts"], metadata["HTTPStatusCode"]) == (3, 500)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("phase", "error"), [("connect", ConnectTimeoutError), ("read", ReadTimeoutError)])
async def test_time_outs(cognito: Cognito, mode: str, phase: str, error: type[Exception]) -> None:
    cognito.faults.time_out("ListUserPools", times=2, phase=phase)
    async with client(mode, attempts=3) as idp:
        assert (await idp.list_user_pools(MaxResults=1))["ResponseMetadata"]["RetryAttempts"] == 2
        cognito.faults.time_out("ListUserPools", times=3, phase=phase)
        with pytest.raises(error):
            await idp.list_user_pools(MaxResults=1)
    assert [type(call.error) for call in cognito.calls] == [error, error, type(None), error, error, error]


async def test_latency_does_not_stop_the_event_loop(cognito: Cognito) -> None:
    cognito.faults.slow_down("ListUserPools", seconds=LATENCY)
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            await asyncio.sleep(0.01)
            ticks += 1

    ticking = asyncio.create_task(tick())
    async with client() as idp:
        await asyncio.gather(*(idp.list_user_pools(MaxResults=1) for _ in range(8)))
    ticking.cancel()
    assert ticks >= 2


async def test_credentials_are_not_looked_for(cognito: Cognito, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    cognito.faults.fail()
    async with client() as idp:
        assert (await idp.list_user_pools(MaxResults=1))["ResponseMetadata"]["RetryAttempts"] == 1
