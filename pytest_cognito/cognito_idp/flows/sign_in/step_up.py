"""Step-up in choice-based sign-in: TARGET_ACR_VALUES, MAX_AGE and ACCESS_TOKEN of USER_AUTH.

The user is led to the first of the requested levels that they can reach. What they have proven in the sign-in of the
current access token counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.sign_in.attempt import Attempt
from pytest_cognito.cognito_idp.flows.tokens import access
from pytest_cognito.cognito_idp.flows.tokens.access import TokenHolder
from pytest_cognito.cognito_idp.records import StepUp
from pytest_cognito.cognito_idp.rules.factors import acr, mfa, step_up
from pytest_cognito.cognito_idp.rules.pools import tiers

_TARGET, _TOKEN, _MAX_AGE = "TARGET_ACR_VALUES", "ACCESS_TOKEN", "MAX_AGE"
_MOST_SECONDS = 10**9


def check_parameters(attempt: Attempt) -> None:
    """Check what does not depend on the user: whether levels are requested, and whether there are such levels."""
    _max_age(attempt)
    if not attempt.parameters.get(_TARGET):
        if attempt.parameters.get(_TOKEN):
            raise errors.STEP_UP_TOKEN_WITHOUT_TARGET()
        return
    tiers.check_step_up(attempt.pool)
    if not _requested(attempt):
        raise errors.ACR_VALUES_UNKNOWN()


def aim(attempt: Attempt, first_methods: Iterable[str]) -> None:
    """Aim at the first requested level that the user can reach.

    ``first_methods`` are those of the first factors that are available to the user.
    """
    if not attempt.parameters.get(_TARGET):
        return
    if attempt.found is None:
        attempt.step_up = StepUp(_requested(attempt)[0])
        return
    holder = _holder(attempt)
    credit = _credit(attempt, holder)
    methods = tuple(first_methods)
    pool, user = attempt.pool, attempt.found
    level = next((one for one in _requested(attempt) if step_up.can_reach(pool, user, one, credit, methods)), None)
    if level is None:
        hides = holder is None and attempt.client.hides_existence
        raise errors.INCORRECT() if hides else errors.ACR_UNREACHABLE()
    if holder is not None and _held(attempt, holder) >= level:
        raise errors.ACR_REACHED()
    # An access token alone does not get new tokens: where nothing would be left to prove, all of it is to be proven.
    attempt.step_up = StepUp(level, () if acr.level_of(credit) >= level else credit)


def leads(attempt: Attempt, method: str) -> bool:
    """Whether a first factor leads to the level that is aimed at."""
    aimed = attempt.step_up
    if aimed is None or attempt.found is None:
        return True
    return step_up.first_factor_leads(attempt.pool, attempt.found, aimed.level, aimed.credit, method)


def goes_on_from_password(attempt: Attempt) -> bool:
    """Whether the password is credited, so that a second factor is all that is missing."""
    aimed = attempt.step_up
    if aimed is None or attempt.found is None:
        return False
    return step_up.credit_leads(attempt.pool, attempt.found, aimed.level, aimed.credit)


def requirement(attempt: Attempt) -> mfa.Requirement | None:
    """The challenge for a second factor: on the way to a level if one is aimed at."""
    if attempt.step_up is None:
        return mfa.requirement(attempt.pool, attempt.user)
    return step_up.requirement(attempt.pool, attempt.user, attempt.step_up.level, attempt.methods)


def check_reached(attempt: Attempt) -> None:
    """Raise unless the level is reached: the user may have lost a factor meanwhile."""
    if attempt.step_up is not None and acr.level_of(attempt.methods) < attempt.step_up.level:
        raise errors.ACR_UNREACHABLE()


def _requested(attempt: Attempt) -> list[int]:
    return acr.levels_named(attempt.pool.settings["AcrConfiguration"], attempt.parameters[_TARGET])


def _max_age(attempt: Attempt) -> dt.timedelta | None:
    given = attempt.parameters.get(_MAX_AGE)
    if not given:
        return None
    if not (given.isascii() and given.isdigit()):
        raise errors.MAX_AGE_INVALID()
    return dt.timedelta(seconds=min(int(given[:10]), _MOST_SECONDS))


def _holder(attempt: Attempt) -> TokenHolder | None:
    """The holder of the current access token, who must be the user who signs in."""
    token = attempt.parameters.get(_TOKEN)
    if not token:
        return None
    holder = access.token_holder(attempt.context, token)
    if holder.pool.id != attempt.pool.id or holder.user.key != attempt.user.key:
        raise errors.STEP_UP_TOKEN_OF_OTHER_USER()
    return holder


def _is_too_old(attempt: Attempt, holder: TokenHolder) -> bool:
    max_age = _max_age(attempt)
    return max_age is not None and attempt.context.now() > holder.grant.authenticated + max_age


def _held(attempt: Attempt, holder: TokenHolder) -> int:
    """The level of the current access token.

    It is that of its claim, and none if the pool has renamed the level since. A token of an ordinary sign-in has no
    claim: its level is what was proven.
    """
    if _is_too_old(attempt, holder):
        return 0
    claim = holder.claims.get("acr")
    if claim is None:
        return acr.level_of(holder.grant.methods)
    return acr.level_named(attempt.pool.settings["AcrConfiguration"], claim)


def _credit(attempt: Attempt, holder: TokenHolder | None) -> tuple[str, ...]:
    """The methods that count: those of the current access token, or those of the browser's session."""
    if holder is not None:
        return () if _is_too_old(attempt, holder) else holder.grant.methods
    credit = attempt.credit
    return credit.methods if credit is not None and credit.user == attempt.user.key else ()
