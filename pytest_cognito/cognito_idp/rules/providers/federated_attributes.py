"""The attributes of a user whom an identity provider has brought, at their first sign-in and at later ones."""

from __future__ import annotations

from collections.abc import Mapping

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.errors import problems
from pytest_cognito.cognito_idp.records import User, UserPool
from pytest_cognito.cognito_idp.rules.users import attribute_rules
from pytest_cognito.cognito_idp.rules.users.attribute_rules import VERIFIABLE

Attributes = Mapping[str, str]


def first(pool: UserPool, mapped: Attributes) -> dict[str, str]:
    """The attributes of a new user. E-mail address and phone number are unverified unless the provider says otherwise.

    Raises for a value that the schema does not allow, and for required attributes without a value.
    """
    attributes = attribute_rules.validate_values(pool, {name: value for name, value in mapped.items() if value})
    for name in VERIFIABLE:
        if attributes.get(name):
            attributes.setdefault(f"{name}_verified", "false")
        else:
            attributes.pop(f"{name}_verified", None)
    _check_required(pool, attributes)
    return attributes


def updated(pool: UserPool, user: User, mapped: Attributes) -> dict[str, str]:
    """The attributes of a user at a later sign-in. What is not mapped stays as it is, and an empty value deletes it.

    Raises if an attribute that can't be changed is among the mapped ones, changed or not.
    """
    fixed = [name for name in mapped if _is_fixed(pool, user, name, mapped[name])]
    if fixed:
        raise errors.MAPPED_ATTRIBUTE_FIXED(
            problems="".join(f"user.{name}: {problems.ATTRIBUTE_FIXED}\n" for name in fixed)
        )
    values = attribute_rules.validate_values(pool, {name: value for name, value in mapped.items() if value})
    emptied = {name for name, value in mapped.items() if not value}
    attributes = {**{name: value for name, value in user.attributes.items() if name not in emptied}, **values}
    for name in VERIFIABLE:
        verified = f"{name}_verified"
        if not attributes.get(name):
            attributes.pop(verified, None)
        elif attributes[name] != user.attributes.get(name) and verified not in values:
            attributes[verified] = "false"
    _check_required(pool, attributes)
    return attributes


def _is_fixed(pool: UserPool, user: User, name: str, value: str) -> bool:
    """Whether a later sign-in can't write an attribute: it is immutable, or a local user signs in with its value."""
    if not pool.schema_by_name[name]["Mutable"]:
        return True
    signs_in_with = user.provider is None and name in pool.username_attributes
    return signs_in_with and pool.fold(value) != pool.fold(user.attributes.get(name, ""))


def _check_required(pool: UserPool, attributes: Attributes) -> None:
    missing = attribute_rules.missing_required(pool, attributes)
    if missing:
        raise errors.REQUIRED_NOT_MAPPED(names=", ".join(missing))
