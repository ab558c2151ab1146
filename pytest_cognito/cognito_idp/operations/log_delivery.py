"""Operations on the delivery of a pool's logs to CloudWatch Logs, Firehose and S3."""

from __future__ import annotations

from typing import Any

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.cognito_idp import lookup
from pytest_cognito.cognito_idp.records import LOG_DELIVERIES, LogDelivery
from pytest_cognito.cognito_idp.rules.pools import log_settings, tiers
from pytest_cognito.world import Context


@operation
def set_log_delivery_configuration(
    context: Context, *, user_pool_id: str, log_configurations: list[dict[str, Any]]
) -> Response:
    """Replace the destinations of a pool's logs; an empty list removes them."""
    pool = lookup.pool(context, user_pool_id)
    log_settings.check(pool, log_configurations)
    if any(one["EventSource"] == log_settings.AUTH_EVENTS for one in log_configurations):
        tiers.check_activity_logs(pool)
    if log_configurations:
        context.table(LOG_DELIVERIES).put(LogDelivery(pool.id, pool.region, tuple(log_configurations)))
    else:
        context.table(LOG_DELIVERIES).delete((pool.id, pool.region))
    return _response(pool.id, log_configurations)


@operation
def get_log_delivery_configuration(context: Context, *, user_pool_id: str) -> Response:
    """Return the destinations of a pool's logs."""
    pool = lookup.pool(context, user_pool_id)
    found = context.table(LOG_DELIVERIES).get((pool.id, pool.region))
    return _response(pool.id, [] if found is None else list(found.configurations))


def _response(pool_id: str, configurations: list[Any]) -> Response:
    return {"LogDeliveryConfiguration": {"UserPoolId": pool_id, "LogConfigurations": configurations}}
