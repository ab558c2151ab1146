"""The hook by which calls of other services are authorised, before another mock answers them.

A client of one is hooked at its first call while a world enforces policies; clients of a run that never does are as
they were. Calls of the services that a world answers itself are authorised by `gateway`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from botocore import UNSIGNED

from pytest_cognito import active
from pytest_cognito.aws.caller import Signer
from pytest_cognito.aws.model import SERVICES, reuse_model
from pytest_cognito.interception import botocore_s3
from pytest_cognito.interception.botocore_checks import Answer, Check
from pytest_cognito.kernel import locks
from pytest_cognito.world import World

_MARK = "_pytest_cognito_authorised"
_PARAMETERS = "pytest_cognito_parameters"
"""The entry of a call's context with its parameters, which botocore gives only to earlier handlers than the last."""
_CHECK = "pytest_cognito_check"
_ERRORS = "pytest_cognito_errors"
"""The entries of the context of a call of S3: its check, and the errors about some of its objects."""
_S3 = "s3"
_lock = locks.lock()


def watch(client: Any) -> None:
    """Authorise the calls of a client of botocore from now on, while a world enforces policies."""
    _watch(client, _before_call)


def watch_async(client: Any) -> None:
    """Authorise the calls of a client of aiobotocore."""
    _watch(client, _before_call_async)


def _watch(client: Any, before_call: Callable[..., Any]) -> None:
    if _MARK in client.__dict__:
        return
    with _lock:
        if _MARK not in client.__dict__:
            model = client.meta.service_model
            if model.service_name not in SERVICES:
                reuse_model(model)
                name = model.service_id.hyphenize()
                client.meta.events.register_last(f"provide-client-params.{name}", _keep_parameters)
                client.meta.events.register_first(f"before-call.{name}", before_call)
                if model.service_name == _S3:
                    client.meta.events.register_first(f"after-call.{name}", _after_call_of_s3)
            # Last: another thread that sees the mark goes on with its call.
            client.__dict__[_MARK] = True


def _keep_parameters(params: Any, context: dict[str, Any], **_: Any) -> None:
    """Keep the parameters as the application gave them. Later handlers change some of them."""
    context[_PARAMETERS] = dict(params)


def _before_call(model: Any, params: Any, request_signer: Any, context: dict[str, Any], **_: Any) -> Answer | None:
    given = context.pop(_PARAMETERS, {})
    world = _world(request_signer)
    if world is None:
        return None
    return _refusal(world, model, params, given, context, request_signer._credentials.get_frozen_credentials())


async def _before_call_async(
    model: Any, params: Any, request_signer: Any, context: dict[str, Any], **_: Any
) -> Answer | None:
    given = context.pop(_PARAMETERS, {})
    world = _world(request_signer)
    if world is None:
        return None
    return _refusal(world, model, params, given, context, await request_signer._credentials.get_frozen_credentials())


def _world(signer: Any) -> World | None:
    """The world whose policies are enforced for a call; None if there is none, or nobody signs the call."""
    world = active.current()
    if world is None or not world.enforces or signer._credentials is None or signer.signature_version is UNSIGNED:
        return None
    return world


def _refusal(
    world: World, model: Any, request: Any, parameters: Any, context: dict[str, Any], credentials: Any
) -> Answer | None:
    caller = Signer(credentials.access_key, credentials.token)
    region = context["client_region"] or world.region
    check = Check(world, model, parameters, region, caller, request["headers"].get("User-Agent", ""))
    if model.service_model.service_name == _S3:
        context[_CHECK] = check
        if model.name == botocore_s3.DELETE_OBJECTS:
            answer, context[_ERRORS] = botocore_s3.authorise_each(check, request)
            return answer
    error = check.error()
    return None if error is None else check.answer(error)


def _after_call_of_s3(http_response: Any, parsed: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
    check = context.pop(_CHECK, None)
    if check is None:
        return
    if errors := context.pop(_ERRORS, None):
        parsed["Errors"] = [*parsed.get("Errors", ()), *errors]
    botocore_s3.hide_absence(check, http_response, parsed)
