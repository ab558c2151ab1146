"""NEW_PASSWORD_REQUIRED: a user with a temporary password sets a permanent one and the missing required attributes."""

from __future__ import annotations

import json
from dataclasses import replace

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.sign_in.attempt import Attempt
from pytest_cognito.cognito_idp.flows.sign_in.challenge import PASSED, Challenge, Outcome, Prompt
from pytest_cognito.cognito_idp.flows.sign_in.flow import Decision
from pytest_cognito.cognito_idp.flows.users import accounts, stored_passwords
from pytest_cognito.cognito_idp.records import User
from pytest_cognito.cognito_idp.rules.clients import client_settings
from pytest_cognito.cognito_idp.rules.users import attribute_rules

_PREFIX = "userAttributes."


def has_temporary_password(attempt: Attempt) -> bool:
    """Whether the user has a temporary password."""
    return attempt.user.status == "FORCE_CHANGE_PASSWORD"


def due(attempt: Attempt) -> Decision:
    """The challenge comes as long as the password is a temporary one."""
    return NEW_PASSWORD_REQUIRED.role if has_temporary_password(attempt) else None


def _prompt(attempt: Attempt) -> Prompt:
    user = attempt.user
    missing = attribute_rules.missing_required(attempt.pool, user.attributes)
    return Prompt(
        {
            "USER_ID_FOR_SRP": user.username,
            "requiredAttributes": json.dumps([f"{_PREFIX}{name}" for name in missing], separators=(",", ":")),
            "userAttributes": json.dumps(dict(user.attributes), separators=(",", ":")),
        }
    )


def _answer(attempt: Attempt) -> Outcome:
    if not has_temporary_password(attempt):
        # The status has changed since the prompt: an administrator has set or reset the password.
        raise errors.SESSION_INVALID()
    password = attempt.parameters.get("NEW_PASSWORD")
    if not password:
        raise errors.NEW_PASSWORD_MISSING()
    new_attributes = {
        name.removeprefix(_PREFIX): value for name, value in attempt.parameters.items() if name.startswith(_PREFIX)
    }
    user = replace(attempt.user, attributes=_completed(attempt, new_attributes))
    user = stored_passwords.store(
        attempt.context, attempt.pool, user, password, errors.PASSWORD_BY_USER, status="CONFIRMED"
    )
    attempt.found = accounts.save(attempt.context, attempt.pool, user)
    return PASSED


def _completed(attempt: Attempt, new_attributes: dict[str, str]) -> dict[str, str]:
    """The user's attributes with the new ones; raise if these are not allowed or a required one is missing."""
    user: User = attempt.user
    for name in new_attributes:
        if user.attributes.get(name):
            raise errors.NEW_ATTRIBUTE_PRESENT(name=name)
    attribute_rules.check_permission(new_attributes, client_settings.writable(attempt.client, attempt.pool))
    for name in attribute_rules.missing_required(attempt.pool, user.attributes):
        if not new_attributes.get(name):
            raise errors.NEW_ATTRIBUTE_MISSING(name=name)
    return {**user.attributes, **attribute_rules.validate(attempt.pool, new_attributes, by_admin=False)}


NEW_PASSWORD_REQUIRED = Challenge(
    "NEW_PASSWORD_REQUIRED", _prompt, _answer, source="NewPasswordChallenge", primary_only=True
)
