"""The quotas on requests: how many an account may send in a second, by category of operations, and what it has left."""

from __future__ import annotations

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import PROVISIONED_LIMITS
from pytest_cognito.cognito_idp.rules import request_rates
from pytest_cognito.world import World


def limit(world: World, account: str, region: str, category: str) -> int:
    """The requests per second of a category: what the account has provisioned, or else what is free."""
    provisioned = world.store[PROVISIONED_LIMITS].get((account, region, category))
    return request_rates.CATEGORIES[category].free if provisioned is None else provisioned.value


def is_over_quota(world: World, operation: str, region: str | None) -> bool:
    """Whether the next request for an operation exceeds its quota. It is not counted."""
    rates, counted = world.faults.rates, _counted(world, operation, region)
    return rates is not None and counted is not None and rates.is_exhausted(*counted, world.clock.now())


def count_request(world: World, operation: str, region: str | None) -> None:
    """Count a request; raise if it exceeds its quota. It counts if the quotas are enforced, and nothing else."""
    rates, counted = world.faults.rates, _counted(world, operation, region)
    if rates is not None and counted is not None and not rates.take(*counted, world.clock.now()):
        raise errors.TOO_MANY_REQUESTS()


def _counted(world: World, operation: str, region: str | None) -> tuple[tuple[str, ...], int] | None:
    """What counts requests for an operation, and its limit; ``None`` if they are not counted."""
    category = request_rates.category_of(operation)
    if category is None:
        return None
    place = (world.account_id, region or world.region)
    name, most = request_rates.bucket_of(operation, category, limit(world, *place, category))
    return (*place, name), most
