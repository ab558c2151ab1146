"""User names: what a pool accepts as one, and by which other names a user is found."""

from __future__ import annotations

from collections.abc import Mapping

from .. import errors
from ..records import User, UserPool
from .attributes import is_email, is_phone_number

_UNVERIFIED_ALIASES = ("preferred_username",)


def check(pool: UserPool, username: str) -> None:
    """Raise if a new user can't have this name in this pool."""
    if "email" in pool.aliases and is_email(username):
        raise errors.USERNAME_LIKE_EMAIL()
    if "phone_number" in pool.aliases and is_phone_number(username):
        raise errors.USERNAME_LIKE_PHONE()
    if pool.username_attributes and attribute_of(pool, username) is None:
        raise _NOT_OF_KIND[pool.username_attributes]()


def attribute_of(pool: UserPool, username: str) -> str | None:
    """Which of the pool's username attributes a name is a value of."""
    if "email" in pool.username_attributes and is_email(username):
        return "email"
    if "phone_number" in pool.username_attributes and is_phone_number(username):
        return "phone_number"
    return None


def of(pool: UserPool, sub: str, attributes: Mapping[str, str]) -> tuple[str, ...]:
    """The names beside the user name that a user is found by: the sub, and the aliases that are active.

    An alias is active once it is verified; what takes the place of a user name is so at once.
    """
    active = [name for name in pool.username_attributes if attributes.get(name)]
    active += [name for name in pool.aliases if alias_active(name, attributes)]
    return (pool.fold(sub), *(pool.fold(attributes[name]) for name in active))


def alias_active(name: str, attributes: Mapping[str, str]) -> bool:
    if not attributes.get(name):
        return False
    return name in _UNVERIFIED_ALIASES or attributes.get(f"{name}_verified") == "true"


def shown(pool: UserPool, username: str) -> str:
    """A user name in the spelling in which the pool keeps it."""
    return pool.fold(username)


def holder_of_alias(found: User | None, user_key: str | None) -> bool:
    """Whether an alias is held by somebody else than the user of this key."""
    return found is not None and found.key != user_key


_NOT_OF_KIND = {
    ("email",): errors.USERNAME_NOT_EMAIL,
    ("phone_number",): errors.USERNAME_NOT_PHONE,
    ("phone_number", "email"): errors.USERNAME_NOT_EMAIL_OR_PHONE,
    ("email", "phone_number"): errors.USERNAME_NOT_EMAIL_OR_PHONE,
}
