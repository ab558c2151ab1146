"""Invoking a Lambda function: as a Python callable that the test has registered, or else by Lambda's API."""

from __future__ import annotations

import datetime as dt
import inspect
from typing import Any

from pytest_cognito.kernel.calls import depth
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.functions import API, CLOUDFORMATION, Function, Invocation
from pytest_cognito.kernel.text import first_line, message
from pytest_cognito.lambda_functions import payload, permissions, remote
from pytest_cognito.lambda_functions.context import TIME_LIMIT, LambdaContext
from pytest_cognito.lambda_functions.failures import NotInvoked, NotJSON, Raised, TimedOut
from pytest_cognito.lambda_functions.permissions import Invoker
from pytest_cognito.world import Context


class Prepared:
    """A function with something to do before it is called, which is no part of the time that it has."""

    def prepare(self) -> None:
        """Import its module, for example."""
        raise NotImplementedError

    def __call__(self, event: dict[str, Any], context: Any) -> Any:
        raise NotImplementedError


def begin(context: Context, invocation: Invocation) -> Invocation:
    """Add an invocation to those of the call and of the world."""
    context.call.invocations.append(invocation)
    context.world.functions.invocations.append(invocation)
    return invocation


def run(
    context: Context,
    invocation: Invocation,
    limit: dt.timedelta | None = TIME_LIMIT,
    invoker: Invoker | None = None,
) -> None:
    """Run the function and set the ``result`` of the invocation, or raise a `Failure`.

    It must be called outside the operation's step (``store.outside()``). A callable has ``limit`` on the world's clock;
    without one, nobody waits for it. ``invoker`` is the service that needs a permission to invoke the function, if
    it is one that a template has made.
    """
    refusal = None if invoker is None else permissions.refusal(context, invocation.arn, invoker)
    if refusal is not None:
        invocation.refusal = refusal
        raise NotInvoked(permissions.ACCESS_DENIED)
    function = context.world.functions.get(invocation.arn)
    if function is None:
        invocation.result = remote.invoke(context, invocation)
        return
    invocation.result, began = _run_here(context, function, invocation, limit or TIME_LIMIT)
    if limit is not None and (took := context.now() - began) > limit:
        invocation.refusal = f"took {took.total_seconds():.1f} s; it may take {limit.seconds}"
        raise TimedOut(here=True)


def _run_here(
    context: Context, function: Function, invocation: Invocation, limit: dt.timedelta
) -> tuple[Any, dt.datetime]:
    """The result of a function that the test has registered, and when it began.

    Event and result are what JSON makes of them, as by Lambda.
    """
    token = depth.set(depth.get() + 1)
    event = payload.event_copy(invocation.event)
    deployed = permissions.deployed(context, invocation.arn)
    try:
        if isinstance(function, Prepared):
            function.prepare()
        began = context.now()
        lambda_context = LambdaContext(context, invocation.arn, began, deployed, limit)
        result = function(event, lambda_context)
    except UsageError as error:
        invocation.raised(error)
        raise  # a mistake in the test or an unsupported feature, not an error of the function
    except Exception as error:
        invocation.raised(error)
        raise Raised(message(error)) from error
    finally:
        depth.reset(token)
    _refuse_coroutine(invocation, result)
    if deployed is not None and not lambda_context.get_remaining_time_in_millis():
        invocation.refusal = f"took longer than its Timeout of {deployed.timeout} s"
        raise Raised(
            f"RequestId: {lambda_context.aws_request_id} Error: Task timed out after {deployed.timeout}.00 seconds"
        )
    try:
        return payload.result_copy(result), began
    except ValueError as error:
        invocation.error = error
        invocation.refusal = f"returned what JSON cannot hold: {first_line(error)}"
        raise NotJSON from error


def _refuse_coroutine(invocation: Invocation, result: Any) -> None:
    if isinstance(result, dict) or not inspect.isawaitable(result):  # most are dicts, which is seen sooner
        return
    if inspect.iscoroutine(result):
        result.close()
    invocation.refusal = "did not run: it is a coroutine function"
    what = invocation.source if invocation.trigger in (API, CLOUDFORMATION) else invocation.trigger
    raise UsageError(
        f"the function for {what} is a coroutine function; Lambda's Python runtime calls plain "
        f"functions: write `def`, not `async def`"
    )
