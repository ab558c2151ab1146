"""Changes of a user's attributes: which are allowed, and what they do to values that were verified."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ...aws.errors import ErrorText
from .. import errors
from ..records import User, UserPool
from . import attributes as rules
from . import mfa
from .attributes import VERIFIABLE, VERIFIED

_UNKNOWN = "Attribute does not exist in the schema."
_FIXED = "Attribute cannot be updated."
_REQUIRED = "The attribute is required"
# Mutable by the schema, and yet nothing that a request writes.
_COGNITOS_OWN = ("sub", "identities")


@dataclass(frozen=True, slots=True)
class Change:
    """What a request makes of a user's attributes: all of them as they are from now on, new values that count only once
    they are verified, and the attributes whose new value a code goes to.
    """

    attributes: dict[str, str]
    pending: dict[str, str]
    to_verify: tuple[str, ...] = ()


def update(pool: UserPool, user: User, given: Mapping[str, str], *, by_admin: bool) -> Change:
    """What new values make of a user's attributes, or the error that AWS gives for them. An empty value deletes.

    A new address or phone number is unverified, unless an administrator says otherwise in the same request. A code goes
    to it if the pool verifies it; the old value stays until the code is given back, if the pool wants that.
    """
    _check_names(pool, given, errors.ATTRIBUTES_NOT_UPDATED, by_admin=by_admin)
    values = rules.kept_form(pool, {name: value for name, value in given.items() if value})
    emptied = [name for name, value in given.items() if not value]
    change = Change({**_without(pool, user, emptied, errors.SCHEMA_VIOLATED), **values}, {})
    unverified = [name for name in VERIFIABLE if _unverified(user, values, name)]
    for name in unverified:
        if name in pool.verified_before_update:
            change.pending[name] = values[name]
            _keep(user, change.attributes, name)
        else:
            change.attributes[f"{name}_verified"] = "false"
    rules.check_verified_have_values(change.attributes)
    return Change(change.attributes, change.pending, tuple(name for name in unverified if name in pool.auto_verified))


def deletion(pool: UserPool, user: User, names: Iterable[str], *, by_admin: bool) -> Change:
    """What is left of a user's attributes without some, or the error that AWS gives if they can't go."""
    gone = list(names)
    _check_names(pool, gone, errors.ATTRIBUTES_NOT_DELETED, by_admin=by_admin)
    return Change(_without(pool, user, gone, errors.ATTRIBUTES_NOT_DELETED), {})


def _check_names(pool: UserPool, names: Iterable[str], refused: ErrorText, *, by_admin: bool) -> None:
    """Raise if an attribute is unknown to whoever asks, or can't be changed."""
    schema = pool.schema_by_name
    problems = []
    for name in names:
        attribute = schema.get(name)
        if attribute is None or (attribute["DeveloperOnlyAttribute"] and not by_admin):
            problems.append(f"user.{name}: {_UNKNOWN}\n")
        elif not by_admin and name in (*_COGNITOS_OWN, *VERIFIED):
            raise errors.WRITE_NOT_ALLOWED()
        elif not attribute["Mutable"] or name in _COGNITOS_OWN:
            problems.append(f"user.{name}: {_FIXED}\n")
    if problems:
        raise refused(problems="".join(problems))


def _without(pool: UserPool, user: User, names: list[str], refused: ErrorText) -> dict[str, str]:
    """A user's attributes without some; with a value goes that it was verified."""
    gone = {*names, *(f"{name}_verified" for name in names)}
    left = {name: value for name, value in user.attributes.items() if name not in gone}
    needed = [name for name in rules.required_without_value(pool, left) if name in gone]
    if pool.username_attributes and not any(left.get(name) for name in pool.username_attributes):
        needed += [name for name in names if name in pool.username_attributes and name not in needed]
    if needed:
        raise refused(problems="".join(f"user.{name}: {_REQUIRED}\n" for name in needed))
    if pool.mfa == "ON":
        for factor in user.mfa.enabled:
            if mfa.ATTRIBUTE.get(factor) in gone:
                raise errors.MFA_NEEDS_ATTRIBUTE(attribute=mfa.ATTRIBUTE[factor])
    return left


def _unverified(user: User, values: Mapping[str, str], name: str) -> bool:
    """Whether an attribute gets a new value of which nobody says that it is verified."""
    changed = name in values and values[name] != user.attributes.get(name)
    return changed and values.get(f"{name}_verified") != "true"


def _keep(user: User, attributes: dict[str, str], name: str) -> None:
    """Let an attribute be as it was."""
    for one in (name, f"{name}_verified"):
        attributes.pop(one, None)
        if one in user.attributes:
            attributes[one] = user.attributes[one]
