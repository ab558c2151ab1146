"""The tags of a user pool, by its ARN."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from ..aws.operation import Response, operation
from ..world import Context
from . import errors, lookup
from .records import UserPool
from .rules import tags as rules
from .tables import POOLS

_POOL_ARN = re.compile(r"arn:[^:]+:cognito-idp:[^:]+:[0-9]+:userpool/([\w-]+_[0-9a-zA-Z]+)", re.ASCII)


@operation
def tag_resource(context: Context, *, resource_arn: str, tags: Mapping[str, str]) -> Response:
    """Give a pool tags; those of the same keys are replaced, any others stay."""
    pool = _pool(context, resource_arn)
    merged = {**_tags(pool), **tags}
    rules.check(merged, errors.TAG_LIMIT_OF_RESOURCE, errors.TAG_RESERVED_OF_RESOURCE)
    _put(context, pool, merged)
    return {}


@operation
def untag_resource(context: Context, *, resource_arn: str, tag_keys: list[str]) -> Response:
    """Take tags from a pool; a key that it doesn't have is as good as gone."""
    pool = _pool(context, resource_arn)
    _put(context, pool, {key: value for key, value in _tags(pool).items() if key not in tag_keys})
    return {}


@operation
def list_tags_for_resource(context: Context, *, resource_arn: str) -> Response:
    """The tags of a pool."""
    return {"Tags": _tags(_pool(context, resource_arn))}


def _pool(context: Context, resource_arn: str) -> UserPool:
    """The pool of an ARN. One of another region or account is not found, as if there were none."""
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
    context.table(POOLS).put(replace(pool, settings={**pool.settings, "UserPoolTags": tags}))
