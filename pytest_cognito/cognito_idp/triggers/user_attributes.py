"""``request.userAttributes`` of the events."""

from __future__ import annotations

from ..records import User


def of(user: User) -> dict[str, str]:
    """The attributes of a user that exists: with ``sub`` and ``cognito:user_status``."""
    return {"sub": user.sub, "cognito:user_status": user.status, **user.attributes}
