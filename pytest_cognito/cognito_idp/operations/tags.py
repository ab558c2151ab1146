"""Operations on the tags of user pools."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.pools import saving
from pytest_cognito.cognito_idp.records import UserPool
from pytest_cognito.cognito_idp.rules.pools import tag_rules
from pytest_cognito.world import Context

_POOL_ARN = re.compile(r"arn:[^:]+:cognito-idp:[^:]+:[0-9]+:userpool/([\w-]+_[0-9a-zA-Z]+)", re.ASCII)


@operation
def tag_resource(context: Context, *, resource_arn: str, tags: Mapping[str, str]) -> Response:
    """Add tags to a pool, replacing those with the same keys."""
    pool = _pool(context, resource_arn)
    merged = {**_tags(pool), **tags}
    tag_rules.check(merged, errors.TAG_LIMIT_OF_RESOURCE, errors.TAG_RESERVED_OF_RESOURCE)
    _put(context, pool, merged)
    return {}


@operation
def untag_resource(context: Context, *, resource_arn: str, tag_keys: list[str]) -> Response:
    """Remove tags from a pool. Unknown keys are ignored."""
    pool = _pool(context, resource_arn)
    _put(context, pool, {key: value for key, value in _tags(pool).items() if key not in tag_keys})
    return {}


@operation
def list_tags_for_resource(context: Context, *, resource_arn: str) -> Response:
    """List the tags of a pool."""
    return {"Tags": _tags(_pool(context, resource_arn))}


def _pool(context: Context, resource_arn: str) -> UserPool:
    """The pool with an ARN, in the region and the account of the call."""
    match = _POOL_ARN.fullmatch(resource_arn)
    if match is None:
        raise errors.RESOURCE_ARN_INVALID(resource_arn=resource_arn)
    pool = lookup.pool(context, match[1])
    if pool.arn != resource_arn:
        raise errors.POOL_NOT_FOUND(pool_id=pool.id)
    return pool


def _tags(pool: UserPool) -> Mapping[str, str]:
    tags: Mapping[str, str] = pool.settings["UserPoolTags"]
    return tags


def _put(context: Context, pool: UserPool, tags: Mapping[str, str]) -> None:
    saving.save(context, replace(pool, settings={**pool.settings, "UserPoolTags": tags}))
