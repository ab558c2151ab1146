"""User pools for the package ``web``: the domains of pools, the links in messages, and uploads of CSV files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.threats import feedback
from pytest_cognito.cognito_idp.flows.users import confirmation
from pytest_cognito.cognito_idp.records import CLIENTS, DOMAINS, POOLS, REPLICAS, USER_IMPORT_JOBS, Domain, UserPool
from pytest_cognito.cognito_idp.rules.imports import upload_address
from pytest_cognito.cognito_idp.rules.threats import notices
from pytest_cognito.http.hosts import Host
from pytest_cognito.http.messages import Request
from pytest_cognito.kernel.calls import Call
from pytest_cognito.world import Context, World

FEEDBACK_PARAMETERS = notices.PARAMETERS
"""The parameters of the links for feedback: the arguments of `give_feedback` after ``domain``, in this order."""
_VALUES = ("Valid", "Invalid")


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


def confirm_by_link(world: World, call: Call, domain: Domain | None, client_id: str, username: str, code: str) -> None:
    """Confirm the user who has followed a confirmation link, which is valid only on a domain of the client's pool.

    ``domain`` is the domain of the request; ``None`` on the local server, which serves all pools.
    """
    call.region = _pool_of(world, domain, client_id).region

    def confirm(context: Context) -> None:
        client, pool = lookup.client_and_pool(context, client_id)
        confirmation.confirm_with_code(context, pool, client, username, code)

    world.step(call, confirm)


def give_feedback(
    world: World,
    call: Call,
    domain: Domain | None,
    client_id: str,
    username: str,
    event_id: str,
    token: str,
    value: str,
) -> None:
    """Note the feedback of the user who has followed a link in a message about an authentication event.

    ``domain`` is as in `confirm_by_link`.
    """
    call.region = _pool_of(world, domain, client_id).region

    def give(context: Context) -> None:
        _, pool = lookup.client_and_pool(context, client_id)
        feedback.check_on(pool)
        if value not in _VALUES:
            raise errors.FEEDBACK_VALUE_INVALID(value=value)
        feedback.give_with_token(context, lookup.user(context, pool, username), event_id, token, value)

    world.step(call, give)


def _pool_of(world: World, domain: Domain | None, client_id: str) -> UserPool:
    """The pool of an app client, which the link of a domain must be about."""
    client = world.store[CLIENTS].get(client_id)
    pool = world.store[POOLS].get(client.pool_id) if client else None
    if pool is None or (domain is not None and domain.pool_id != pool.id):
        raise errors.CLIENT_NOT_FOUND(client_id=client_id)
    return pool


def receive_import_file(
    world: World, call: Call, host: Host | None, path: Mapping[str, str], query: Mapping[str, str], request: Request
) -> None:
    """Keep the CSV file of an import job that was uploaded to the job's address; raise the error of S3 for another one.

    ``path`` has the ``account``, the ``pool_id`` and the ``job_id`` of the address. A later file replaces it.
    """

    def receive(context: Context) -> None:
        pool = context.table(POOLS).get(path["pool_id"])
        job = context.table(USER_IMPORT_JOBS).get((path["pool_id"], path["job_id"]))
        there = pool is not None and path["account"] == pool.account and (host is None or host.region == pool.region)
        if pool is None or job is None or not there:
            raise errors.UPLOAD_SIGNATURE()
        upload_address.check(pool, job, request.method, query, request.headers, context.now())
        if job.completed is None:  # S3 would take it, and nobody would read it
            context.table(USER_IMPORT_JOBS).put(replace(job, file=request.body))

    world.step(call, receive)
