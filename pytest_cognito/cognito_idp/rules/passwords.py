"""Password policies: what a password lacks, and one that lacks nothing."""

from __future__ import annotations

import string
from collections.abc import Mapping
from typing import Any

from ...aws.errors import ErrorText
from ...kernel.identifiers import Identifiers
from ..records import UserPool

_SYMBOLS = frozenset("^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+- ")
_CLASSES = (
    ("RequireLowercase", frozenset(string.ascii_lowercase), "Password must have lowercase characters"),
    ("RequireUppercase", frozenset(string.ascii_uppercase), "Password must have uppercase characters"),
    ("RequireNumbers", frozenset(string.digits), "Password must have numeric characters"),
    ("RequireSymbols", _SYMBOLS, "Password must have symbol characters"),
)
_DRAWN_SYMBOLS = "!@#$%^&*"
_DRAWN_LENGTH = 12


def lacks(policy: Mapping[str, Any], password: str) -> str | None:
    """The first thing that a password lacks, in AWS's words; ``None`` if it conforms."""
    if len(password) < policy.get("MinimumLength", 0):
        return "Password not long enough"
    for requirement, characters, reason in _CLASSES:
        if policy.get(requirement) and characters.isdisjoint(password):
            return reason
    return None


def check(pool: UserPool, password: str, error: ErrorText) -> None:
    """Raise ``error``, one of the InvalidPasswordException texts, if the pool's policy refuses a password."""
    reason = lacks(pool.password_policy, password)
    if reason is not None:
        raise error(reason=reason)


def draw(pool: UserPool, ids: Identifiers) -> str:
    """A temporary password with characters of every class, as long as the policy asks."""
    length = max(_DRAWN_LENGTH, pool.password_policy.get("MinimumLength", 0))
    classes = (string.ascii_lowercase, string.ascii_uppercase, string.digits, _DRAWN_SYMBOLS)
    one_of_each = "".join(ids.text(1, characters) for characters in classes)
    return ids.shuffled(one_of_each + ids.text(length - len(classes), string.ascii_letters + string.digits))
