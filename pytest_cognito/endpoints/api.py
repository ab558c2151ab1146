"""API calls over HTTP."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from pytest_cognito import gateway
from pytest_cognito.aws import model, protocol
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import region_of
from pytest_cognito.endpoints.signature import Signature, signature
from pytest_cognito.http import cors, hosts
from pytest_cognito.http.messages import Request, Response
from pytest_cognito.kernel.errors import release_frames
from pytest_cognito.kernel.faults import Fault, TimedOut
from pytest_cognito.world import World


def is_call(request: Request) -> bool:
    """Whether a request is an API call, by its ``X-Amz-Target`` header or its path."""
    return "x-amz-target" in request.headers or request.path == "/" or request.path.startswith(model.SYNC_PATH)


def handle(world: World, request: Request, request_id: str) -> Response:
    """The response to a call, including AWS's errors.

    Raises `TimedOut` if a time-out is injected, and `Unsupported` for features that are not implemented.
    """
    if request.method == "OPTIONS":
        requested_headers = request.headers.get("access-control-request-headers", "")
        return Response(200, cors.preflight_headers("POST,GET,DELETE", requested_headers))
    return _readable_by_browsers(request, _handle_call(world, request, request_id))


def refuse(request: Request, error: AWSError, request_id: str) -> Response:
    """The response for an error of a request that was not handled, in the protocol of the service that it is for."""
    signed, host = signature(request), hosts.of_request(request)
    return _readable_by_browsers(request, protocol.error_response(_service(request, signed, host), error, request_id))


def _readable_by_browsers(request: Request, response: Response) -> Response:
    if "origin" in request.headers:
        response.add_headers(cors.response_headers())
    return response


def _handle_call(world: World, request: Request, request_id: str) -> Response:
    signed, host = signature(request), hosts.of_request(request)
    try:
        service, operation = _route(request, host)
        target = gateway.find_target(service, operation)
        parameters = _parameters(world, target, request, signed, request_id)
        region = _region(world, parameters, signed, host)
        _apply_fault(world, target, parameters, region, request_id)
        result = gateway.call(
            world,
            target,
            parameters,
            region=region,
            user_agent=_user_agent(request),
            address=request.address,
            request_id=request_id,
            caller=signed.signer if signed else None,
            origin="" if host else request.origin,
            global_endpoint=host is not None and host.region is None,
        )
        return target.codec.render(result, request_id)
    except AWSError as error:
        release_frames(error)
        return protocol.error_response(_service(request, signed, host), error, request_id)


def _service(request: Request, signed: Signature | None, host: hosts.Host | None) -> str | None:
    """The service that a request is for, also if it has no such operation; None if nothing tells."""
    named = host.service if host else signed.service if signed else None
    return named if named in model.SERVICES else model.service_by_form(request)


def _route(request: Request, host: hosts.Host | None) -> tuple[str, str]:
    """The service and the operation of a request. Raises an error if the host belongs to another service."""
    service, operation = model.route(request)
    if host is not None and host.service != service:
        raise model.UNKNOWN_TARGET(target=request.headers.get("x-amz-target", operation))
    return service, operation


def _parameters(
    world: World, target: gateway.Target, request: Request, signed: Signature | None, request_id: str
) -> dict[str, Any]:
    return gateway.parse(
        world,
        target,
        request.method,
        request.path,
        request.query,
        request.headers,
        request.body,
        region=signed.region if signed else None,
        request_id=request_id,
        caller=signed.signer if signed else None,
    )


def _region(
    world: World, parameters: Mapping[str, Any], signed: Signature | None, host: hosts.Host | None
) -> str | None:
    """The region of the host, or else of the signature, or else of the resource that the parameters name."""
    return (host and host.region) or (signed and signed.region) or _region_of(world, parameters)


def _region_of(world: World, parameters: Mapping[str, Any]) -> str | None:
    identity = parameters.get("IdentityPoolId") or parameters.get("IdentityId")
    if isinstance(identity, str):
        region, colon, _ = identity.partition(":")
        return region if region and colon else None
    return region_of(world, parameters)


def _apply_fault(
    world: World, target: gateway.Target, parameters: Mapping[str, Any], region: str | None, request_id: str
) -> None:
    """Apply the fault that is injected for this call, if there is one."""
    fault = world.faults.next_for(target.name)
    if fault is None:
        return
    if fault.latency:
        time.sleep(fault.latency)
    error = _error(target, fault)
    if error is not None:
        gateway.log_failure(world, target, parameters, error, region=region, request_id=request_id)
        raise error


def _error(target: gateway.Target, fault: Fault) -> Exception | None:
    if fault.timeout:
        return TimedOut(fault)
    return gateway.fault_error(target, fault) if fault.code else None


def _user_agent(request: Request) -> str:
    """The user agent of the SDK, which in a browser is sent as ``X-Amz-User-Agent``."""
    return request.headers.get("x-amz-user-agent") or request.headers.get("user-agent", "")
