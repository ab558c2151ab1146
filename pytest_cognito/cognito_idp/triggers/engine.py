"""Invoking the Lambda functions of triggers: the event, the time-out, and the validation of the response."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Mapping
from typing import Any

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.records import UserPool
from pytest_cognito.cognito_idp.triggers import events, payload, remote
from pytest_cognito.cognito_idp.triggers.catalog import TRIGGERS, function_of
from pytest_cognito.cognito_idp.triggers.context import LambdaContext
from pytest_cognito.cognito_idp.triggers.response_members import ignored
from pytest_cognito.kernel.calls import depth
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.functions import Function, Invocation
from pytest_cognito.kernel.text import first_line, message, plain
from pytest_cognito.world import Context

_TIME_LIMIT = dt.timedelta(seconds=5)
_ATTEMPTS = 3
_ENVELOPE = ("version", "triggerSource", "region", "userPoolId", "userName", "callerContext")


def run(
    context: Context,
    pool: UserPool,
    trigger: str,
    source: str,
    *,
    username: str,
    client_id: str | None,
    request: Mapping[str, Any],
) -> dict[str, Any] | None:
    """Run the function of a pool's trigger and return the ``response``; ``None`` if the pool has no such trigger.

    ``request`` is the ``request`` of the event, ``source`` the part of ``triggerSource`` after ``_``. Changes of the
    operation so far are committed, and the function or other calls may change records while it runs, as on AWS: read
    records again afterwards. Raises if they have deleted the pool or the app client.
    """
    function_and_event = _function_and_event(context, pool, trigger, source, username, client_id, request)
    if function_and_event is None:
        return None
    with context.world.store.outside():
        invocation = _invoke(context, trigger, *function_and_event)
    lookup.check_still_there(context, pool, client_id)
    return _response(invocation)


def invoke_async(
    context: Context,
    pool: UserPool,
    trigger: str,
    source: str,
    *,
    username: str,
    client_id: str | None,
    request: Mapping[str, Any],
    code: str | None,
) -> str | None:
    """Run the function of a pool's trigger as an asynchronous invocation: once, ignoring its response and errors.

    An error is recorded with the invocation, and so is the unencrypted ``code``. Return the error's message, if any.
    """
    function_and_event = _function_and_event(context, pool, trigger, source, username, client_id, request)
    if function_and_event is None:
        return None
    with context.world.store.outside():
        invocation = _recorded(context, trigger, *function_and_event)
        invocation.code = code
        problem = None
        try:
            invocation.result = _invoke_once(context, invocation)
        except AWSError as error:
            problem = error.message
    lookup.check_still_there(context, pool, client_id)
    return problem


def version_of(pool: UserPool, trigger: str) -> str | None:
    """The event version of a pool's trigger; ``None`` if the pool has no such trigger."""
    configured = function_of(pool, TRIGGERS[trigger])
    return configured[1] if configured else None


def _function_and_event(
    context: Context,
    pool: UserPool,
    trigger: str,
    source: str,
    username: str,
    client_id: str | None,
    request: Mapping[str, Any],
) -> tuple[str, dict[str, Any]] | None:
    """The ARN of the function of a pool's trigger, and the event; ``None`` if the pool has no such trigger."""
    configured = function_of(pool, TRIGGERS[trigger])
    if configured is None:
        return None
    arn, version = configured
    event = events.envelope(
        pool,
        trigger,
        source,
        version,
        username=username,
        client_id=client_id,
        request=request,
        user_agent=context.user_agent,
    )
    return arn, event


def _invoke(context: Context, trigger: str, arn: str, event: dict[str, Any]) -> Invocation:
    """Invoke a function until it returns within the time-out, three times at most."""
    local = context.world.functions.get(arn) is not None
    for _ in range(_ATTEMPTS):
        invocation = _recorded(context, trigger, arn, event)
        began = context.now()
        invocation.result = _invoke_once(context, invocation)
        took = context.now() - began
        if not local or took <= _TIME_LIMIT:
            return invocation
        invocation.refusal = f"took {took.total_seconds():.1f} s; it may take {_TIME_LIMIT.seconds}"
        timed_out = errors.TRIGGER_NOT_INVOKED(trigger=trigger, reason=remote.TIMED_OUT)
        invocation.error = timed_out
    raise timed_out


def _recorded(context: Context, trigger: str, arn: str, event: dict[str, Any]) -> Invocation:
    invocation = Invocation(trigger, event["triggerSource"], arn, event)
    context.call.invocations.append(invocation)
    context.world.functions.invocations.append(invocation)
    return invocation


def _invoke_once(context: Context, invocation: Invocation) -> Any:
    function = context.world.functions.get(invocation.arn)
    return remote.invoke(context, invocation) if function is None else _run_here(context, function, invocation)


def _run_here(context: Context, function: Function, invocation: Invocation) -> Any:
    """Run a function that the test has registered. Event and result are converted to JSON and back, as by Lambda."""
    token = depth.set(depth.get() + 1)
    event = payload.event_copy(invocation.event)
    try:
        result = function(event, LambdaContext(context, invocation.arn))
    except UsageError as error:
        invocation.raised(error)
        raise  # a mistake in the test or an unsupported feature, not an error of the function
    except Exception as error:
        invocation.raised(error)
        raise errors.TRIGGER_FAILED(trigger=invocation.trigger, message=message(error)) from error
    finally:
        depth.reset(token)
    _refuse_coroutine(invocation, result)
    try:
        return payload.read(payload.dump(result))
    except ValueError as error:
        invocation.error = error
        invocation.refusal = f"returned what JSON cannot hold: {first_line(error)}"
        raise errors.TRIGGER_OUTPUT_NOT_JSON() from error


def _refuse_coroutine(invocation: Invocation, result: Any) -> None:
    if not inspect.isawaitable(result):
        return
    if inspect.iscoroutine(result):
        result.close()
    invocation.refusal = "did not run: it is a coroutine function"
    raise UsageError(
        f"the function for {invocation.trigger} is a coroutine function; Lambda's Python runtime calls plain "
        f"functions: write `def`, not `async def`"
    )


def _response(invocation: Invocation) -> dict[str, Any]:
    """The ``response`` of the returned event; raise if the rest of the event was changed."""
    invocation.refusal = _refusal(invocation.event, invocation.result)
    if invocation.refusal is not None:
        invocation.error = errors.TRIGGER_OUTPUT_UNKNOWN()
        raise invocation.error
    response = invocation.result.get("response") or {}
    invocation.ignored = tuple(ignored(invocation.trigger, invocation.event, response))
    return dict(response)


def _refusal(event: Mapping[str, Any], returned: Any) -> str | None:
    """Why Cognito does not accept what a function returned; ``None`` if it does."""
    if not isinstance(returned, dict):
        return f"returned {plain(returned)}, not the event"
    changed = [member for member in _ENVELOPE if returned.get(member) != event[member]]
    if changed:
        return f"returned the event with another {', '.join(changed)}"
    response = returned.get("response")
    return None if isinstance(response, dict | None) else f"returned the event with response={plain(response)}"
