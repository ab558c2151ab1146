"""User names: which ones a pool accepts, and the other names that identify a user."""

from __future__ import annotations

from collections.abc import Mapping

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import User, UserPool
from pytest_cognito.cognito_idp.rules.users.attribute_rules import is_email, is_phone_number

_UNVERIFIED_ALIASES = ("preferred_username",)


def check(pool: UserPool, username: str) -> None:
    """Raise if a new user of the pool can't have a user name."""
    if "email" in pool.aliases and is_email(username):
        raise errors.USERNAME_LIKE_EMAIL()
    if "phone_number" in pool.aliases and is_phone_number(username):
        raise errors.USERNAME_LIKE_PHONE()
    if pool.username_attributes and username_attribute(pool, username) is None:
        raise _FORMAT_ERRORS[pool.username_attributes]()


def username_attribute(pool: UserPool, username: str) -> str | None:
    """The username attribute of the pool, ``email`` or ``phone_number``, that has the format of a user name."""
    if "email" in pool.username_attributes and is_email(username):
        return "email"
    if "phone_number" in pool.username_attributes and is_phone_number(username):
        return "phone_number"
    return None


def other_names(pool: UserPool, sub: str, attributes: Mapping[str, str]) -> tuple[str, ...]:
    """The names that identify a user in addition to the user name, with case folded.

    These are the ``sub`` and the values of username attributes and active aliases.
    """
    active = [name for name in pool.username_attributes if attributes.get(name)]
    active += [name for name in pool.aliases if is_active_alias(name, attributes)]
    return (pool.fold(sub), *(pool.fold(attributes[name]) for name in active))


def names_of(pool: UserPool, user: User) -> tuple[str, ...]:
    """The names that identify a user in addition to the user name; see `other_names`.

    A user whom an identity provider has brought signs in there: no attribute of theirs is a name, so that they may have
    the e-mail address of another user.
    """
    return other_names(pool, user.sub, user.attributes if user.provider is None else {})


def is_active_alias(name: str, attributes: Mapping[str, str]) -> bool:
    """Whether an alias attribute has a value and identifies the user: e-mail and phone number only when verified."""
    if not attributes.get(name):
        return False
    return name in _UNVERIFIED_ALIASES or attributes.get(f"{name}_verified") == "true"


def held_by_another(found: User | None, user_key: str | None) -> bool:
    """Whether the user that an alias identifies, if any, is another one than the user with a key."""
    return found is not None and found.key != user_key


_FORMAT_ERRORS = {
    ("email",): errors.USERNAME_NOT_EMAIL,
    ("phone_number",): errors.USERNAME_NOT_PHONE,
    ("phone_number", "email"): errors.USERNAME_NOT_EMAIL_OR_PHONE,
    ("email", "phone_number"): errors.USERNAME_NOT_EMAIL_OR_PHONE,
}
