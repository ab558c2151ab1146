"""Operations on how much identities and identity pools use."""

from __future__ import annotations

from typing import Any

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.aws.paging import page
from pytest_cognito.cognito_identity import IDENTITIES, POOLS, IdentityPool
from pytest_cognito.cognito_sync import errors
from pytest_cognito.cognito_sync.flows import access
from pytest_cognito.cognito_sync.records import CONFIGURATIONS, DATASETS
from pytest_cognito.cognito_sync.rules import pages
from pytest_cognito.world import Context


@operation
def describe_identity_usage(context: Context, *, identity_pool_id: str, identity_id: str) -> Response:
    """Get how many datasets an identity has, and how many bytes they take."""
    identity = access.of_both(context, identity_pool_id, identity_id).identity
    datasets = context.table(DATASETS).owned(IDENTITIES, identity_id)  # deleted ones too, whose size is 0
    usage = {
        "IdentityId": identity_id,
        "IdentityPoolId": identity_pool_id,
        "LastModifiedDate": max([identity.modified, *(dataset.modified for dataset in datasets)]),
        "DatasetCount": sum(dataset.exists for dataset in datasets),
        "DataStorage": sum(dataset.size for dataset in datasets),
    }
    return {"IdentityUsage": usage}


@operation
def describe_identity_pool_usage(context: Context, *, identity_pool_id: str) -> Response:
    """Get how many sync sessions the identities of a pool have begun, and how many bytes their datasets take."""
    return {"IdentityPoolUsage": _usage(context, access.of_developer(context, identity_pool_id))}


@operation
def list_identity_pool_usage(
    context: Context, *, next_token: str | None = None, max_results: int | None = None
) -> Response:
    """List the identity pools of the account in the region with their usage."""
    access.check_developer(context)
    size = pages.size(max_results, pages.POOLS)
    found, token = page(
        lambda after: context.table(POOLS).page("region", (context.account, context.region), after),
        size,
        next_token,
        f"ListIdentityPoolUsage {context.account} {context.region}",
        errors.PAGINATION_TOKEN_INVALID,
    )
    usages = [_usage(context, pool) for pool in found]
    return {"IdentityPoolUsages": usages, "MaxResults": size, "Count": len(usages), "NextToken": token}


def _usage(context: Context, pool: IdentityPool) -> dict[str, Any]:
    configuration = context.table(CONFIGURATIONS).get(pool.id)
    datasets = context.table(DATASETS).owned(POOLS, pool.id)
    return {
        "IdentityPoolId": pool.id,
        "SyncSessionsCount": 0 if configuration is None else configuration.sessions,
        "DataStorage": sum(dataset.size for dataset in datasets),
        "LastModifiedDate": max([pool.created, *(dataset.modified for dataset in datasets)]),
    }
