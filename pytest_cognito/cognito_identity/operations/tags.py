"""Operations on the tags of identity pools."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.cognito_identity import errors, lookup
from pytest_cognito.cognito_identity.records import POOLS, IdentityPool
from pytest_cognito.cognito_identity.rules import tag_rules
from pytest_cognito.world import Context

_POOL_ARN = re.compile(r"arn:[^:]+:cognito-identity:[^:]+:[0-9]+:identitypool/([\w-]+:[0-9a-f-]+)", re.ASCII)


@operation
def tag_resource(context: Context, *, resource_arn: str, tags: Mapping[str, str]) -> Response:
    """Add tags to an identity pool, replacing those with the same keys."""
    pool = _pool(context, resource_arn)
    merged = {**pool.tags, **tags}
    tag_rules.check(merged)
    context.table(POOLS).put(replace(pool, tags=merged))
    return {}


@operation
def untag_resource(context: Context, *, resource_arn: str, tag_keys: list[str]) -> Response:
    """Remove tags from an identity pool. Unknown keys are ignored."""
    pool = _pool(context, resource_arn)
    kept = {key: value for key, value in pool.tags.items() if key not in tag_keys}
    context.table(POOLS).put(replace(pool, tags=kept))
    return {}


@operation
def list_tags_for_resource(context: Context, *, resource_arn: str) -> Response:
    """List the tags of an identity pool."""
    return {"Tags": _pool(context, resource_arn).tags}


def _pool(context: Context, resource_arn: str) -> IdentityPool:
    """The identity pool with an ARN, in the region and the account of the call."""
    match = _POOL_ARN.fullmatch(resource_arn)
    if match is None:
        raise errors.RESOURCE_ARN_INVALID(arn=resource_arn)
    pool = lookup.pool(context, match[1])
    if pool.arn != resource_arn:
        raise errors.POOL_NOT_FOUND(pool_id=pool.id)
    return pool
