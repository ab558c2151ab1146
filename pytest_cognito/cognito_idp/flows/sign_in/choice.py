"""USER_AUTH, choice-based sign-in: the user chooses one of the first factors that are available to them.

To add a first factor, add it to ``FIRST_FACTORS``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.factors import first_factors as factors_of_users
from pytest_cognito.cognito_idp.flows.sign_in import (
    follow_ups,
    identification,
    one_time_codes,
    passkey,
    password,
    sign_up_sessions,
    srp,
    srp_exchange,
    step_up,
)
from pytest_cognito.cognito_idp.flows.sign_in.attempt import Attempt
from pytest_cognito.cognito_idp.flows.sign_in.challenge import Challenge, Outcome, Prompt
from pytest_cognito.cognito_idp.flows.sign_in.first_factor import FirstFactor
from pytest_cognito.cognito_idp.flows.sign_in.flow import Decision
from pytest_cognito.cognito_idp.records import Answered, User, UserPool
from pytest_cognito.cognito_idp.rules.factors import acr, first_factors
from pytest_cognito.world import Context

_SELECT = "SELECT_CHALLENGE"


def _prove_password(attempt: Attempt) -> bool:
    """Judge the password that comes with the choice. Users who do not exist yet may be migrated."""
    given = attempt.required("PASSWORD")
    if attempt.found is None:
        if not password.migrate(attempt, attempt.parameters["USERNAME"], given):
            raise errors.INCORRECT()
        return True
    password.prove(attempt, given)
    return True


def _begin_srp(attempt: Attempt) -> bool:
    """Check ``SRP_A``, which comes with the choice; the answer to PASSWORD_VERIFIER proves the password."""
    srp_exchange.client_public(attempt)
    if attempt.found is not None:
        identification.check_confirmed(attempt.found)
    return False


FIRST_FACTORS = {
    factor.name: factor
    for factor in (
        FirstFactor(
            "PASSWORD",
            first_factors.PASSWORD,
            challenge=None,
            choose=_prove_password,
            answers_choice=True,
            is_password=True,
            method=acr.PASSWORD,
        ),
        FirstFactor(
            "PASSWORD_SRP",
            first_factors.PASSWORD,
            srp.PASSWORD_VERIFIER,
            choose=_begin_srp,
            answers_choice=True,
            is_password=True,
        ),
        *one_time_codes.FIRST_FACTORS,
        passkey.FIRST_FACTOR,
    )
}


def begin(attempt: Attempt) -> None:
    """Find the user, and go to the preferred first factor, or to the only one; else the user is asked to choose.

    With the ``Session`` of a sign-up that was confirmed, nothing else is asked for, and the parameters do not count.
    """
    if attempt.session is not None:
        sign_up_sessions.redeem(attempt, attempt.session)
        return
    username, preferred = attempt.required("USERNAME"), attempt.parameters.get("PREFERRED_CHALLENGE")
    step_up.check_parameters(attempt)
    user = lookup.find_user(attempt.context, attempt.pool, username)
    if user is not None:
        identification.check_enabled(attempt, user)
        identification.meet(attempt, user)
    elif preferred == "PASSWORD":
        attempt.required("PASSWORD")
        password.begin(attempt)  # who may be migrated
        step_up.aim(attempt, (acr.PASSWORD,))
        return
    else:
        identification.pretend(attempt)
    step_up.aim(attempt, [FIRST_FACTORS[name].proves for name in _available(attempt)])
    names = _available(attempt)
    if step_up.goes_on_from_password(attempt) and preferred not in names:
        return
    if attempt.found is not None and all(FIRST_FACTORS[name].is_password for name in names):
        identification.check_confirmed(attempt.found)
    if not names:
        raise errors.INCORRECT()
    name = preferred if preferred in names else names[0] if len(names) == 1 else None
    if name is not None:
        chosen = _choose(attempt, name)
        role = chosen.role or _SELECT
        attempt.history = (Answered(role, chosen.passed, chosen.metadata, method=chosen.method),)


def decide(attempt: Attempt) -> Decision:
    """The choice, then the chosen first factor; after a password, what can follow any password.

    Another factor is followed by a second one only if that is asked for because of a risk.
    """
    if not all(answered.passed for answered in attempt.history):
        raise errors.INCORRECT()
    if attempt.last is not None and attempt.history[0].role == sign_up_sessions.CONFIRMED:
        return follow_ups.decide(attempt)
    proven = proven_factor(attempt)
    if proven is None:
        chosen = next((answered.metadata for answered in reversed(attempt.history) if answered.role == _SELECT), None)
        if chosen is not None:
            return FIRST_FACTORS[chosen].role
        if not step_up.goes_on_from_password(attempt):
            return _SELECT
    goes_on = proven is None or proven.is_password or attempt.is_at_risk
    role = follow_ups.decide(attempt) if goes_on else None
    if role is None:
        step_up.check_reached(attempt)
    return role


def methods_of(context: Context, pool: UserPool, user: User) -> list[str]:
    """The methods (``amr``) of the first factors that a user has."""
    allowed = factors_of_users.available(context, pool, user)
    return [factor.proves for factor in FIRST_FACTORS.values() if factor.allowed_as in allowed]


def proven_factor(attempt: Attempt) -> FirstFactor | None:
    """The first factor that the user has proven in this sign-in."""
    roles = {answered.role for answered in attempt.history if answered.passed}
    return next((factor for factor in FIRST_FACTORS.values() if factor.role in roles), None)


def members(attempt: Attempt) -> Mapping[str, Any]:
    """AvailableChallenges, in the responses of InitiateAuth and AdminInitiateAuth that ask for a first factor."""
    if attempt.session is not None or not _asks_for_first_factor(attempt):
        return {}
    return {"AvailableChallenges": list(_available(attempt))}


def _available(attempt: Attempt) -> tuple[str, ...]:
    """The names of the first factors that the user has. One who does not exist is said to have the preferred one."""
    if attempt.found is not None:
        allowed = factors_of_users.available(attempt.context, attempt.pool, attempt.found)
    else:
        preferred = FIRST_FACTORS.get(attempt.parameters.get("PREFERRED_CHALLENGE", ""))
        allowed_as = preferred.allowed_as if preferred else None
        allowed = factors_of_users.simulated(attempt.context, attempt.pool, allowed_as)
    return tuple(
        name
        for name, factor in FIRST_FACTORS.items()
        if factor.allowed_as in allowed and step_up.leads(attempt, factor.proves)
    )


def _asks_for_first_factor(attempt: Attempt) -> bool:
    """Whether a request that begins a sign-in is answered with a choice of first factors, or with one."""
    if attempt.answering or proven_factor(attempt) is not None:
        return False
    return bool(attempt.history) or not step_up.goes_on_from_password(attempt)


def _choose(attempt: Attempt, name: str) -> Outcome:
    """Go to a first factor: the outcome is that it is chosen or, with what came with the choice, proven."""
    factor = FIRST_FACTORS[name]
    if factor.choose is not None and factor.choose(attempt):
        return Outcome(passed=True, role=factor.role, method=factor.proves)
    return Outcome(passed=True, metadata=name)


def _answer(attempt: Attempt) -> Outcome:
    """Take the choice: ``ANSWER``, or the name of the challenge if that is a first factor."""
    direct = attempt.challenge_name != _SELECT
    name = attempt.challenge_name if direct else attempt.required("ANSWER")
    if attempt.found is not None:
        identification.check_enabled(attempt, attempt.found)
    if name not in _available(attempt):
        raise errors.CHALLENGE_CHOICE_INVALID()
    return _choose(attempt, name)


CHALLENGES = (
    Challenge(
        _SELECT,
        lambda _attempt: Prompt({}),
        _answer,
        answered_as=frozenset({_SELECT, *(one.name for one in FIRST_FACTORS.values() if one.answers_choice)}),
        first_factor=True,
    ),
    *(
        factor.challenge
        for factor in FIRST_FACTORS.values()
        if factor.challenge is not None and factor.challenge is not srp.PASSWORD_VERIFIER
    ),
)
