"""The validity of the tokens of an app client."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import AppClient

ACCESS = "AccessToken"
ID = "IdToken"
REFRESH = "RefreshToken"

_MEMBERS = {ACCESS: "AccessTokenValidity", ID: "IdTokenValidity", REFRESH: "RefreshTokenValidity"}
_UNITS = {ACCESS: "hours", ID: "hours", REFRESH: "days"}
_DEFAULTS = {ACCESS: 1, ID: 1, REFRESH: 30}
_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}
_RANGES = {
    ACCESS: (dt.timedelta(minutes=5), dt.timedelta(days=1)),
    ID: (dt.timedelta(minutes=5), dt.timedelta(days=1)),
    REFRESH: (dt.timedelta(minutes=60), dt.timedelta(days=3650)),
}


def validity(client: AppClient, token: str) -> dt.timedelta:
    """How long a new token of an app client is valid. ``token`` is ``AccessToken``, ``IdToken`` or ``RefreshToken``."""
    return _validity(client.settings, token)


def check(settings: Mapping[str, Any]) -> None:
    """Raise if a validity is out of range, or if that of ID or access tokens is longer than that of refresh tokens."""
    valid = {token: _validity(settings, token) for token in _RANGES}
    for token, (shortest, longest) in _RANGES.items():
        if not shortest <= valid[token] <= longest:
            raise errors.TOKEN_VALIDITY_RANGE()
    if max(valid[ACCESS], valid[ID]) > valid[REFRESH]:
        raise errors.TOKEN_VALIDITY_RANGE()


def _validity(settings: Mapping[str, Any], token: str) -> dt.timedelta:
    """The validity in settings. A default value has the default unit, whatever TokenValidityUnits says."""
    number = settings.get(_MEMBERS[token])
    if not number:
        return dt.timedelta(seconds=_DEFAULTS[token] * _SECONDS[_UNITS[token]])
    unit = (settings.get("TokenValidityUnits") or {}).get(token) or _UNITS[token]
    return dt.timedelta(seconds=number * _SECONDS[unit])
