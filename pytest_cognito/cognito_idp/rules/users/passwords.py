"""Password policies: checking passwords, and generating temporary ones."""

from __future__ import annotations

import string
from collections.abc import Mapping
from typing import Any

from pytest_cognito.aws.errors import ErrorText
from pytest_cognito.cognito_idp.errors import problems
from pytest_cognito.cognito_idp.records import UserPool
from pytest_cognito.kernel.identifiers import Identifiers

_SYMBOLS = frozenset("^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+- ")
_CLASSES = (
    ("RequireLowercase", frozenset(string.ascii_lowercase), problems.NO_LOWERCASE),
    ("RequireUppercase", frozenset(string.ascii_uppercase), problems.NO_UPPERCASE),
    ("RequireNumbers", frozenset(string.digits), problems.NO_DIGIT),
    ("RequireSymbols", _SYMBOLS, problems.NO_SYMBOL),
)
_DRAWN_SYMBOLS = "!@#$%^&*"
_DRAWN_LENGTH = 12


def policy_violation(policy: Mapping[str, Any], password: str) -> str | None:
    """The first violation of a password policy, as AWS words it; ``None`` if the password conforms."""
    if len(password) < policy.get("MinimumLength", 0):
        return problems.PASSWORD_TOO_SHORT
    for requirement, characters, reason in _CLASSES:
        if policy.get(requirement) and characters.isdisjoint(password):
            return reason
    return None


def check(pool: UserPool, password: str, error: ErrorText) -> None:
    """Raise ``error``, an InvalidPasswordException, if a password violates the pool's policy."""
    reason = policy_violation(pool.password_policy, password)
    if reason is not None:
        raise error(reason=reason)


def draw(pool: UserPool, ids: Identifiers) -> str:
    """Generate a temporary password with characters of every class and of the length that the policy requires."""
    length = max(_DRAWN_LENGTH, pool.password_policy.get("MinimumLength", 0))
    classes = (string.ascii_lowercase, string.ascii_uppercase, string.digits, _DRAWN_SYMBOLS)
    one_of_each = "".join(ids.text(1, characters) for characters in classes)
    return ids.shuffled(one_of_each + ids.text(length - len(classes), string.ascii_letters + string.digits))
