"""The domains of user pools, and the pools whose documents are served."""

from __future__ import annotations

from pytest_cognito.cognito_idp.records import DOMAINS, POOLS, REPLICAS, Domain, UserPool
from pytest_cognito.http.hosts import Host
from pytest_cognito.world import World


def find_domain(world: World, host: Host | None, name: str) -> Domain | None:
    """The domain with a host name: ``host`` if it is a prefix of an Amazon domain, else the custom domain ``name``."""
    domains = world.store[DOMAINS]
    if host is not None:
        return domains.get((host.region, host.prefix))
    return domains.get(("", name))


def domains_of(world: World, pool: UserPool) -> list[Domain]:
    """The domains of a pool: a prefix of an Amazon domain, a custom domain, or both."""
    return [domain for domain in world.store[DOMAINS].owned(POOLS, pool.id) if domain.serves(pool)]


def pool_of_documents(world: World, pool_id: str, region: str | None) -> UserPool | None:
    """The pool with an id whose documents a region serves: its own and that of a replica; ``None`` for any region."""
    pool = world.store[POOLS].get(pool_id)
    if pool is None or region in (None, pool.region) or world.store[REPLICAS].get((pool_id, region)) is not None:
        return pool
    return None
