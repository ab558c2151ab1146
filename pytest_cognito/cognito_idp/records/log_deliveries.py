"""Log delivery configurations: where the logs of a pool go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pytest_cognito.cognito_idp.records.pools import POOLS
from pytest_cognito.cognito_idp.records.replicas import REPLICAS, replica_key
from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class LogDelivery:
    """The destination of each source of logs of a pool in a region: members of the shape ``LogConfigurationType``.

    The region of a replica has its own.
    """

    pool_id: str
    region: str
    configurations: tuple[Mapping[str, Any], ...]


LOG_DELIVERIES: Schema[LogDelivery] = Schema(
    "cognito-idp/log-deliveries",
    key=lambda delivery: (delivery.pool_id, delivery.region),
    owners={
        POOLS: lambda delivery: delivery.pool_id,
        REPLICAS: lambda delivery: replica_key(delivery.pool_id, delivery.region),
    },
)
