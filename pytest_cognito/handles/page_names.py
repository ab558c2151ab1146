"""What users enter as their user name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_cognito.handles import arguments

if TYPE_CHECKING:
    from pytest_cognito.handles.user import User


def to_enter(user: User | str) -> str:
    """The name that a user signs in with: their user name, or the address or number that the pool has instead."""
    if isinstance(user, str):
        arguments.check_text("user", user, '"alice", or cognito_user')
        return user
    arguments.check_user(user)
    attributes = user.attributes
    instead = (attributes.get(name) for name in user.pool.username_attributes)
    return next(filter(None, instead), user.username)
