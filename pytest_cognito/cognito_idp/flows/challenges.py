"""The challenges between the first factor and the tokens, as a table: when each comes, what it tells, what it takes.

A new challenge is an entry here.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

from ...kernel.usage import Unsupported
from .. import errors
from ..records import User
from ..rules import attributes as rules
from ..rules import client_settings
from . import accounts, stored_passwords
from .attempt import Attempt

_PREFIX = "userAttributes."


@dataclass(frozen=True)
class Challenge:
    """One challenge: ``due`` decides whether it comes now, ``tell`` gives ChallengeParameters, ``answer`` takes the
    response.

    ``source`` is the PreTokenGeneration source of the tokens that follow directly, where it isn't ``Authentication``.
    """

    name: str
    due: Callable[[Attempt], bool]
    tell: Callable[[Attempt], dict[str, str]]
    answer: Callable[[Attempt], None]
    source: str | None = None


def next_for(attempt: Attempt) -> Challenge | None:
    """The first challenge that is due and not answered yet; ``None`` if only the tokens are left."""
    for challenge in CHALLENGES.values():
        if challenge.name not in attempt.proven and challenge.due(attempt):
            return challenge
    return None


def _has_temporary_password(attempt: Attempt) -> bool:
    return attempt.user.status == "FORCE_CHANGE_PASSWORD"


def _tell_new_password(attempt: Attempt) -> dict[str, str]:
    user = attempt.user
    missing = rules.required_without_value(attempt.pool, user.attributes)
    return {
        "USER_ID_FOR_SRP": user.username,
        "requiredAttributes": json.dumps([f"{_PREFIX}{name}" for name in missing], separators=(",", ":")),
        "userAttributes": json.dumps(dict(user.attributes), separators=(",", ":")),
    }


def _take_new_password(attempt: Attempt) -> None:
    password = attempt.parameters.get("NEW_PASSWORD")
    if not password:
        raise errors.NEW_PASSWORD_MISSING()
    given = {
        name.removeprefix(_PREFIX): value for name, value in attempt.parameters.items() if name.startswith(_PREFIX)
    }
    user = replace(attempt.user, attributes=_completed(attempt, given))
    user = stored_passwords.store(
        attempt.context, attempt.pool, user, password, errors.PASSWORD_BY_USER, status="CONFIRMED"
    )
    attempt.found = accounts.save(attempt.context, attempt.pool, user)


def _completed(attempt: Attempt, given: dict[str, str]) -> dict[str, str]:
    """The user's attributes with those that came along, all checked."""
    user: User = attempt.user
    for name in given:
        if user.attributes.get(name):
            raise errors.NEW_ATTRIBUTE_PRESENT(name=name)
    rules.check_permission(given, client_settings.writable(attempt.client, attempt.pool))
    for name in rules.required_without_value(attempt.pool, user.attributes):
        if not given.get(name):
            raise errors.NEW_ATTRIBUTE_MISSING(name=name)
    return {**user.attributes, **rules.conform(attempt.pool, given, by_admin=False)}


def _mfa_wanted(attempt: Attempt) -> bool:
    return attempt.pool.mfa == "ON"


def _mfa_missing(attempt: Attempt) -> dict[str, str]:
    raise Unsupported(
        f"the user pool {attempt.pool.id} requires MFA, which pytest-cognito does not answer yet; "
        f"use MfaConfiguration OFF or OPTIONAL"
    )


CHALLENGES = {
    challenge.name: challenge
    for challenge in (
        Challenge(
            "NEW_PASSWORD_REQUIRED",
            _has_temporary_password,
            _tell_new_password,
            _take_new_password,
            source="NewPasswordChallenge",
        ),
        Challenge("MFA", _mfa_wanted, _mfa_missing, lambda attempt: None),
    )
}
