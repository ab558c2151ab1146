"""The replicas of user pools in other regions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pytest_cognito.cognito_idp.records.pools import POOLS
from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class Replica:
    """The secondary of a pool in a region. It has the pool's users and settings, but some ``settings`` of its own.

    ``active`` says whether users can sign in there. ``number`` orders it among the pools of its region.
    """

    pool_id: str
    region: str
    account: str
    active: bool
    settings: Mapping[str, Any]
    created: dt.datetime
    modified: dt.datetime
    number: int


REPLICAS: Schema[Replica] = Schema(
    "cognito-idp/replicas",
    key=lambda replica: (replica.pool_id, replica.region),
    ordered={"region": lambda replica: [((replica.account, replica.region), replica.number)]},
    owners={POOLS: lambda replica: replica.pool_id},
)


def replica_key(pool_id: str, region: str) -> tuple[str, str] | None:
    """The key of the replica of a pool in a region; ``None`` for the region of the pool itself, as its id begins."""
    return None if pool_id.startswith(f"{region}_") else (pool_id, region)
