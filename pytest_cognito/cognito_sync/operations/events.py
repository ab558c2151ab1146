"""Operations on Cognito Events: the functions that run when a dataset is synchronized."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.cognito_sync import errors
from pytest_cognito.cognito_sync.flows import access
from pytest_cognito.cognito_sync.records import CONFIGURATIONS, Configuration
from pytest_cognito.cognito_sync.rules import sync_events
from pytest_cognito.world import Context


@operation
def set_cognito_events(context: Context, *, identity_pool_id: str, events: Mapping[str, str]) -> Response:
    """Set the Lambda function of an event by its ARN, or remove it by an empty one. SyncTrigger is the only event."""
    pool = access.of_developer(context, identity_pool_id)
    for event, arn in events.items():
        if event not in sync_events.EVENTS:
            raise errors.EVENT_UNKNOWN(event=event)
        if arn and not sync_events.is_function_arn(arn):
            raise errors.FUNCTION_ARN_INVALID(arn=arn)
    configuration = context.table(CONFIGURATIONS).get(pool.id) or Configuration(pool.id)
    functions = {event: arn for event, arn in {**configuration.events, **events}.items() if arn}
    context.table(CONFIGURATIONS).put(replace(configuration, events=functions))
    return {}


@operation
def get_cognito_events(context: Context, *, identity_pool_id: str) -> Response:
    """Get the ARN of the Lambda function of each event that has one."""
    pool = access.of_developer(context, identity_pool_id)
    configuration = context.table(CONFIGURATIONS).get(pool.id)
    return {"Events": {} if configuration is None else dict(configuration.events)}
