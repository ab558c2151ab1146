"""The hook for botocore, boto3 and aiobotocore.

A client is hooked at its first call, by a wrapper of the method that makes the calls. This includes clients and
sessions that were created before the mock or in another thread. The hook responds to calls at the event
``before-call``, when botocore has validated and serialised the parameters, but has not yet looked up credentials,
signed or connected. With no mock active it does nothing: botocore goes on, and what would reach AWS is refused at the
last step before the network, after all other mocks (see `responder`).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

from botocore import UNSIGNED
from botocore.exceptions import NoCredentialsError
from botocore.parsers import create_parser

from pytest_cognito import active, gateway
from pytest_cognito.aws.caller import TEST_CALLER, ClientCredentials
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.aws.model import SERVICES, protocol, reuse_model, service_model
from pytest_cognito.interception import botocore_faults
from pytest_cognito.kernel import locks
from pytest_cognito.kernel.calls import Caller
from pytest_cognito.kernel.errors import release_frames
from pytest_cognito.world import World

_SERVICES = frozenset(SERVICES)
_MARK = "_pytest_cognito_hooked"
_lock = locks.lock()
_NO_REGION = (None, "", "aws-global")
_NO_CREDENTIALS = """\
pytest-cognito: no mock is active here. With one the call needs no credentials, and is answered in memory. Use
the fixture `cognito`, @pytest.mark.cognito or @mock_cognito."""


def hook_clients(module: ModuleType) -> None:
    """Hook the clients of ``botocore.client``, by a private method; a test checks that it is there."""
    original: Callable[..., Any] = module.BaseClient._make_api_call

    @functools.wraps(original)
    def _make_api_call(self: Any, operation_name: str, api_params: Any) -> Any:
        if _MARK not in self.__dict__:
            _hook(self, botocore_faults.respond)
        try:
            return original(self, operation_name, api_params)
        except NoCredentialsError as error:
            _add_hint(error, self)
            raise

    module.BaseClient._make_api_call = _make_api_call


def hook_async_clients(module: ModuleType) -> None:
    """Hook the clients of ``aiobotocore.client``."""
    original: Callable[..., Any] = module.AioBaseClient._make_api_call

    @functools.wraps(original)
    async def _make_api_call(self: Any, operation_name: str, api_params: Any) -> Any:
        if _MARK not in self.__dict__:
            _hook(self, botocore_faults.respond_async)
        try:
            return await original(self, operation_name, api_params)
        except NoCredentialsError as error:
            _add_hint(error, self)
            raise

    module.AioBaseClient._make_api_call = _make_api_call


def _add_hint(error: NoCredentialsError, client: Any) -> None:
    """Say what is missing where nobody set up credentials: in a test it is rather the mock."""
    if active.blocks_calls() and client.meta.service_model.service_name in _SERVICES:
        error.add_note(_NO_CREDENTIALS)


def _hook(client: Any, respond: Callable[..., Any]) -> None:
    """Hook a client. ``respond`` is called at ``before-send``, which only calls with an injected fault reach."""
    with _lock:
        if _MARK not in client.__dict__:
            if client.meta.service_model.service_name in _SERVICES:
                _register(client, respond)
            # Last: another thread that sees the mark goes on with its call.
            client.__dict__[_MARK] = True


def _register(client: Any, respond: Callable[..., Any]) -> None:
    model = client.meta.service_model
    service = model.service_name
    reuse_model(model)
    region = _region(client.meta.region_name)
    signer = client._request_signer

    def before_send(request: Any, event_name: str, **_: Any) -> Any:
        target = gateway.find_target(service, event_name.rpartition(".")[2])
        world = active.current()
        if world is None or (_is_left_to_others(target) and not world.faults.pending(target.name)):
            return None
        return respond(request, target, region, _caller(target, signer))

    def choose_signer(event_name: str, **_: Any) -> Any:
        """Leave a request unsigned if a world answers it: botocore may have no credentials, or fetch them."""
        if active.current() is None:
            return None
        target = gateway.find_target(service, event_name.rpartition(".")[2])
        return UNSIGNED if signer._credentials is None or not _is_left_to_others(target) else None

    name = model.service_id.hyphenize()
    client.meta.events.register(f"before-call.{name}", _before_call)
    client.meta.events.register(f"choose-signer.{name}", choose_signer)
    client.meta.events.register(f"before-send.{name}", before_send)


def _before_call(
    model: Any, params: Mapping[str, Any], request_signer: Any, context: Mapping[str, Any], **_: Any
) -> tuple[Any, dict[str, Any]] | None:
    world = active.current()
    if world is None:
        return None
    target = gateway.find_target(model.service_model.service_name, model.name)
    if world.faults.pending(model.name) or (
        world.faults.rates is not None and gateway.is_over_quota(world, target, _region(context["client_region"]))
    ):
        # botocore goes on and sends the request, so that its own retries handle the fault (see `botocore_faults`).
        return None
    if _is_left_to_others(target):
        return None
    return _respond(world, target, params, context["client_region"], _caller(target, request_signer))


def _caller(target: gateway.Target, signer: Any) -> Caller | None:
    """The credentials that would sign a call; None if the operation or the client is unsigned."""
    if not target.is_signed or signer.signature_version is UNSIGNED:
        return None
    credentials = signer._credentials
    return TEST_CALLER if credentials is None else ClientCredentials(credentials)


def _is_left_to_others(target: gateway.Target) -> bool:
    """Whether another mock may answer an operation at ``before-send``: moto has those of STS that have no function.

    If none does, the call ends in `Unsupported` at the last step before the network.
    """
    return target.function is None and target.service == "sts"


def _respond(
    world: World, target: gateway.Target, request: Mapping[str, Any], region: str | None, caller: Caller | None
) -> tuple[Any, dict[str, Any]]:
    request_id = world.ids.request_id()
    region_name = _region(region)
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
            region=region_name,
            request_id=request_id,
            caller=caller,
        )
        result = gateway.call(
            world,
            target,
            params,
            region=region_name,
            user_agent=headers.get("User-Agent", ""),
            request_id=request_id,
            caller=caller,
        )
    except AWSError as error:
        release_frames(error)
        return _error_response(target, error, request_id)
    response = target.codec.python(result)
    response["ResponseMetadata"] = {
        "RequestId": request_id,
        "HTTPStatusCode": 200,
        "HTTPHeaders": {"x-amzn-requestid": request_id, "content-type": target.codec.content_type},
        "RetryAttempts": 0,
    }
    return _OK, response


def _region(name: str | None) -> str | None:
    return None if name in _NO_REGION else name


def _error_response(target: gateway.Target, error: AWSError, request_id: str) -> tuple[Any, dict[str, Any]]:
    """The error as botocore's own parser returns it."""
    response = target.codec.render_error(error, request_id)
    model: Any = service_model(target.service)
    parser: Any = create_parser(protocol(target.service))
    http_response = {
        "status_code": response.status,
        "headers": {name.lower(): value for name, value in response.headers},
        "body": response.body,
    }
    parsed: dict[str, Any] = parser.parse(http_response, model.operation_model(target.name).output_shape)
    shape = model.shape_for_error_code(error.code)
    if shape is not None:
        parsed.update(parser.parse(http_response, shape))
    parsed["ResponseMetadata"]["RetryAttempts"] = 0
    return _HTTPResponse(response.status), parsed


class _HTTPResponse:
    """The HTTP response that botocore's event handlers get, for a call that was not sent over HTTP."""

    __slots__ = ("status_code",)

    headers: Mapping[str, str] = {}
    content = b""
    text = ""

    def __init__(self, status_code: int) -> None:
        self.status_code = status_code


_OK = _HTTPResponse(200)
