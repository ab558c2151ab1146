"""Injected faults, met where botocore sends: its own retries really run, and their sleeps are skipped."""

from __future__ import annotations

import asyncio
import time
from contextvars import ContextVar
from types import ModuleType
from typing import Any

from .. import active
from ..aws.errors import AWSError
from ..aws.http import Request, Response
from ..gateway import Endpoint, call, endpoint
from ..kernel.faults import Fault
from ..world import World

_answered_here: ContextVar[bool] = ContextVar("answered_here", default=False)
"""Whether the last thing that was sent in this thread or task was answered by us."""


def answer(request: Any, service: str, region: str | None, operation: str) -> Any:
    """The answer to a request of botocore's at ``before-send``, or the fault that is to happen instead of it."""
    world = active.current()
    if world is None:
        return None
    fault = _meet(world, operation)
    if fault is not None and fault.latency:
        time.sleep(fault.latency)
    return _response(world, request, endpoint(service, operation), region, fault)


async def answer_async(request: Any, service: str, region: str | None, operation: str) -> Any:
    """The same for aiobotocore, where waiting must not stop the event loop."""
    world = active.current()
    if world is None:
        return None
    fault = _meet(world, operation)
    if fault is not None and fault.latency:
        await asyncio.sleep(fault.latency)
    return _response(world, request, endpoint(service, operation), region, fault)


def _meet(world: World, operation: str) -> Fault | None:
    _answered_here.set(True)
    return world.faults.take(operation)


def _response(world: World, request: Any, target: Endpoint, region: str | None, fault: Fault | None) -> Any:
    if fault is not None and fault.timeout:
        raise _timeout(fault.timeout, request.url)
    request_id = world.ids.request_id()
    wire = Request.make(request.method, request.url, _text(request.headers), _bytes(request.body))
    try:
        if fault is not None and fault.code:
            raise AWSError(fault.code, fault.message, status=fault.status)
        params = target.codec.parse(wire.method, wire.path, wire.query, wire.headers, wire.body)
        result = call(world, target, params, region=region, request_id=request_id)
        response = target.codec.render(result, request_id)
    except AWSError as error:
        response = target.codec.render_error(error, request_id)
    return _as_botocore_has_it(request, response)


def _timeout(phase: str, url: str) -> Exception:
    from botocore.exceptions import ConnectTimeoutError, ReadTimeoutError

    return (ConnectTimeoutError if phase == "connect" else ReadTimeoutError)(endpoint_url=url)


def _as_botocore_has_it(request: Any, response: Response) -> Any:
    raw = _Raw(response.body)
    if type(request).__module__.startswith("aiobotocore"):
        from aiobotocore.awsrequest import AioAWSResponse

        return AioAWSResponse(request.url, response.status, response.headers, raw)
    from botocore.awsrequest import AWSResponse

    return AWSResponse(request.url, response.status, response.headers, raw)


class _Raw:
    """The body of a response, as botocore's and aiobotocore's response classes read it."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self, **_: Any) -> list[bytes]:
        return [self._body]

    async def read(self) -> bytes:
        return self._body


def _text(headers: Any) -> dict[str, str]:
    return {name: value.decode() if isinstance(value, bytes) else str(value) for name, value in headers.items()}


def _bytes(body: Any) -> bytes:
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode()
    return bytes(body) if isinstance(body, bytes | bytearray) else bytes(body.read())


def skip_sleeps(module: ModuleType) -> None:
    """Let botocore's endpoint not sleep before it retries what we answered."""

    class Time:
        """The ``time`` of ``botocore.endpoint``."""

        def __getattr__(self, name: str) -> Any:
            return getattr(time, name)

        @staticmethod
        def sleep(seconds: float) -> None:
            if not _skip():
                time.sleep(seconds)

    module.time = Time()  # type: ignore[attr-defined]


def skip_async_sleeps(module: ModuleType) -> None:
    """The same for aiobotocore's endpoint."""
    original = module.AioEndpoint._sleep

    async def _sleep(self: Any, sleep_amount: float) -> None:
        if not _skip():
            await original(self, sleep_amount)

    module.AioEndpoint._sleep = _sleep


def _skip() -> bool:
    answered = _answered_here.get()
    _answered_here.set(False)
    return answered and active.current() is not None
