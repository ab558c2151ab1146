"""Test setup without the API: functions for events."""

from __future__ import annotations

from dataclasses import replace

from pytest_cognito.aws.arn import arn
from pytest_cognito.cognito_identity import IdentityPool
from pytest_cognito.cognito_sync.records import CONFIGURATIONS, Configuration
from pytest_cognito.kernel.functions import Function
from pytest_cognito.world import Context


def set_function(context: Context, pool: IdentityPool, event: str, function: Function) -> None:
    """Register a callable as the Lambda function of an event of an identity pool."""
    name = f"{getattr(function, '__name__', 'function').strip('<>')}-{event}"
    function_arn = arn("lambda", pool.region, pool.account, f"function:{name}-{context.world.store.serial()}")
    context.world.functions.register(function_arn, function)
    configuration = context.table(CONFIGURATIONS).get(pool.id) or Configuration(pool.id)
    context.table(CONFIGURATIONS).put(replace(configuration, events={**configuration.events, event: function_arn}))
