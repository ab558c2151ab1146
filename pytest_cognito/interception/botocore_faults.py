"""Injected faults in botocore: they occur when a request is sent, so that botocore's retries run, without sleeping."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from contextvars import ContextVar
from types import ModuleType
from typing import Any

from pytest_cognito import active, gateway
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.gateway import Target
from pytest_cognito.http import hosts
from pytest_cognito.http.messages import Request, Response
from pytest_cognito.kernel.calls import Caller
from pytest_cognito.kernel.faults import Fault
from pytest_cognito.world import World

_responded: ContextVar[bool] = ContextVar("responded", default=False)
"""Whether this module responded to the last request that was sent in this thread or task."""


def respond(request: Any, target: Target, region: str | None, caller: Caller | None) -> Any:
    """Respond to a request of botocore at the event ``before-send``, or apply the injected fault."""
    from botocore.awsrequest import AWSResponse

    world = active.current()
    if world is None:
        return None
    fault = _next_fault(world, target.name)
    if fault is not None and fault.latency:
        time.sleep(fault.latency)
    return _aws_response(request, _response(world, request, target, region, fault, caller), AWSResponse)


async def respond_async(request: Any, target: Target, region: str | None, caller: Caller | None) -> Any:
    """Respond to a request of aiobotocore, like `respond`, without blocking the event loop."""
    from aiobotocore.awsrequest import AioAWSResponse

    world = active.current()
    if world is None:
        return None
    fault = _next_fault(world, target.name)
    if fault is not None and fault.latency:
        import asyncio

        await asyncio.sleep(fault.latency)
    return _aws_response(request, _response(world, request, target, region, fault, caller), AioAWSResponse)


def _next_fault(world: World, operation: str) -> Fault | None:
    _responded.set(True)
    return world.faults.next_for(operation)


def _response(
    world: World, request: Any, target: Target, region: str | None, fault: Fault | None, caller: Caller | None
) -> Response:
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
            caller=caller,
        )
        error = _error(target, fault, request.url)
        if error is not None:
            gateway.log_failure(world, target, params, error, region=region, request_id=request_id)
            raise error
        user_agent = wire.headers.get("user-agent", "")
        result = gateway.call(
            world,
            target,
            params,
            region=region,
            user_agent=user_agent,
            request_id=request_id,
            caller=caller,
            global_endpoint=hosts.is_global(request.url),
        )
        response = target.codec.render(result, request_id)
    except AWSError as refused:
        response = target.codec.render_error(refused, request_id)
    return response


def _error(target: gateway.Target, fault: Fault | None, url: str) -> Exception | None:
    """The exception of a fault: an error of AWS, or botocore's exception for a time-out."""
    from botocore.exceptions import ConnectTimeoutError, ReadTimeoutError

    if fault is None:
        return None
    if fault.timeout:
        return (ConnectTimeoutError if fault.timeout == "connect" else ReadTimeoutError)(endpoint_url=url)
    return gateway.fault_error(target, fault) if fault.code else None


def _aws_response(request: Any, response: Response, response_class: Any) -> Any:
    """The response as the client's HTTP session returns it."""
    url = request.url
    # The event handlers that run next (moto's, the rate limiter's of the adaptive mode) skip a request without a URL.
    request.url = ""
    return response_class(url, response.status, dict(response.headers), _RawBody(response.body))


class _RawBody:
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
    """Skip the sleep of botocore's endpoint before a retry if this module responded to the request."""

    def sleep(seconds: float) -> None:
        if not _is_sleep_skipped():
            time.sleep(seconds)

    module.time = _WithSleep(time, sleep)  # type: ignore[attr-defined]


def skip_async_sleeps(module: ModuleType) -> None:
    """Skip the sleeps of aiobotocore's endpoints: by a method of the classes, in older ones by ``asyncio.sleep``."""
    endpoints = [getattr(module, name) for name in ("AioEndpoint", "AnyioEndpoint") if hasattr(module, name)]
    sleeping = [endpoint for endpoint in endpoints if hasattr(endpoint, "_sleep")]
    for endpoint in sleeping:
        endpoint._sleep = _skipping(endpoint._sleep)
    if not sleeping:
        module.asyncio = _WithSleep(module.asyncio, _skipping(module.asyncio.sleep))  # type: ignore[attr-defined]


def _skipping(original: Callable[..., Any]) -> Callable[..., Any]:
    """A coroutine function that sleeps as ``original`` does, but not before a retry if this module responded."""

    @functools.wraps(original)
    async def sleep(*arguments: Any, **more: Any) -> None:
        if not _is_sleep_skipped():
            await original(*arguments, **more)

    return sleep


class _WithSleep:
    """A stand-in for a module, with another ``sleep``."""

    def __init__(self, module: ModuleType, sleep: Callable[..., Any]) -> None:
        self._module = module
        self.sleep = sleep

    def __getattr__(self, name: str) -> Any:
        return getattr(self._module, name)


def skip_rate_limits(module: ModuleType) -> None:
    """Skip the rate limiter of botocore's adaptive retry mode if no request is sent."""
    limiter = module.ClientRateLimiter
    original = limiter.on_sending_request

    @functools.wraps(original)
    def on_sending_request(self: Any, request: Any, **kwargs: Any) -> None:
        if request.url:  # otherwise this module has responded
            original(self, request, **kwargs)

    limiter.on_sending_request = on_sending_request


def skip_async_rate_limits(module: ModuleType) -> None:
    """Skip the rate limiter of aiobotocore's adaptive retry mode if no request is sent."""
    limiter = module.AsyncClientRateLimiter
    original = limiter.on_sending_request

    @functools.wraps(original)
    async def on_sending_request(self: Any, request: Any, **kwargs: Any) -> None:
        if request.url:
            await original(self, request, **kwargs)

    limiter.on_sending_request = on_sending_request


def _is_sleep_skipped() -> bool:
    responded = _responded.get()
    _responded.set(False)
    return responded and active.current() is not None
