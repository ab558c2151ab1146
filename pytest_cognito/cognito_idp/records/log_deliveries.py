"""Log delivery configurations: where the logs of a pool go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pytest_cognito.cognito_idp.records.pools import POOLS
from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class LogDelivery:
    """The destination of each source of logs of a pool: members of the shape ``LogConfigurationType``."""

    pool_id: str
    configurations: tuple[Mapping[str, Any], ...]


LOG_DELIVERIES: Schema[LogDelivery] = Schema(
    "cognito-idp/log-deliveries",
    key=lambda delivery: delivery.pool_id,
    owners={POOLS: lambda delivery: delivery.pool_id},
)
