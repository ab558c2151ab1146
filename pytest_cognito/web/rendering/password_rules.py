"""The rules of a new password, which its page shows: those of the pool's policy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.web.rendering import texts
from pytest_cognito.web.rendering.page import PasswordRule

_SYMBOLS = r"""[\^$*.\[\]\{\}\(\)?"!@#%&\/\\,><':;\|_~`=+\- ]"""
_REQUIREMENTS = (
    ("RequireLowercase", PasswordRule(texts.RULE_LOWER, "[a-z]")),
    ("RequireUppercase", PasswordRule(texts.RULE_UPPER, "[A-Z]")),
    ("RequireNumbers", PasswordRule(texts.RULE_NUMBER, "[0-9]")),
    ("RequireSymbols", PasswordRule(texts.RULE_SYMBOL, _SYMBOLS)),
)


def rules_of(policy: Mapping[str, Any]) -> tuple[PasswordRule, ...]:
    """The rules of a password policy, as the API has it."""
    length = policy.get("MinimumLength", 0)
    return (
        *(rule for name, rule in _REQUIREMENTS if policy.get(name)),
        PasswordRule(texts.RULE_LENGTH(length=str(length)), f"^.{{{length},}}$"),
        PasswordRule(texts.RULE_SPACES, r"^\S(.*\S)?$"),
    )
