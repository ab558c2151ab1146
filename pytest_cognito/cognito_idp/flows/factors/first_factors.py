"""The first factors that a user has."""

from __future__ import annotations

from pytest_cognito.cognito_idp.flows.factors import passkeys
from pytest_cognito.cognito_idp.records import User, UserPool
from pytest_cognito.cognito_idp.rules.factors import first_factors
from pytest_cognito.world import Context


def available(context: Context, pool: UserPool, user: User) -> tuple[str, ...]:
    """The first factors that the pool allows and the user has, by their names in ``AllowedFirstAuthFactors``."""
    has_passkey = first_factors.PASSKEY in pool.first_factors and bool(passkeys.usable(context, pool, user))
    return first_factors.available(pool, user, passkey=has_passkey)


def simulated(context: Context, pool: UserPool, preferred: str | None) -> tuple[str, ...]:
    """The first factor of a user who does not exist, if the app client hides that."""
    possible = preferred != first_factors.PASSKEY or passkeys.relying_party(context, pool) is not None
    return first_factors.simulated(pool, preferred if possible else None)
