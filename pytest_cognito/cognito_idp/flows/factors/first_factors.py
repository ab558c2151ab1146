"""The first factors that a user has."""

from __future__ import annotations

from pytest_cognito.cognito_idp.records import User, UserPool
from pytest_cognito.cognito_idp.rules.factors import first_factors
from pytest_cognito.world import Context


def available(context: Context, pool: UserPool, user: User) -> tuple[str, ...]:
    """The first factors that the pool allows and the user has, by their names in ``AllowedFirstAuthFactors``."""
    has_passkey = first_factors.PASSKEY in pool.first_factors and _has_passkey(context, pool, user)
    return first_factors.available(pool, user, passkey=has_passkey)


def simulated(context: Context, pool: UserPool, preferred: str | None) -> tuple[str, ...]:
    """The first factor of a user who does not exist, if the app client hides that."""
    possible = preferred != first_factors.PASSKEY or _has_relying_party(context, pool)
    return first_factors.simulated(pool, preferred if possible else None)


# Passkeys are imported where there are any: a sign-in without them is the common one.


def _has_passkey(context: Context, pool: UserPool, user: User) -> bool:
    from pytest_cognito.cognito_idp.flows.factors import passkeys

    return bool(passkeys.usable(context, pool, user))


def _has_relying_party(context: Context, pool: UserPool) -> bool:
    from pytest_cognito.cognito_idp.flows.factors import passkeys

    return passkeys.relying_party(context, pool) is not None
