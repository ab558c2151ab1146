"""The first factors that a user has."""

from __future__ import annotations

from pytest_cognito.cognito_idp.records import User, UserPool
from pytest_cognito.cognito_idp.rules.factors import first_factors
from pytest_cognito.world import Context


def available(_context: Context, pool: UserPool, user: User) -> tuple[str, ...]:
    """The first factors that the pool allows and the user has, by their names in ``AllowedFirstAuthFactors``."""
    return first_factors.available(pool, user)
