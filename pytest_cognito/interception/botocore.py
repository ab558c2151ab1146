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
from typing import Any, TypeAlias

from botocore import UNSIGNED
from botocore.credentials import RefreshableCredentials
from botocore.exceptions import NoCredentialsError

from pytest_cognito import active, gateway, sts
from pytest_cognito.aws.caller import TEST_CALLER, ClientCredentials
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.aws.model import SERVICES, reuse_model
from pytest_cognito.http import hosts
from pytest_cognito.http.messages import form
from pytest_cognito.interception import botocore_enforcement, botocore_faults
from pytest_cognito.interception.botocore_responses import HTTPResponse, error_response
from pytest_cognito.kernel import locks
from pytest_cognito.kernel.calls import Caller
from pytest_cognito.kernel.errors import release_frames
from pytest_cognito.world import World

Answer: TypeAlias = tuple[Any, dict[str, Any]]
"""What a handler of ``before-call`` returns: an HTTP response, and the parsed one."""
Handler: TypeAlias = Callable[..., Any]

_SERVICES = frozenset(SERVICES)
_STS = "sts"
_MARK = "_pytest_cognito_hooked"
_LEFT = "pytest_cognito_left_to_others"
"""The key by which the context of a request says that another mock may answer it."""
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
            _hook(self, _before_call, _before_send)
        if (world := active.current()) is not None and world.enforces:
            botocore_enforcement.watch(self)
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
            _hook(self, _before_async_call, _before_async_send)
        if (world := active.current()) is not None and world.enforces:
            botocore_enforcement.watch_async(self)
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


def _hook(client: Any, before_call: Handler, before_send: Handler) -> None:
    """Hook a client. ``before_send`` is for calls that are not answered before: with an injected fault, or others'."""
    with _lock:
        if _MARK not in client.__dict__:
            if client.meta.service_model.service_name in _SERVICES:
                _register(client, before_call, before_send)
            # Last: another thread that sees the mark goes on with its call.
            client.__dict__[_MARK] = True


def _register(client: Any, before_call: Handler, before_send: Handler) -> None:
    model = client.meta.service_model
    reuse_model(model)
    signer = client._request_signer

    def choose_signer(context: Mapping[str, Any], **_: Any) -> Any:
        """Leave a request unsigned if a world answers it: botocore may have no credentials, or fetch them."""
        if active.current() is None:
            return None
        return UNSIGNED if signer._credentials is None or _LEFT not in context else None

    name = model.service_id.hyphenize()
    sent = functools.partial(before_send, model.service_name, _region(client.meta.region_name), signer)
    client.meta.events.register(f"before-call.{name}", before_call)
    client.meta.events.register(f"choose-signer.{name}", choose_signer)
    client.meta.events.register(f"before-send.{name}", sent)


def _before_call(model: Any, request_signer: Any, **event: Any) -> Answer | None:
    credentials = _read(model.service_model.service_name, model.name, request_signer._credentials)
    return _answer(model, request_signer, credentials, **event)


async def _before_async_call(model: Any, request_signer: Any, **event: Any) -> Answer | None:
    credentials = await _loaded(model.service_model.service_name, model.name, request_signer._credentials)
    return _answer(model, request_signer, credentials, **event)


def _before_send(service: str, region: str | None, signer: Any, request: Any, event_name: str, **_: Any) -> Any:
    credentials = _read(service, event_name.rpartition(".")[2], signer._credentials)
    sent = _to_answer(service, region, signer, credentials, request, event_name)
    return None if sent is None else botocore_faults.respond(request, *sent)


async def _before_async_send(
    service: str, region: str | None, signer: Any, request: Any, event_name: str, **_: Any
) -> Any:
    credentials = await _loaded(service, event_name.rpartition(".")[2], signer._credentials)
    sent = _to_answer(service, region, signer, credentials, request, event_name)
    return None if sent is None else await botocore_faults.respond_async(request, *sent)


def _read(service: str, operation: str, credentials: Any) -> Any:
    """Credentials that can be read in the step of a call: to fetch them may be another call, which goes before it."""
    return credentials.get_frozen_credentials() if _are_fetched(service, operation, credentials) else credentials


async def _loaded(service: str, operation: str, credentials: Any) -> Any:
    """Credentials that can be read: aiobotocore lets those that it fetches be read only when they are waited for."""
    return await credentials.get_frozen_credentials() if _are_fetched(service, operation, credentials) else credentials


def _are_fetched(service: str, operation: str, credentials: Any) -> bool:
    """Whether credentials are to be fetched. They are not where nobody asks who makes a call."""
    world = active.current()
    if world is None or not isinstance(credentials, RefreshableCredentials):
        return False
    return gateway.find_target(service, operation).is_signed and (service == _STS or sts.knows_callers(world))


def _to_answer(
    service: str, region: str | None, signer: Any, credentials: Any, request: Any, event_name: str
) -> tuple[gateway.Target, str | None, Caller | None] | None:
    """What a request that is being sent asks for, where, and who; None if it is not answered here."""
    world = active.current()
    if world is None:
        return None
    target = gateway.find_target(service, event_name.rpartition(".")[2])
    caller = _caller(target, signer, credentials)
    if not world.faults.pending(target.name) and _is_of_others(world, target, request, region, caller):
        return None
    return target, region, caller


def _answer(
    model: Any, signer: Any, credentials: Any, params: Mapping[str, Any], context: dict[str, Any], **_: Any
) -> Answer | None:
    world = active.current()
    if world is None:
        return None
    target = gateway.find_target(model.service_model.service_name, model.name)
    if world.faults.pending(model.name) or (
        world.faults.rates is not None and gateway.is_over_quota(world, target, _region(context["client_region"]))
    ):
        # botocore goes on and sends the request, so that its own retries handle the fault (see `botocore_faults`).
        return None
    caller = _caller(target, signer, credentials)
    region = context["client_region"]
    if target.service == _STS and _is_left_to_others(world, target, params, region, caller):
        context[_LEFT] = True
        return None
    return _respond(world, target, params, region, caller)


def _caller(target: gateway.Target, signer: Any, credentials: Any) -> Caller | None:
    """The credentials that would sign a call; None if the operation or the client is unsigned."""
    if not target.is_signed or signer.signature_version is UNSIGNED:
        return None
    return TEST_CALLER if credentials is None else ClientCredentials(credentials)


def _is_left_to_others(
    world: World, target: gateway.Target, request: Mapping[str, Any], region: str | None, caller: Caller | None
) -> bool:
    """Whether another mock may answer an operation of STS at ``before-send``.

    It has those that have no function here, and what is about roles and credentials of its own. If there is none, the
    call is answered at the last step before the network, if only by `Unsupported`.
    """
    if target.function is None:
        return True
    return sts.is_left_to_others(world, target.name, request["body"], _region(region), caller)


def _is_of_others(
    world: World, target: gateway.Target, request: Any, region: str | None, caller: Caller | None
) -> bool:
    """Whether a request that is being sent is one that another mock answers."""
    if target.service != _STS:
        return False
    return _is_left_to_others(world, target, {"body": dict(form(request.body))}, region, caller)


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
            global_endpoint=target.service == _STS and hosts.is_global(request["url"]),
        )
    except AWSError as error:
        release_frames(error)
        return error_response(target.codec.render_error(error, request_id), target.codec.operation, error.code)
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


_OK = HTTPResponse(200)
