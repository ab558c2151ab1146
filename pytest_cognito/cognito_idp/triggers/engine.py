"""Running the Lambda functions of triggers: the event, the attempts, the errors, and the validation of the response."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.records import UserPool
from pytest_cognito.cognito_idp.triggers import events
from pytest_cognito.cognito_idp.triggers.catalog import TRIGGERS, function_of
from pytest_cognito.cognito_idp.triggers.response_members import ignored
from pytest_cognito.kernel.functions import Invocation
from pytest_cognito.kernel.text import plain
from pytest_cognito.lambda_functions import invoking
from pytest_cognito.lambda_functions.failures import Failure, NotJSON, Raised, TimedOut
from pytest_cognito.lambda_functions.permissions import Invoker
from pytest_cognito.world import Context

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
        invocation = _invoke(context, pool, trigger, *function_and_event)
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
        invocation = _begun(context, trigger, *function_and_event)
        invocation.code = code
        problem = None
        try:
            invoking.run(context, invocation, limit=None, invoker=_invoker(pool))
        except Failure as failure:
            problem = _error(invocation, failure).message
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


def _invoke(context: Context, pool: UserPool, trigger: str, arn: str, event: dict[str, Any]) -> Invocation:
    """Invoke a function until it returns within the time-out, three times at most if it is a callable of the test."""
    for _ in range(_ATTEMPTS):
        invocation = _begun(context, trigger, arn, event)
        try:
            invoking.run(context, invocation, invoker=_invoker(pool))
        except TimedOut as failure:
            timed_out = _error(invocation, failure)
            if not failure.here:
                raise timed_out from failure.__cause__
        except Failure as failure:
            raise _error(invocation, failure) from failure.__cause__
        else:
            return invocation
    raise timed_out


def _invoker(pool: UserPool) -> Invoker:
    """As whom user pools invoke a function, also that of a custom sender."""
    return Invoker("cognito-idp", pool.arn)


def _begun(context: Context, trigger: str, arn: str, event: dict[str, Any]) -> Invocation:
    return invoking.begin(context, Invocation(trigger, event["triggerSource"], arn, event))


def _error(invocation: Invocation, failure: Failure) -> AWSError:
    """The error of an invocation without a result, which notes it unless it has one of its own."""
    match failure:
        case Raised():
            error = errors.TRIGGER_FAILED(trigger=invocation.trigger, message=failure.reason)
        case NotJSON():
            error = errors.TRIGGER_OUTPUT_NOT_JSON()
        case _:
            error = errors.TRIGGER_NOT_INVOKED(trigger=invocation.trigger, reason=failure.reason)
    if invocation.error is None:
        invocation.error = error
    return error


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
