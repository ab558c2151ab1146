"""Operations on client ID metadata documents (CIMD) and their policies."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.aws.paging import page
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.clients import client_metadata
from pytest_cognito.cognito_idp.records import (
    CIMD_POLICIES,
    CLIENT_METADATA,
    CLIENTS,
    CIMDPolicy,
    ClientMetadata,
    UserPool,
)
from pytest_cognito.cognito_idp.rules.clients import metadata_urls
from pytest_cognito.cognito_idp.rules.pools import tiers
from pytest_cognito.kernel.identifiers import LOWERCASE_AND_DIGITS
from pytest_cognito.world import Context

_PAGE = 60
_ID_LENGTH = 26
_DAY = 86_400


@operation
def create_cimd_policy(
    context: Context,
    *,
    user_pool_id: str,
    client_id: str,
    policy_name: str,
    url_patterns: list[str],
    cache_duration: int | None = None,
) -> Response:
    """Let clients whose ``client_id`` is an address that fits a pattern be an app client. Documents are kept a day."""
    pool = lookup.pool(context, user_pool_id)
    tiers.check_cimd(pool)
    client = lookup.client(context, pool, client_id)
    metadata_urls.check_patterns(url_patterns)
    now = context.now()
    policy = CIMDPolicy(
        id=context.world.ids.text(_ID_LENGTH, LOWERCASE_AND_DIGITS),
        pool_id=pool.id,
        client_id=client.id,
        name=policy_name,
        cache_duration=cache_duration or _DAY,
        patterns=tuple(url_patterns),
        created=now,
        modified=now,
        number=context.world.store.serial(),
    )
    context.table(CIMD_POLICIES).put(policy)
    return {"CIMDPolicy": _described(context, policy)}


@operation
def describe_cimd_policy(context: Context, *, user_pool_id: str, cimd_policy_id: str) -> Response:
    """Get a policy. The id of its app client is left out once that is deleted."""
    policy = _policy(context, lookup.pool(context, user_pool_id), cimd_policy_id)
    return {"CIMDPolicy": _described(context, policy)}


@operation
def update_cimd_policy(
    context: Context,
    *,
    user_pool_id: str,
    cimd_policy_id: str,
    client_id: str,
    url_patterns: list[str],
    policy_name: str | None = None,
    cache_duration: int | None = None,
) -> Response:
    """Change a policy. The name and the duration stay if the request leaves them out; documents stay as they are."""
    pool = lookup.pool(context, user_pool_id)
    tiers.check_cimd(pool)
    policy = _policy(context, pool, cimd_policy_id)
    client = lookup.client(context, pool, client_id)
    metadata_urls.check_patterns(url_patterns)
    changed = replace(
        policy,
        client_id=client.id,
        name=policy_name or policy.name,
        cache_duration=cache_duration or policy.cache_duration,
        patterns=tuple(url_patterns),
        modified=context.now(),
    )
    context.table(CIMD_POLICIES).put(changed)
    return {"CIMDPolicy": _described(context, changed)}


@operation
def delete_cimd_policy(context: Context, *, user_pool_id: str, cimd_policy_id: str) -> Response:
    """Delete a policy, and the documents that were kept for it."""
    policy = _policy(context, lookup.pool(context, user_pool_id), cimd_policy_id)
    context.table(CIMD_POLICIES).delete(policy.id)
    return {}


@operation
def list_cimd_policies(
    context: Context, *, user_pool_id: str, next_token: str | None = None, max_results: int | None = None
) -> Response:
    """List the policies of a pool, oldest first, without their patterns."""
    pool = lookup.pool(context, user_pool_id)
    found, token = page(
        lambda after: context.table(CIMD_POLICIES).page("pool", pool.id, after),
        max_results or _PAGE,
        next_token,
        f"ListCIMDPolicies {pool.id}",
        errors.PAGINATION_TOKEN_INVALID,
    )
    return {"CIMDPolicies": [_listed(context, policy) for policy in found], "NextToken": token}


@operation
def list_client_metadata_urls(
    context: Context,
    *,
    user_pool_id: str,
    cimd_policy_id: str,
    next_token: str | None = None,
    max_results: int | None = None,
) -> Response:
    """List the addresses that clients came with, and since when and until when the document there is kept."""
    policy = _policy(context, lookup.pool(context, user_pool_id), cimd_policy_id)
    found, token = page(
        lambda after: context.table(CLIENT_METADATA).page("policy", policy.id, after),
        max_results or _PAGE,
        next_token,
        f"ListClientMetadataURLs {policy.id}",
        errors.PAGINATION_TOKEN_INVALID,
    )
    return {"ClientMetadataURLs": [_url(context, metadata) for metadata in found], "NextToken": token}


@operation
def update_client_metadata_url_state(
    context: Context, *, user_pool_id: str, cimd_policy_id: str, url: str, action: str
) -> Response:
    """Get the document of an address again (``REFRESH``), or forget it (``INVALIDATE``)."""
    pool = lookup.pool(context, user_pool_id)
    tiers.check_cimd(pool)
    policy = _policy(context, pool, cimd_policy_id)
    if action == "REFRESH":
        client_metadata.refresh(context, policy, url)
    else:
        client_metadata.invalidate(context, policy, url)
    return {}


def _policy(context: Context, pool: UserPool, policy_id: str) -> CIMDPolicy:
    found = context.table(CIMD_POLICIES).get(policy_id)
    if found is None or found.pool_id != pool.id:
        raise errors.CIMD_POLICY_NOT_FOUND(policy_id=policy_id)
    return found


def _described(context: Context, policy: CIMDPolicy) -> dict[str, Any]:
    return {"UserPoolId": policy.pool_id, **_listed(context, policy), "URLPatterns": list(policy.patterns)}


def _listed(context: Context, policy: CIMDPolicy) -> dict[str, Any]:
    client = context.table(CLIENTS).get(policy.client_id)
    return {
        "CIMDPolicyId": policy.id,
        "ClientId": None if client is None else client.id,
        "PolicyName": policy.name,
        "CacheDuration": policy.cache_duration,
        "CreationDate": policy.created,
        "LastModifiedDate": policy.modified,
    }


def _url(context: Context, metadata: ClientMetadata) -> dict[str, Any]:
    kept = client_metadata.is_cached(context, metadata)
    return {
        "URL": metadata.url,
        "CachedDate": metadata.cached if kept else None,
        "ExpirationDate": metadata.expires if kept else None,
    }
