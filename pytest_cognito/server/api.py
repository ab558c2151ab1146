"""Calls of the API over HTTP: which operation it is, in which region, and what comes of it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from .. import gateway
from ..aws import model, protocol
from ..aws.errors import AWSError
from ..aws.http import Request, Response
from ..kernel.faults import Fault
from ..web import cors, hosts
from ..world import World
from . import region, signature
from .signature import Scope

_SYNC = "/identitypools"


class TimedOut(TimeoutError):
    """A call that a test lets time out: no answer may be sent."""


def is_call(request: Request) -> bool:
    """Whether a request is a call of the API, by the header or the path that only those have."""
    return "x-amz-target" in request.headers or request.path == "/" or request.path.startswith(_SYNC)


def answer(world: World, request: Request) -> Response:
    """The answer to a call, errors of AWS included.

    Raises `TimedOut` where a test has injected a time-out, `Unsupported` for what AWS has and we have not.
    """
    if request.method == "OPTIONS":
        return Response(200, cors.preflight("POST,GET", request.headers.get("access-control-request-headers", "")))
    response = _answer(world, request, world.ids.request_id())
    if "origin" in request.headers:
        response.headers.update(cors.answer())
    return response


def _answer(world: World, request: Request, request_id: str) -> Response:
    scope, host = signature.scope(request), hosts.of(request)
    service = host.service if host else scope.service if scope else None
    if service not in model.SERVICES:
        service = None
    try:
        service, operation = _route(request, host)
        target = gateway.endpoint(service, operation)
        parameters = _parameters(world, target, request, scope, request_id)
        where = _region(world, parameters, scope, host)
        _meet(world, target, parameters, where, request_id)
        result = gateway.call(
            world, target, parameters, region=where, user_agent=_user_agent(request), request_id=request_id
        )
        return target.codec.render(result, request_id)
    except AWSError as error:
        return protocol.error_response(service, error, request_id)


def _route(request: Request, host: hosts.Host | None) -> tuple[str, str]:
    """The service and the operation, which has to be one of the host's."""
    service, operation = model.route(request)
    if host is not None and host.service != service:
        raise model.UNKNOWN_TARGET(target=request.headers.get("x-amz-target", operation))
    return service, operation


def _parameters(
    world: World, target: gateway.Endpoint, request: Request, scope: Scope | None, request_id: str
) -> dict[str, Any]:
    refusal = signature.missing(target.service, target.name) if scope is None else None
    if refusal is not None:
        raise refusal
    return gateway.parse(
        world,
        target,
        request.method,
        request.path,
        request.query,
        request.headers,
        request.body,
        region=scope.region if scope else None,
        request_id=request_id,
    )


def _region(world: World, parameters: Mapping[str, Any], scope: Scope | None, host: hosts.Host | None) -> str | None:
    """As the host says, else as the signature does, else where that is which the parameters name."""
    return (host and host.region) or (scope and scope.region) or region.of(world, parameters)


def _meet(
    world: World, target: gateway.Endpoint, parameters: Mapping[str, Any], where: str | None, request_id: str
) -> None:
    """Let the fault happen that the test has injected for this call, if there is one."""
    fault = world.faults.take(target.name)
    if fault is None:
        return
    if fault.latency:
        time.sleep(fault.latency)
    error = _error(fault)
    if error is not None:
        gateway.fail(world, target, parameters, error, region=where, request_id=request_id)
        raise error


def _error(fault: Fault) -> Exception | None:
    if fault.timeout:
        return TimedOut(f"{fault.operation}: the test lets it time out")
    return AWSError(fault.code, fault.message, status=fault.status) if fault.code else None


def _user_agent(request: Request) -> str:
    """The SDK's name for itself, which in a browser it can't put into ``User-Agent``."""
    return request.headers.get("x-amz-user-agent") or request.headers.get("user-agent", "")
