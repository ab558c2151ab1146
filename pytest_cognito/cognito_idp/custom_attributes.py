"""Custom attributes in the schema of a user pool."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..aws.operation import Response, operation
from ..world import Context
from . import lookup
from .rules import schema
from .tables import POOLS


@operation
def add_custom_attributes(
    context: Context, *, user_pool_id: str, custom_attributes: list[Mapping[str, Any]]
) -> Response:
    """Add attributes to the end of a pool's schema, for good. Clients that list what they may read or write don't gain
    them.
    """
    pool = lookup.pool(context, user_pool_id)
    settings = {**pool.settings, "SchemaAttributes": schema.extended(pool.schema, custom_attributes)}
    context.table(POOLS).put(replace(pool, settings=settings, modified=context.now()))
    return {}
