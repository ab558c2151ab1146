"""Risk configurations: the responses of threat protection to risks, of a pool or an app client."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pytest_cognito.cognito_idp.records.clients import CLIENTS
from pytest_cognito.cognito_idp.records.pools import POOLS
from pytest_cognito.cognito_idp.records.replicas import REPLICAS
from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class RiskConfiguration:
    """The configuration of an app client, or of all clients of a pool without their own (``client_id`` is ``None``).

    ``settings`` are the members of ``RiskConfigurationType`` without ids and date. ``region`` is that of a replica with
    a sender of its own for its messages, ``None`` for that of the pool itself.
    """

    pool_id: str
    client_id: str | None
    settings: Mapping[str, Any]
    modified: dt.datetime
    region: str | None = None


RISK_CONFIGURATIONS: Schema[RiskConfiguration] = Schema(
    "cognito-idp/risk-configurations",
    key=lambda configuration: (configuration.pool_id, configuration.client_id, configuration.region),
    owners={
        POOLS: lambda configuration: configuration.pool_id,
        CLIENTS: lambda configuration: configuration.client_id,
        REPLICAS: lambda configuration: configuration.region and (configuration.pool_id, configuration.region),
    },
)
