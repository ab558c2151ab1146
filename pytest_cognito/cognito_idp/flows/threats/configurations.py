"""Risk configurations as a region has them: that of a replica is the pool's, but for the sender of its messages."""

from __future__ import annotations

import dataclasses

from pytest_cognito.cognito_idp.records import RISK_CONFIGURATIONS, RiskConfiguration, UserPool
from pytest_cognito.cognito_idp.rules.threats import responses
from pytest_cognito.world import Context


def find(context: Context, pool: UserPool, client_id: str | None) -> RiskConfiguration | None:
    """The configuration of an app client, or that of the pool where ``client_id`` is ``None``."""
    table = context.table(RISK_CONFIGURATIONS)
    found = table.get((pool.id, client_id, None))
    own = table.get((pool.id, client_id, pool.region)) if pool.is_replica else None
    if found is None or own is None:
        return found
    return dataclasses.replace(own, settings=responses.with_sender_of(found.settings, own.settings))


def replace(context: Context, pool: UserPool, client_id: str | None, settings: responses.Settings) -> RiskConfiguration:
    """Replace a configuration, or remove it without settings; raise for other settings of a replica than the pool's."""
    table, region = context.table(RISK_CONFIGURATIONS), pool.region if pool.is_replica else None
    if pool.is_replica:
        primary = table.get((pool.id, client_id, None))
        responses.check_replica({} if primary is None else primary.settings, settings)
    changed = RiskConfiguration(pool.id, client_id, settings, context.now(), region)
    if settings:
        table.put(changed)
    else:
        table.delete((pool.id, client_id, region))
    return changed
