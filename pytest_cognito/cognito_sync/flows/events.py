"""Cognito Events: running the function of a SyncTrigger before an update is stored."""

from __future__ import annotations

from typing import Any

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_identity import IdentityPool
from pytest_cognito.cognito_sync import errors
from pytest_cognito.cognito_sync.records import CONFIGURATIONS, DATASETS
from pytest_cognito.cognito_sync.rules import sync_events
from pytest_cognito.cognito_sync.rules.sync_events import SYNC_TRIGGER, Values
from pytest_cognito.kernel.functions import Invocation
from pytest_cognito.lambda_functions import invoking
from pytest_cognito.lambda_functions.failures import Failure, NotInvoked, Raised, TimedOut
from pytest_cognito.lambda_functions.permissions import Invoker
from pytest_cognito.world import Context

_THROTTLED = "TooManyRequestsException"
"""The code by which Lambda refuses an invocation for which it has no capacity."""


def run(context: Context, pool: IdentityPool, identity_id: str, dataset: str, wanted: Values) -> Values:
    """Run the function of the pool's SyncTrigger, if it has one, and return what is to be stored.

    ``wanted`` has the new value of each record that an update of the identity touches, by key; None for one that it
    removes. The result has in addition what the function touches. Nothing is checked of the values.

    The function or other calls may change records while it runs, as on AWS: read records again afterwards. AWS waits
    for 5 seconds, once. An update by developer credentials does not run the function: do not call this for it.
    """
    arn = function_of(context, pool)
    if arn is None or not wanted:
        return wanted
    event = sync_event(context, pool, identity_id, dataset, wanted)
    invocation = invoking.begin(context, Invocation(SYNC_TRIGGER, SYNC_TRIGGER, arn, event, answer=sync_events.RECORDS))
    with context.world.store.outside():
        _invoke(context, invocation, Invoker("cognito-sync", pool.arn))
    return {**wanted, **_changes(invocation)}


def function_of(context: Context, pool: IdentityPool) -> str | None:
    """The ARN of the function of the pool's SyncTrigger."""
    configuration = context.table(CONFIGURATIONS).get(pool.id)
    return None if configuration is None else configuration.events.get(SYNC_TRIGGER)


def sync_event(context: Context, pool: IdentityPool, identity_id: str, dataset: str, wanted: Values) -> dict[str, Any]:
    """The event of an update, with all records of the dataset; see `run`."""
    found = context.table(DATASETS).get((identity_id, dataset))
    records = () if found is None else found.records.values()
    stored = {record.key: record.value for record in records if record.value is not None}
    return sync_events.event(pool.region, pool.id, identity_id, dataset, dict(sorted(stored.items())), wanted)


def _invoke(context: Context, invocation: Invocation, invoker: Invoker) -> None:
    try:
        invoking.run(context, invocation, invoker=invoker)
    except Failure as failure:
        error = _error(failure)
        if invocation.error is None:
            invocation.error = error
        raise error from failure.__cause__


def _error(failure: Failure) -> AWSError:
    match failure:
        case TimedOut():
            return errors.FUNCTION_TIMED_OUT()
        case NotInvoked(reason=reason):
            throttled = reason == _THROTTLED
            return errors.FUNCTION_THROTTLED() if throttled else errors.FUNCTION_NOT_INVOKED(reason=reason)
        case Raised(reason=reason):
            return errors.FUNCTION_RAISED(message=reason)
        case _:
            return errors.FUNCTION_OUTPUT_INVALID()


def _changes(invocation: Invocation) -> Values:
    """What the function has changed. Raises if it returned anything but its event with other records."""
    invocation.refusal = sync_events.refusal(invocation.event, invocation.result)
    if invocation.refusal is not None:
        invocation.error = errors.FUNCTION_OUTPUT_INVALID()
        raise invocation.error
    invocation.ignored = tuple(sync_events.ignored(invocation.event, invocation.result))
    return sync_events.changes(invocation.event, invocation.result)
