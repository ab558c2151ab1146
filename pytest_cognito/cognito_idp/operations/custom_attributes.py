"""The operation on the custom attributes of user pools."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.cognito_idp import lookup
from pytest_cognito.cognito_idp.flows.pools import saving
from pytest_cognito.cognito_idp.flows.users import importing
from pytest_cognito.cognito_idp.rules.pools import schema
from pytest_cognito.world import Context


@operation
def add_custom_attributes(
    context: Context, *, user_pool_id: str, custom_attributes: list[Mapping[str, Any]]
) -> Response:
    """Add custom attributes to the schema of a pool. They can't be removed.

    App clients with ReadAttributes or WriteAttributes do not get access to them.
    """
    pool = lookup.pool(context, user_pool_id)
    importing.check_none_runs(context, pool)
    settings = {**pool.settings, "SchemaAttributes": schema.extend(pool.schema, custom_attributes)}
    saving.save(context, replace(pool, settings=settings, modified=context.now()))
    return {}
