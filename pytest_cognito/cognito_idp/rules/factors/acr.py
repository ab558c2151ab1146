"""Authentication levels: which methods a user has proven (``amr``), and the level that they reach (``acr``)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.rules.factors import mfa

PASSWORD = "pwd"
TOTP = "otp"
SMS = "sms"
EMAIL = "email_otp"
PLATFORM_PASSKEY = "swk"
ROAMING_PASSKEY = "hwk"
_SEVERAL = "mfa"

_MESSAGES = frozenset({SMS, EMAIL})
_PASSKEYS = frozenset({PLATFORM_PASSKEY, ROAMING_PASSKEY})
SECOND_FACTORS = {mfa.SMS: SMS, mfa.EMAIL: EMAIL, mfa.TOTP: TOTP}
"""The methods of MFA factors."""

Names = Mapping[str, Mapping[str, str]]
"""The names of the levels, as in AcrConfiguration."""
_LEVELS = 4
_DEFAULT: Names = {f"Level{level}": {"AcrValue": f"urn:cognito:loa:{level}"} for level in range(1, _LEVELS + 1)}


def complete(configuration: Names | None) -> dict[str, Any]:
    """The names of all four levels: those of a request, and AWS's own for the others. Raise unless all differ."""
    names = {level: dict((configuration or {}).get(level, default)) for level, default in _DEFAULT.items()}
    if len({name["AcrValue"] for name in names.values()}) < _LEVELS:
        raise errors.ACR_VALUES_NOT_UNIQUE()
    return names


def is_custom(names: Names) -> bool:
    """Whether a level has another name than AWS gives it."""
    return names != _DEFAULT


def level_of(methods: Collection[str]) -> int:
    """The highest level that methods reach, 1 to 4; 0 if they reach none."""
    messages = not _MESSAGES.isdisjoint(methods)
    if PASSWORD in methods and TOTP in methods:
        return 4
    if (PASSWORD in methods and messages) or not _PASSKEYS.isdisjoint(methods):
        return 3
    if messages:
        return 2
    return 1 if PASSWORD in methods else 0


def name_of(names: Names, level: int) -> str | None:
    """The claim ``acr`` for a level."""
    return names[f"Level{level}"]["AcrValue"] if level else None


def level_named(names: Names, name: object) -> int:
    """The level with a name; 0 if there is none."""
    return next((level for level in range(1, _LEVELS + 1) if name_of(names, level) == name), 0)


def levels_named(names: Names, listed: str) -> list[int]:
    """The levels with names in a list that blanks separate, in its order. Names of no level are ignored."""
    return [level for level in (level_named(names, name) for name in listed.split()) if level]


def amr(methods: Iterable[str]) -> list[str]:
    """The claim ``amr``: the methods, and ``mfa`` if there are several."""
    listed = list(dict.fromkeys(methods))
    return [*listed, _SEVERAL] if len(listed) > 1 else listed
