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


def domain_with_label(world: World, label: str) -> Domain | None:
    """The domain that the loopback server knows by a label.

    It is the name of a custom domain, or a prefix, of the world's region if several regions have it. A prefix and its
    region, as ``notes.eu-west-1``, is never ambiguous.
    """
    domains = world.store[DOMAINS]
    prefix, _, region = label.partition(".")
    found = domains.get(("", label)) or domains.get((region or world.region, prefix))
    if found is not None or region:
        return found
    return next((domain for domain in domains if not domain.custom and domain.name.lower() == prefix), None)


def every_domain(world: World) -> list[Domain]:
    """The domains of all pools."""
    return list(world.store[DOMAINS])


def label_of(world: World, domain: Domain) -> str:
    """The shortest label of a domain, see `domain_with_label`."""
    name = domain.name.lower()
    if domain.custom or domain_with_label(world, name) == domain:
        return name
    return f"{name}.{domain.region}"


def domains_of(world: World, pool: UserPool) -> list[Domain]:
    """The domains of a pool: a prefix of an Amazon domain, a custom domain, or both."""
    return [domain for domain in world.store[DOMAINS].owned(POOLS, pool.id) if domain.serves(pool)]


def pool_of_documents(world: World, pool_id: str, region: str | None) -> UserPool | None:
    """The pool with an id whose documents a region serves: its own and that of a replica; ``None`` for any region."""
    pool = world.store[POOLS].get(pool_id)
    if pool is None or region in (None, pool.region) or world.store[REPLICAS].get((pool_id, region)) is not None:
        return pool
    return None
