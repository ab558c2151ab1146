"""Updates and deletions of a user's attributes: which are allowed, and what they do to verified values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from pytest_cognito.aws.errors import ErrorText
from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.errors import problems
from pytest_cognito.cognito_idp.records import User, UserPool
from pytest_cognito.cognito_idp.rules.factors import mfa
from pytest_cognito.cognito_idp.rules.users import attribute_rules
from pytest_cognito.cognito_idp.rules.users.attribute_rules import VERIFIABLE, VERIFIED

# Mutable in the schema, but no request can write them.
_READ_ONLY = ("sub", "identities")


class Change(NamedTuple):
    """The result of an update or a deletion.

    ``attributes`` are all attributes of the user after it, ``pending`` the new values that take effect only when they
    are verified, ``to_verify`` the attributes whose new value a verification code is sent to.
    """

    attributes: dict[str, str]
    pending: dict[str, str]
    to_verify: tuple[str, ...] = ()


def update(pool: UserPool, user: User, new_values: Mapping[str, str], *, by_admin: bool) -> Change:
    """Set attributes of a user, or raise the error of AWS. An empty value deletes the attribute.

    A new e-mail address or phone number is unverified unless an administrator sets ``email_verified`` or
    ``phone_number_verified`` in the same request. A code is sent to it if the pool verifies the attribute
    automatically. The old value stays until then if the pool requires verification before the update.
    """
    _check_names(pool, new_values, errors.ATTRIBUTES_NOT_UPDATED, by_admin=by_admin)
    values = attribute_rules.validate_values(pool, {name: value for name, value in new_values.items() if value})
    emptied = [name for name, value in new_values.items() if not value]
    change = Change({**_without(pool, user, emptied, errors.SCHEMA_VIOLATED), **values}, {})
    unverified = [name for name in VERIFIABLE if _is_unverified_change(user, values, name)]
    for name in unverified:
        if name in pool.verified_before_update:
            change.pending[name] = values[name]
            _restore(user, change.attributes, name)
        else:
            change.attributes[f"{name}_verified"] = "false"
    attribute_rules.check_verified_have_values(change.attributes)
    return Change(change.attributes, change.pending, tuple(name for name in unverified if name in pool.auto_verified))


def delete(pool: UserPool, user: User, names: Iterable[str], *, by_admin: bool) -> Change:
    """Delete attributes of a user, or raise the error of AWS if one of them can't be deleted."""
    deleted = list(names)
    _check_names(pool, deleted, errors.ATTRIBUTES_NOT_DELETED, by_admin=by_admin)
    return Change(_without(pool, user, deleted, errors.ATTRIBUTES_NOT_DELETED), {})


def verified(attributes: Mapping[str, str], attribute: str, address: str) -> dict[str, str]:
    """The attributes of a user once a code that was sent to an address has come back.

    It proves that address and no other: an attribute that has changed since the code was sent stays as it is.
    """
    proven = {f"{attribute}_verified": "true"} if attributes.get(attribute) == address else {}
    return {**attributes, **proven}


def _check_names(pool: UserPool, names: Iterable[str], error: ErrorText, *, by_admin: bool) -> None:
    """Raise if an attribute does not exist for the caller, or can't be changed."""
    schema = pool.schema_by_name
    found = []
    for name in names:
        attribute = schema.get(name)
        if attribute is None or (attribute["DeveloperOnlyAttribute"] and not by_admin):
            found.append(f"user.{name}: {problems.ATTRIBUTE_UNKNOWN}\n")
        elif not by_admin and name in (*_READ_ONLY, *VERIFIED):
            raise errors.WRITE_NOT_ALLOWED()
        elif not attribute["Mutable"] or name in _READ_ONLY:
            found.append(f"user.{name}: {problems.ATTRIBUTE_FIXED}\n")
    if found:
        raise error(problems="".join(found))


def _without(pool: UserPool, user: User, names: list[str], error: ErrorText) -> dict[str, str]:
    """A user's attributes without some of them, and without the ``…_verified`` attributes of these."""
    deleted = {*names, *(f"{name}_verified" for name in names)}
    left = {name: value for name, value in user.attributes.items() if name not in deleted}
    needed = [name for name in attribute_rules.missing_required(pool, left) if name in deleted]
    if pool.username_attributes and not any(left.get(name) for name in pool.username_attributes):
        needed += [name for name in names if name in pool.username_attributes and name not in needed]
    if needed:
        raise error(problems="".join(f"user.{name}: {problems.ATTRIBUTE_REQUIRED}\n" for name in needed))
    _check_mfa_stays(pool, user, left, deleted)
    return left


def _check_mfa_stays(pool: UserPool, user: User, left: Mapping[str, str], deleted: Collection[str]) -> None:
    """Raise if users need MFA and the user would lose an address of a factor that they have turned on, or the last one.

    Without the last one they could not sign in any more, or only by setting up another factor.
    """
    if pool.mfa != "ON":
        return
    is_last = mfa.can_be_proven(pool, user) and not mfa.can_be_proven(pool, replace(user, attributes=left))
    for factor, attribute in mfa.ATTRIBUTE.items():
        if attribute in deleted and (is_last or factor in user.mfa.enabled):
            raise errors.MFA_NEEDS_ATTRIBUTE(attribute=attribute)


def _is_unverified_change(user: User, values: Mapping[str, str], name: str) -> bool:
    """Whether an attribute gets a new value that the request does not set as verified."""
    changed = name in values and values[name] != user.attributes.get(name)
    return changed and values.get(f"{name}_verified") != "true"


def _restore(user: User, attributes: dict[str, str], name: str) -> None:
    """Restore the old value of an attribute and of its ``…_verified`` attribute."""
    for restored in (name, f"{name}_verified"):
        attributes.pop(restored, None)
        if restored in user.attributes:
            attributes[restored] = user.attributes[restored]
