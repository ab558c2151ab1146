"""The app client that a request to a domain names by ``client_id``: an id, or the address of a metadata document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.cognito_idp import lookup
from pytest_cognito.cognito_idp.flows.clients import client_metadata
from pytest_cognito.cognito_idp.records import CIMD_POLICIES, CLIENTS, POOLS, AppClient, CIMDPolicy, Domain, UserPool
from pytest_cognito.cognito_idp.regions import region_of
from pytest_cognito.cognito_idp.rules.clients import metadata_documents
from pytest_cognito.world import Context


def find_client(context: Context, domain: Domain | None, client_id: str | None) -> tuple[UserPool, AppClient] | None:
    """The pool and the app client of a request, which must be of the domain's pool.

    ``domain`` is None on the local server, which serves all pools: the region is then that of the client's pool.
    """
    if not client_id:
        return None
    if metadata_documents.is_address(client_id):
        return _by_document(context, domain, client_id)
    if domain is None:
        context.region = context.call.region = region_of(context.world, {"ClientId": client_id}) or context.region
    client = lookup.find_client(context, client_id)
    if client is None or (domain is not None and domain.pool_id != client.pool_id):
        return None
    return lookup.pool(context, client.pool_id), client


def lacks_client_document(context: Context, domain: Domain | None, client_id: str) -> bool:
    """Whether the metadata document at an address has to be fetched before a request that names it."""
    policy = _policy(context, domain, client_id)
    return policy is not None and client_metadata.find(context, policy, client_id) is None


def keep_client_document(
    context: Context, domain: Domain | None, client_id: str, document: Mapping[str, Any], max_age: int | None
) -> None:
    """Keep a metadata document that was fetched."""
    policy = _policy(context, domain, client_id)
    if policy is not None:
        client_metadata.cache(context, policy, client_id, document, max_age)


def _by_document(context: Context, domain: Domain | None, url: str) -> tuple[UserPool, AppClient] | None:
    """The app client that the policy for an address names, as the document there describes it."""
    policy = _policy(context, domain, url)
    kept = client_metadata.find(context, policy, url) if policy is not None else None
    client = context.table(CLIENTS).get(policy.client_id) if policy is not None else None
    if kept is None or client is None:
        return None
    described = metadata_documents.described(client, url, kept.document or {})
    return None if described is None else (lookup.pool(context, client.pool_id), described)


def _policy(context: Context, domain: Domain | None, url: str) -> CIMDPolicy | None:
    """The policy for an address, of the domain's pool, or of any where the local server serves all pools."""
    if domain is not None:
        pool = context.table(POOLS).get(domain.pool_id)
        return None if pool is None else client_metadata.policy_for(context, pool, url)
    pool_ids = dict.fromkeys(policy.pool_id for policy in context.table(CIMD_POLICIES))
    for pool_id in pool_ids:
        pool = context.table(POOLS).get(pool_id)
        found = None if pool is None else client_metadata.policy_for(context, pool, url)
        if pool is not None and found is not None:
            context.region = context.call.region = pool.region
            return found
    return None
