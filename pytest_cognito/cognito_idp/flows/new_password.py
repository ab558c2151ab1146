"""NEW_PASSWORD_REQUIRED: a user with a temporary password sets his own, and what the schema requires of him."""

from __future__ import annotations

import json
from dataclasses import replace

from .. import errors
from ..records import User
from ..rules import attributes as rules
from ..rules import client_settings
from . import accounts, stored_passwords
from .attempt import Attempt
from .challenge import Challenge

_PREFIX = "userAttributes."


def _has_temporary_password(attempt: Attempt) -> bool:
    return attempt.user.status == "FORCE_CHANGE_PASSWORD"


def _tell(attempt: Attempt) -> dict[str, str]:
    user = attempt.user
    missing = rules.required_without_value(attempt.pool, user.attributes)
    return {
        "USER_ID_FOR_SRP": user.username,
        "requiredAttributes": json.dumps([f"{_PREFIX}{name}" for name in missing], separators=(",", ":")),
        "userAttributes": json.dumps(dict(user.attributes), separators=(",", ":")),
    }


def _take(attempt: Attempt) -> None:
    if not _has_temporary_password(attempt):
        # An administrator has set another password meanwhile, or a reset is due: nobody asks for this one any more.
        raise errors.SESSION_INVALID()
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


CHALLENGE = Challenge("NEW_PASSWORD_REQUIRED", _has_temporary_password, _tell, _take, source="NewPasswordChallenge")
