"""How long sessions last that begin with long-term credentials."""

from __future__ import annotations

from typing import Final

from pytest_cognito.iam import Principal

_DEFAULT: Final = 43_200
_MOST_OF_ROOT: Final = 3600


def of_user(principal: Principal, requested: int | None) -> int:
    """The seconds of a session of a user. That of a root user has an hour at most, whatever is asked for."""
    duration = _DEFAULT if requested is None else requested
    return min(duration, _MOST_OF_ROOT) if principal.is_root else duration
