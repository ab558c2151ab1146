"""The quotas on requests: how many an account may send in a second, by operation."""

from __future__ import annotations

import datetime as dt

from pytest_cognito.cognito_identity import errors
from pytest_cognito.cognito_identity.rules import quotas
from pytest_cognito.world import World


def is_over_quota(world: World, operation: str, region: str | None) -> bool:
    """Whether the next request for an operation exceeds its quota. It is not counted."""
    rates, most = world.faults.rates, quotas.REQUESTS.get(operation)
    return rates is not None and most is not None and rates.is_exhausted(*_bucket(world, operation, region, most))


def count_request(world: World, operation: str, region: str | None) -> None:
    """Count a request; raise if it exceeds its quota. It counts if the quotas are enforced, and nothing else."""
    rates, most = world.faults.rates, quotas.REQUESTS.get(operation)
    if rates is not None and most is not None and not rates.take(*_bucket(world, operation, region, most)):
        raise errors.TOO_MANY_REQUESTS()


def _bucket(world: World, operation: str, region: str | None, most: int) -> tuple[tuple[str, ...], int, dt.datetime]:
    """What counts the requests for an operation, its limit, and the time."""
    return ("cognito-identity", world.account_id, region or world.region, operation), most, world.clock.now()
