"""Running an ASGI application: its requests, its lifespan, and the event loops for both."""

from __future__ import annotations

import asyncio
import contextvars
import sys
import threading
import weakref
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pytest_cognito.http.messages import Response, is_header
from pytest_cognito.kernel import locks
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.world import World

T = TypeVar("T")
Message = dict[str, Any]
_running: contextvars.ContextVar[tuple[object, ...]] = contextvars.ContextVar("pytest_cognito_loops", default=())
"""The loops of applications' own in which this code runs: it may send a request to the application itself."""


@dataclass
class Lifespan:
    """The lifespan of an application in one event loop: what it is told when a server starts and stops."""

    app: Callable[..., Awaitable[None]]
    state: dict[str, Any] = field(default_factory=dict)
    _start: asyncio.Future[None] | None = None
    _task: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Start the application, unless it has been started; requests that come meanwhile wait for it."""
        if self._start is None:
            self._start = asyncio.ensure_future(self._begin())
        await asyncio.shield(self._start)

    async def _begin(self) -> None:
        self._messages: asyncio.Queue[Message] = asyncio.Queue()
        self._answers: asyncio.Queue[Message] = asyncio.Queue()
        scope = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}, "state": self.state}
        self._task = asyncio.ensure_future(self._serve(scope))
        await self._tell("startup")

    async def end(self) -> None:
        """Stop the application, if it has been started and takes part in it."""
        if self._task is not None and not self._task.done():
            await self._tell("shutdown")
            await self._task

    async def _serve(self, scope: Message) -> None:
        await self.app(scope, self._messages.get, self._answers.put)

    async def _tell(self, event: str) -> None:
        assert self._task is not None
        self._messages.put_nowait({"type": f"lifespan.{event}"})
        answer = asyncio.ensure_future(self._answers.get())
        await asyncio.wait((answer, self._task), return_when=asyncio.FIRST_COMPLETED)
        if not answer.done():
            answer.cancel()
            # One that raises an error, or returns, before it answers has no lifespan (ASGI's protocol of lifespans).
            self._task.exception()
            return
        if answer.result()["type"] == f"lifespan.{event}.failed":
            await asyncio.wait((self._task,))
            said = answer.result().get("message", "")
            raise UsageError(f"the application did not get through its {event}: {said}") from self._task.exception()


class AsgiServer:
    """What a server does for an application: the requests and the lifespan, in the running event loop."""

    def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
        self.app = app

    async def answer(self, lifespan: Lifespan, scope: Message, body: bytes) -> Response:
        """The response to a request, when the application has done all that it does for it."""
        await lifespan.begin()
        finished, sent = asyncio.Event(), list[Message]()
        requests: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> Message:
            if requests:
                return requests.pop()
            await finished.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            sent.append(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                finished.set()

        await self.app({**scope, "state": dict(lifespan.state)}, receive, send)
        return _response(sent)


def _response(sent: list[Message]) -> Response:
    start = next((each for each in sent if each["type"] == "http.response.start"), None)
    if start is None:
        raise UsageError("the ASGI application has returned without a response: it sent no http.response.start")
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in start.get("headers", ())]
    for name, value in headers:
        if not is_header(name, value):
            raise UsageError(
                f"the ASGI application sends a header {name!r} that servers refuse: its name has a space, or its value "
                f"a line break"
            )
    body = b"".join(each.get("body", b"") for each in sent if each["type"] == "http.response.body")
    return Response(start["status"], headers, body)


class OwnLoop:
    """An event loop of an application's own, which runs in the thread that asks.

    Requests of other threads meanwhile are tasks of the same loop, as with a server. Whoever has a response leaves; one
    of those who still wait runs the loop on.
    """

    def __init__(self, server: AsgiServer) -> None:
        self.server = server
        self._loop = asyncio.new_event_loop()
        self._lifespan = Lifespan(server.app)
        self._turns = threading.Condition(locks.lock())
        self._is_run = False
        self._close = weakref.finalize(self, self._loop.close)

    def answer(self, scope: Message, body: bytes) -> Response:
        return self._run(self.server.answer(self._lifespan, scope, body))

    def close(self) -> None:
        """End the application's lifespan and the loop."""
        if self._close.alive:
            self._run(self._lifespan.end())
            self._close()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        context = contextvars.copy_context()
        context.run(_running.set, (*_running.get(), self))
        return context.run(self._take_turn, work)

    def _take_turn(self, work: Coroutine[Any, Any, T]) -> T:
        with self._turns:
            waiting = asyncio.run_coroutine_threadsafe(work, self._loop) if self._is_run else None
            if waiting is not None:
                waiting.add_done_callback(self._tell)
                self._turns.wait_for(lambda: waiting.done() or not self._is_run)
                if waiting.done():
                    return waiting.result()
            self._is_run = True
        try:
            return self._run_until(work if waiting is None else asyncio.wrap_future(waiting, loop=self._loop))
        finally:
            with self._turns:
                self._is_run = False
                self._turns.notify_all()

    def _tell(self, _done: object) -> None:
        with self._turns:
            self._turns.notify_all()

    def _run_until(self, work: Coroutine[Any, Any, T] | asyncio.Future[T]) -> T:
        if not _is_loop_running():
            return self._loop.run_until_complete(work)
        context = contextvars.copy_context()
        return _in_thread(lambda: context.run(self._loop.run_until_complete, work))


def _is_loop_running() -> bool:
    """Whether this thread runs an event loop, of asyncio or of Trio, in which another one can't be run."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return _is_in_trio()
    return True


def _is_in_trio() -> bool:
    trio: Any = sys.modules.get("trio")
    try:
        return trio is not None and trio.lowlevel.current_task() is not None
    except RuntimeError:  # it is imported, and does not run here
        return False


def _in_thread(work: Callable[[], T]) -> T:
    """What a function returns or raises in another thread, while a loop of this one stands still."""
    results: list[T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:  # noqa: BLE001 - it is raised in the thread that asks
            errors.append(error)

    thread = threading.Thread(target=run, name="pytest-cognito application")
    thread.start()
    thread.join()
    if errors:
        raise errors[0]
    return results[0]


class Loops:
    """The loops in which an application runs: one of its own for each world, and those of tests."""

    def __init__(self, server: AsgiServer) -> None:
        self.server = server
        self._making = locks.lock()
        self._own: weakref.WeakKeyDictionary[World, OwnLoop] = weakref.WeakKeyDictionary()
        self._here: dict[asyncio.AbstractEventLoop, Lifespan] = {}

    def run(self, world: World, scope: Message, body: bytes) -> Response:
        """The response to a request in a loop of the application's own; in another one for a request from there."""
        own = self._own_of(world)
        if own not in _running.get():
            return own.answer(scope, body)
        another = OwnLoop(self.server)
        try:
            return another.answer(scope, body)
        finally:
            another.close()

    def _own_of(self, world: World) -> OwnLoop:
        with self._making:
            own = self._own.get(world)
            if own is None:
                own = self._own[world] = OwnLoop(self.server)
                world.when_left(own.close)
        return own

    async def run_here(self, world: World, scope: Message, body: bytes) -> Response:
        """The response to a request in the running loop; in one of the application's own where none of asyncio runs."""
        if _is_in_trio():
            return self.run(world, scope, body)
        loop = asyncio.get_running_loop()
        if loop not in self._here:
            # A lifespan holds its loop: those of the tests before are let go here, when they are over.
            self._here = {other: lifespan for other, lifespan in self._here.items() if not other.is_closed()}
        lifespan = self._here.setdefault(loop, Lifespan(self.server.app))
        return await self.server.answer(lifespan, scope, body)
