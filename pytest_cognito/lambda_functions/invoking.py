"""Invoking a Lambda function: as a Python callable that the test has registered, or else by Lambda's API."""

from __future__ import annotations

import datetime as dt
import inspect
from typing import Any

from pytest_cognito.kernel.calls import depth
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.functions import API, Function, Invocation
from pytest_cognito.kernel.text import first_line, message
from pytest_cognito.lambda_functions import payload, remote
from pytest_cognito.lambda_functions.context import TIME_LIMIT, LambdaContext
from pytest_cognito.lambda_functions.failures import NotJSON, Raised, TimedOut
from pytest_cognito.world import Context


def begin(context: Context, invocation: Invocation) -> Invocation:
    """Add an invocation to those of the call and of the world."""
    context.call.invocations.append(invocation)
    context.world.functions.invocations.append(invocation)
    return invocation


def run(context: Context, invocation: Invocation, limit: dt.timedelta | None = TIME_LIMIT) -> None:
    """Run the function and set the ``result`` of the invocation, or raise a `Failure`.

    It must be called outside the operation's step (``store.outside()``). A callable has ``limit`` on the world's clock;
    without one, nobody waits for it.
    """
    function = context.world.functions.get(invocation.arn)
    if function is None:
        invocation.result = remote.invoke(context, invocation)
        return
    began = context.now()
    invocation.result = _run_here(context, function, invocation, limit or TIME_LIMIT)
    took = context.now() - began
    if limit is not None and took > limit:
        invocation.refusal = f"took {took.total_seconds():.1f} s; it may take {limit.seconds}"
        raise TimedOut(here=True)


def _run_here(context: Context, function: Function, invocation: Invocation, limit: dt.timedelta) -> Any:
    """Run a function that the test has registered. Event and result are converted to JSON and back, as by Lambda."""
    token = depth.set(depth.get() + 1)
    event = payload.event_copy(invocation.event)
    try:
        result = function(event, LambdaContext(context, invocation.arn, limit))
    except UsageError as error:
        invocation.raised(error)
        raise  # a mistake in the test or an unsupported feature, not an error of the function
    except Exception as error:
        invocation.raised(error)
        raise Raised(message(error)) from error
    finally:
        depth.reset(token)
    _refuse_coroutine(invocation, result)
    try:
        return payload.read(payload.dump(result))
    except ValueError as error:
        invocation.error = error
        invocation.refusal = f"returned what JSON cannot hold: {first_line(error)}"
        raise NotJSON from error


def _refuse_coroutine(invocation: Invocation, result: Any) -> None:
    if not inspect.isawaitable(result):
        return
    if inspect.iscoroutine(result):
        result.close()
    invocation.refusal = "did not run: it is a coroutine function"
    what = invocation.source if invocation.trigger == API else invocation.trigger
    raise UsageError(
        f"the function for {what} is a coroutine function; Lambda's Python runtime calls plain "
        f"functions: write `def`, not `async def`"
    )
