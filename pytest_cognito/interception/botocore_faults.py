"""Injected faults, met where botocore sends: its own retries really run, and their sleeps are skipped."""

from __future__ import annotations

import functools
import time
from contextvars import ContextVar
from types import ModuleType
from typing import Any

from .. import active, gateway
from ..aws.errors import AWSError
from ..aws.http import Request, Response
from ..gateway import Endpoint
from ..kernel.faults import Fault
from ..world import World

_answered_here: ContextVar[bool] = ContextVar("answered_here", default=False)
"""Whether the last thing that was sent in this thread or task was answered by us."""


def answer(request: Any, service: str, region: str | None, operation: str) -> Any:
    """The answer to a request of botocore's at ``before-send``, or the fault that is to happen instead of it."""
    from botocore.awsrequest import AWSResponse

    world = active.current()
    if world is None:
        return None
    fault = _meet(world, operation)
    if fault is not None and fault.latency:
        time.sleep(fault.latency)
    return _sent(request, _response(world, request, gateway.endpoint(service, operation), region, fault), AWSResponse)


async def answer_async(request: Any, service: str, region: str | None, operation: str) -> Any:
    """The same for aiobotocore, where waiting must not stop the event loop."""
    from aiobotocore.awsrequest import AioAWSResponse

    world = active.current()
    if world is None:
        return None
    fault = _meet(world, operation)
    if fault is not None and fault.latency:
        import asyncio

        await asyncio.sleep(fault.latency)
    return _sent(
        request, _response(world, request, gateway.endpoint(service, operation), region, fault), AioAWSResponse
    )


def _meet(world: World, operation: str) -> Fault | None:
    _answered_here.set(True)
    return world.faults.take(operation)


def _response(world: World, request: Any, target: Endpoint, region: str | None, fault: Fault | None) -> Response:
    request_id = world.ids.request_id()
    wire = Request.make(request.method, request.url, _text(request.headers), _bytes(request.body))
    try:
        params = gateway.parse(
            world,
            target,
            wire.method,
            wire.path,
            wire.query,
            wire.headers,
            wire.body,
            region=region,
            request_id=request_id,
        )
        error = _error(fault, request.url)
        if error is not None:
            gateway.fail(world, target, params, error, region=region, request_id=request_id)
            raise error
        user_agent = wire.headers.get("user-agent", "")
        result = gateway.call(world, target, params, region=region, user_agent=user_agent, request_id=request_id)
        response = target.codec.render(result, request_id)
    except AWSError as refused:
        response = target.codec.render_error(refused, request_id)
    return response


def _error(fault: Fault | None, url: str) -> Exception | None:
    """What the call is to end in: AWS's answer, or what botocore makes of the lack of one."""
    from botocore.exceptions import ConnectTimeoutError, ReadTimeoutError

    if fault is None:
        return None
    if fault.timeout:
        return (ConnectTimeoutError if fault.timeout == "connect" else ReadTimeoutError)(endpoint_url=url)
    return AWSError(fault.code, fault.message, status=fault.status) if fault.code else None


def _sent(request: Any, response: Response, response_class: Any) -> Any:
    """The response as the client's own HTTP session would give it."""
    url = request.url
    # Whoever is asked after us (moto, the adaptive mode's rate limiter) has to find nothing here that he waits for.
    request.url = ""
    return response_class(url, response.status, response.headers, _Raw(response.body))


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
    """The same for aiobotocore's endpoints, of which newer versions have a second for httpx."""
    for endpoint in ("AioEndpoint", "AnyioEndpoint"):
        if hasattr(module, endpoint):
            _skip_sleeps_of(getattr(module, endpoint))


def _skip_sleeps_of(endpoint: Any) -> None:
    original = endpoint._sleep

    @functools.wraps(original)
    async def _sleep(self: Any, sleep_amount: float) -> None:
        if not _skip():
            await original(self, sleep_amount)

    endpoint._sleep = _sleep


def skip_rate_limits(module: ModuleType) -> None:
    """Let the adaptive retry mode not wait for its turn where no request goes out."""
    limiter = module.ClientRateLimiter
    original = limiter.on_sending_request

    @functools.wraps(original)
    def on_sending_request(self: Any, request: Any, **kwargs: Any) -> None:
        if request.url:  # else it is answered already
            original(self, request, **kwargs)

    limiter.on_sending_request = on_sending_request


def skip_async_rate_limits(module: ModuleType) -> None:
    """The same for aiobotocore."""
    limiter = module.AsyncClientRateLimiter
    original = limiter.on_sending_request

    @functools.wraps(original)
    async def on_sending_request(self: Any, request: Any, **kwargs: Any) -> None:
        if request.url:
            await original(self, request, **kwargs)

    limiter.on_sending_request = on_sending_request


def _skip() -> bool:
    answered = _answered_here.get()
    _answered_here.set(False)
    return answered and active.current() is not None
