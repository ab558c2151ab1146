"""Runs the function of a trigger: the event it gets, how long it may take, what it must give back, what its errors
become.
"""

from __future__ import annotations

import datetime as dt
import inspect
import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from ...aws.errors import AWSError
from ...kernel.calls import depth
from ...kernel.functions import Function, Invocation
from ...kernel.usage import UsageError
from ...world import Context
from .. import errors
from ..records import UserPool
from . import events, remote
from .catalog import TRIGGERS, function_of
from .context import LambdaContext

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
    """Run a pool's function for a trigger and give the ``response`` of its event; ``None`` if the pool has none.

    What the operation did so far is kept, and others may change the world while the function runs, as on AWS: read
    again afterwards what you need. Members of ``request`` that are ``None`` are left out only where they are optional
    on AWS.
    """
    addressed = _addressed(context, pool, trigger, source, username, client_id, request)
    if addressed is None:
        return None
    with context.world.store.outside():
        invocation = _invoke(context, trigger, *addressed)
    return _response(invocation)


def tell(
    context: Context,
    pool: UserPool,
    trigger: str,
    source: str,
    *,
    username: str,
    client_id: str | None,
    request: Mapping[str, Any],
    code: str | None,
) -> None:
    """Run a pool's function for a trigger that Cognito invokes asynchronously: once, and nothing of it comes back.

    What it raises is on record with the invocation, as is the ``code`` that it got encrypted.
    """
    addressed = _addressed(context, pool, trigger, source, username, client_id, request)
    if addressed is None:
        return
    with context.world.store.outside(), suppress(AWSError):
        invocation = _recorded(context, trigger, *addressed)
        invocation.code = code
        invocation.result = _answer(context, invocation)


def version_of(pool: UserPool, trigger: str) -> str | None:
    """The version of the event that a pool's function for a trigger gets; ``None`` if it has none."""
    configured = function_of(pool, TRIGGERS[trigger])
    return configured[1] if configured else None


def _addressed(
    context: Context,
    pool: UserPool,
    trigger: str,
    source: str,
    username: str,
    client_id: str | None,
    request: Mapping[str, Any],
) -> tuple[str, dict[str, Any]] | None:
    """The ARN of the pool's function, and the event for it."""
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
    """The invocation that the function answered in time. A time-out is tried again, twice."""
    timed = context.world.functions.get(arn) is not None
    for _ in range(_ATTEMPTS):
        invocation = _recorded(context, trigger, arn, event)
        began = context.now()
        invocation.result = _answer(context, invocation)
        if not timed or context.now() - began <= _TIME_LIMIT:
            return invocation
        timed_out = errors.TRIGGER_NOT_INVOKED(trigger=trigger, reason=remote.TIMED_OUT)
        invocation.error = timed_out
    raise timed_out


def _recorded(context: Context, trigger: str, arn: str, event: dict[str, Any]) -> Invocation:
    invocation = Invocation(trigger, event["triggerSource"], arn, event)
    context.call.invocations.append(invocation)
    context.world.functions.invocations.append(invocation)
    return invocation


def _answer(context: Context, invocation: Invocation) -> Any:
    function = context.world.functions.get(invocation.arn)
    return remote.invoke(context, invocation) if function is None else _run_here(context, function, invocation)


def _run_here(context: Context, function: Function, invocation: Invocation) -> Any:
    """What a function that a test registered answers, after the JSON round trip that Lambda makes of it."""
    token = depth.set(depth.get() + 1)
    event = json.loads(json.dumps(invocation.event))
    try:
        answer = function(event, LambdaContext(context, invocation.arn))
    except UsageError:
        raise  # a mistake of the test's, or something not built yet: no error of AWS's
    except Exception as error:
        invocation.error = error
        raise errors.TRIGGER_FAILED(trigger=invocation.trigger, message=str(error)) from error
    finally:
        depth.reset(token)
    _refuse_coroutine(invocation, answer)
    try:
        return json.loads(json.dumps(answer, allow_nan=False))
    except (TypeError, ValueError) as error:
        invocation.error = error
        raise errors.TRIGGER_OUTPUT_NOT_JSON() from error


def _refuse_coroutine(invocation: Invocation, answer: Any) -> None:
    if not inspect.isawaitable(answer):
        return
    if inspect.iscoroutine(answer):
        answer.close()
    raise UsageError(
        f"the function for {invocation.trigger} is a coroutine function; Lambda's Python runtime calls plain "
        f"functions: write `def`, not `async def`"
    )


def _response(invocation: Invocation) -> dict[str, Any]:
    """The ``response`` of an answer that is the whole event, unchanged but for it."""
    event, answer = invocation.event, invocation.result
    response = answer.get("response") if isinstance(answer, dict) else None
    whole = isinstance(answer, dict) and all(answer.get(member) == event[member] for member in _ENVELOPE)
    if not whole or not isinstance(response, dict | None):
        invocation.error = errors.TRIGGER_OUTPUT_UNKNOWN()
        raise invocation.error
    return response or {}
