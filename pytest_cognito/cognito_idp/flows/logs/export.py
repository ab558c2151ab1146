"""Exporting logs: each is kept for the test, and sent to the destination that the pool's configuration names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.cognito_idp import lookup
from pytest_cognito.cognito_idp.flows.logs import destinations
from pytest_cognito.cognito_idp.records import LOG_DELIVERIES, UserPool
from pytest_cognito.kernel.logs import LogRecord
from pytest_cognito.world import Context

AUTH_EVENTS = "userAuthEvents"
NOTIFICATION = "userNotification"
_LEVELS = {AUTH_EVENTS: "INFO", NOTIFICATION: "ERROR"}
_NAMES = {AUTH_EVENTS: "USER_ACTIVITY", NOTIFICATION: "USER_NOTIFICATION"}


def export(context: Context, pool: UserPool, source: str, message: Mapping[str, Any]) -> None:
    """Export a log. Delivery is best effort, as on AWS: the record says why a destination did not get it.

    Where the pool has a destination, the changes of the operation so far are committed.
    """
    now, level = context.now(), _LEVELS[source]
    document = {
        "eventTimestamp": str(int(now.timestamp() * 1000)),
        "eventSource": _NAMES[source],
        "logLevel": level,
        "message": message,
        "logSourceId": {"userPoolId": pool.id},
    }
    record = LogRecord(source, level, pool.id, now, document)
    context.world.logs.add(record)
    delivery = context.table(LOG_DELIVERIES).get((pool.id, pool.region))
    for configuration in delivery.configurations if delivery is not None else ():
        if configuration["EventSource"] == source:
            with context.world.store.outside():
                record.destination, record.problem = destinations.deliver(context, pool, configuration, document)
            lookup.check_still_there(context, pool)


def not_delivered(context: Context, pool: UserPool, details: str) -> None:
    """Log that a message to a user was not delivered."""
    export(context, pool, NOTIFICATION, {"details": details})
