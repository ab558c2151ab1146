"""Applications by ASGI in every kind of loop, and asked by several threads at once."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
import requests
import trio
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

from pytest_cognito import Cognito, LoadBalancer

URL = "https://app.example.com"
PATHS = ("/coroutine", "/thread", "/stream")


@pytest.fixture
def starts() -> list[str]:
    return []


@pytest.fixture
def app(starts: list[str]) -> FastAPI:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        starts.append("begun")
        await asyncio.sleep(0.01)
        starts.append("started")
        yield
        starts.append("ended")

    app = FastAPI(lifespan=lifespan)

    @app.get("/coroutine")
    async def coroutine() -> str:
        await asyncio.sleep(0)
        assert "started" in starts
        return "done"

    @app.get("/thread")
    def thread() -> str:
        return "done"

    @app.get("/stream")
    async def stream() -> StreamingResponse:
        async def pieces() -> AsyncIterator[bytes]:
            for piece in (b'"do', b'ne"'):
                await asyncio.sleep(0)
                yield piece

        return StreamingResponse(pieces())

    @app.get("/own-thread")
    def own_thread() -> list[str]:
        answers: list[str] = []
        asking = threading.Thread(target=lambda: answers.append(requests.get(f"{URL}/coroutine", timeout=5).json()))
        asking.start()
        asking.join(5)
        return answers

    return app


@pytest.fixture
def front(cognito: Cognito, app: FastAPI) -> LoadBalancer:
    return cognito.load_balancer(app, action="forward")


def plainly(front: LoadBalancer) -> Callable[[str], Any]:
    async def get(path: str) -> Any:
        return front.get(path).json()

    return get


def in_the_loop(front: LoadBalancer) -> Callable[[str], Any]:
    async def get(path: str) -> Any:
        return (await front.aget(path)).json()

    return get


def by_requests(front: LoadBalancer) -> Callable[[str], Any]:
    async def get(path: str) -> Any:
        return requests.get(f"{front.url}{path}", timeout=5).json()  # noqa: ASYNC210 - nothing is waited for

    return get


@pytest.mark.parametrize("run", [asyncio.run, lambda coroutine: trio.run(lambda: coroutine)], ids=["asyncio", "trio"])
@pytest.mark.parametrize("how", [plainly, in_the_loop, by_requests])
def test_every_loop(front: LoadBalancer, run: Any, how: Any) -> None:
    get = how(front)

    async def main() -> list[Any]:
        return [await get(path) for path in PATHS]

    assert run(main()) == ["done"] * len(PATHS)


def test_a_thread_that_the_application_starts_may_ask_it(front: LoadBalancer) -> None:
    assert front.get("/own-thread").json() == ["done"]


def test_threads_share_a_loop_and_its_lifespan(front: LoadBalancer, starts: list[str]) -> None:
    answers: list[Any] = []
    threads = [threading.Thread(target=lambda: answers.append(front.get("/coroutine").json())) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert (answers, starts) == (["done"] * 6, ["begun", "started"])


@pytest.mark.asyncio
async def test_requests_at_once_wait_for_the_start(front: LoadBalancer, starts: list[str]) -> None:
    answers = await asyncio.gather(*(front.aget("/coroutine") for _ in range(4)))
    assert ([answer.json() for answer in answers], starts) == (["done"] * 4, ["begun", "started"])
