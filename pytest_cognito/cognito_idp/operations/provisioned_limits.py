"""Operations on the quotas on requests of an account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.pools import request_rates
from pytest_cognito.cognito_idp.records import PROVISIONED_LIMITS, ProvisionedLimit
from pytest_cognito.cognito_idp.rules.request_rates import CATEGORIES, MOST_PER_FREE
from pytest_cognito.world import Context

Definition = Mapping[str, Any]


@operation
def get_provisioned_limit(context: Context, *, limit_definition: Definition) -> Response:
    """Get the requests per second that AWS allows for a category of operations, and how many of them are free."""
    return _limit(context, limit_definition, _category(limit_definition))


@operation
def update_provisioned_limit(context: Context, *, limit_definition: Definition, requested_limit_value: int) -> Response:
    """Set the requests per second that AWS allows for a category: at least the free ones."""
    category = _category(limit_definition)
    free = CATEGORIES[category].free
    if requested_limit_value < free:
        raise errors.LIMIT_BELOW_FREE(free=free)
    if requested_limit_value > free * MOST_PER_FREE:
        raise errors.LIMIT_ABOVE_QUOTA(most=free * MOST_PER_FREE)
    limit = ProvisionedLimit(context.account, context.region, category, requested_limit_value)
    context.table(PROVISIONED_LIMITS).put(limit)
    return _limit(context, limit_definition, category)


def _category(definition: Definition) -> str:
    attributes: Mapping[str, str] = definition["Attributes"]
    if attributes.keys() != {"Category"}:
        raise errors.LIMIT_ATTRIBUTES_INVALID()
    category = attributes["Category"]
    if category not in CATEGORIES:
        raise errors.LIMIT_CATEGORY_NOT_FOUND(category=category)
    return category


def _limit(context: Context, definition: Definition, category: str) -> Response:
    return {
        "Limit": {
            "LimitDefinition": definition,
            "ProvisionedLimitValue": request_rates.limit(context.world, context.account, context.region, category),
            "FreeLimitValue": CATEGORIES[category].free,
        }
    }
