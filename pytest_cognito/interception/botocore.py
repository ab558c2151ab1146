"""The door for botocore, boto3 and aiobotocore.

A client is hooked at its first call, by a wrap of the method that makes the calls: so clients and sessions that are
older than the mock, or were made in another thread, are caught as well. From then on the calls are answered at
``before-call``, where botocore has validated and serialised the parameters, but has not looked for credentials, signed
or connected.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

from botocore import UNSIGNED
from botocore.parsers import create_parser

from .. import active, gateway
from ..aws.errors import AWSError
from ..aws.model import SERVICES, offer, service_model
from ..world import World
from . import botocore_faults as faults

_SERVICES = frozenset(SERVICES)
_MARK = "_pytest_cognito_hooked"
_lock = threading.Lock()
_NO_REGION = (None, "", "aws-global")


def hook_clients(module: ModuleType) -> None:
    """Hook the clients of ``botocore.client``."""
    _wrap(module.BaseClient, faults.answer)


def hook_async_clients(module: ModuleType) -> None:
    """Hook the clients of ``aiobotocore.client``."""
    _wrap(module.AioBaseClient, faults.answer_async)


def _wrap(client_class: Any, answer: Callable[..., Any]) -> None:
    """Wrap ``_make_api_call``, a private name of botocore: a test holds it to what is used here."""
    original: Callable[..., Any] = client_class._make_api_call

    @functools.wraps(original)
    def _make_api_call(self: Any, operation_name: str, api_params: Any) -> Any:
        if _MARK not in self.__dict__:
            _hook(self, answer)
        return original(self, operation_name, api_params)

    client_class._make_api_call = _make_api_call


def _hook(client: Any, answer: Callable[..., Any]) -> None:
    with _lock:
        if _MARK not in client.__dict__:
            if client.meta.service_model.service_name in _SERVICES:
                _register(client, answer)
            # Last: whoever sees the mark, in another thread, may go on.
            client.__dict__[_MARK] = True


def _register(client: Any, answer: Callable[..., Any]) -> None:
    model = client.meta.service_model
    service = model.service_name
    offer(model)
    region = _region(client.meta.region_name)

    def before_send(request: Any, event_name: str, **_: Any) -> Any:
        return answer(request, service, region, event_name.rpartition(".")[2])

    name = model.service_id.hyphenize()
    client.meta.events.register(f"before-call.{name}", _before_call)
    client.meta.events.register(f"choose-signer.{name}", _unsigned)
    client.meta.events.register(f"before-send.{name}", before_send)


def _before_call(
    model: Any, params: Mapping[str, Any], context: Mapping[str, Any], **_: Any
) -> tuple[Any, dict[str, Any]] | None:
    service = model.service_model.service_name
    world = active.current()
    if world is None:
        active.refuse_if_blocked(f"{model.name} of {service}")
        return None
    if world.faults.pending(model.name):
        # botocore goes on: it signs and sends, so that its own retries meet the fault (see answer_on_the_wire).
        return None
    return _answer(world, gateway.endpoint(service, model.name), params, context["client_region"])


def _unsigned(**_: Any) -> Any:
    """Have a request that stays here not signed: there may be no credentials, and getting some may ask the network."""
    return UNSIGNED if active.current() is not None else None


def _answer(
    world: World, target: gateway.Endpoint, request: Mapping[str, Any], region: str | None
) -> tuple[Any, dict[str, Any]]:
    request_id = world.ids.request_id()
    where = _region(region)
    headers = request["headers"]
    try:
        params = gateway.parse(
            world,
            target,
            request["method"],
            request["url_path"],
            request["query_string"],
            headers,
            request["body"],
            region=where,
            request_id=request_id,
        )
        result = gateway.call(
            world, target, params, region=where, user_agent=headers.get("User-Agent", ""), request_id=request_id
        )
    except AWSError as error:
        return _failure(target, error, request_id)
    answer = target.codec.python(result)
    answer["ResponseMetadata"] = {
        "RequestId": request_id,
        "HTTPStatusCode": 200,
        "HTTPHeaders": {"x-amzn-requestid": request_id, "content-type": target.codec.content_type},
        "RetryAttempts": 0,
    }
    return _OK, answer


def _region(name: str | None) -> str | None:
    return None if name in _NO_REGION else name


def _failure(target: gateway.Endpoint, error: AWSError, request_id: str) -> tuple[Any, dict[str, Any]]:
    """What botocore's own parser makes of the error on the wire."""
    response = target.codec.render_error(error, request_id)
    model: Any = service_model(target.service)
    parser: Any = create_parser(model.resolved_protocol)
    wire = {
        "status_code": response.status,
        "headers": {name.lower(): value for name, value in response.headers.items()},
        "body": response.body,
    }
    parsed: dict[str, Any] = parser.parse(wire, model.operation_model(target.name).output_shape)
    shape = model.shape_for_error_code(error.code)
    if shape is not None:
        parsed.update(parser.parse(wire, shape))
    parsed["ResponseMetadata"]["RetryAttempts"] = 0
    return _Http(response.status), parsed


class _Http:
    """The HTTP response, as far as a call that never became HTTP has one."""

    __slots__ = ("status_code",)

    headers: Mapping[str, str] = {}
    content = b""
    text = ""

    def __init__(self, status_code: int) -> None:
        self.status_code = status_code


_OK = _Http(200)
