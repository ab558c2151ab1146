"""The schema of a pool: the standard attributes, which every pool has, and its custom attributes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pytest_cognito.aws.errors import ErrorText
from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.rules import quotas

Attribute = dict[str, Any]

_MAX_LENGTH = 2048
_BOUND = re.compile(r"[0-9]{1,100}")
_STRING = "StringAttributeConstraints"
_NUMBER = "NumberAttributeConstraints"
_CONSTRAINTS = {"String": _STRING, "Number": _NUMBER}


def _attribute(name: str, data_type: str = "String", **other: Any) -> Attribute:
    return {
        "Name": name,
        "AttributeDataType": data_type,
        "DeveloperOnlyAttribute": False,
        "Mutable": True,
        "Required": False,
        **other,
    }


def _text(name: str, shortest: int = 0, longest: int = _MAX_LENGTH) -> Attribute:
    bounds = {"MinLength": str(shortest), "MaxLength": str(longest)}
    return _attribute(name, StringAttributeConstraints=bounds)


_STANDARD: tuple[Attribute, ...] = (
    {**_text("sub", shortest=1), "Mutable": False, "Required": True},
    _text("name"),
    _text("given_name"),
    _text("family_name"),
    _text("middle_name"),
    _text("nickname"),
    _text("preferred_username"),
    _text("profile"),
    _text("picture"),
    _text("website"),
    _text("email"),
    _attribute("email_verified", "Boolean"),
    _text("gender"),
    _text("birthdate", shortest=10, longest=10),
    _text("zoneinfo"),
    _text("locale"),
    _text("phone_number"),
    _attribute("phone_number_verified", "Boolean"),
    _text("address"),
    _attribute("updated_at", "Number", NumberAttributeConstraints={"MinValue": "0"}),
    _attribute("identities", StringAttributeConstraints={}),
)
STANDARD_NAMES = frozenset(attribute["Name"] for attribute in _STANDARD)
"""The names of the attributes that every pool has."""


def complete(entries: Sequence[Mapping[str, Any]] | None) -> list[Attribute]:
    """The schema of a new pool from the ``Schema`` of a request.

    It has all standard attributes in AWS's order, with the changes of the request, and then the custom ones. ``sub``
    and ``identities`` can't be changed.
    """
    standard = {attribute["Name"]: attribute for attribute in _STANDARD}
    custom = []
    for entry in entries or ():
        name = _name(entry)
        if name in standard:
            standard[name] = _changed(standard[name], entry)
        else:
            custom.append(entry)
    return extend(list(standard.values()), custom)


def extend(schema: Sequence[Attribute], entries: Iterable[Mapping[str, Any]]) -> list[Attribute]:
    """Add custom attributes to the end of a schema; raise if a name exists already."""
    result = list(schema)
    names = {attribute["Name"] for attribute in schema}
    for entry in entries:
        attribute = _custom(entry)
        full_name = attribute["Name"]
        if full_name in names:
            raise errors.CUSTOM_ATTRIBUTE_EXISTS(name=f"custom:{_name(entry)}", full_name=full_name)
        names.add(full_name)
        result.append(attribute)
    if len(names - STANDARD_NAMES) > quotas.CUSTOM_ATTRIBUTES:
        raise errors.CUSTOM_ATTRIBUTE_LIMIT()
    return result


def _name(entry: Mapping[str, Any]) -> str:
    name: str | None = entry.get("Name")
    if name is None:
        raise errors.SCHEMA_NAME_MISSING()
    return name


def _changed(attribute: Attribute, entry: Mapping[str, Any]) -> Attribute:
    """A standard attribute with the changes of a request. Constraints change only if the entry has the type too."""
    name = attribute["Name"]
    data_type = entry.get("AttributeDataType")
    if entry.get("DeveloperOnlyAttribute") or data_type not in (None, attribute["AttributeDataType"]):
        raise errors.STANDARD_ATTRIBUTE_FIXED(name=name)
    if name in ("sub", "identities"):
        return attribute
    changes = {member: entry[member] for member in ("Mutable", "Required") if member in entry}
    if data_type is not None and entry.get(_CONSTRAINTS.get(data_type, "")):
        changes |= _constraints(name, data_type, entry)
    return {**attribute, **changes}


def _custom(entry: Mapping[str, Any]) -> Attribute:
    """A custom attribute with its full name: ``custom:…``, or ``dev:custom:…`` if it is developer-only."""
    data_type = entry.get("AttributeDataType")
    if data_type is None:
        raise errors.CUSTOM_ATTRIBUTE_WITHOUT_TYPE()
    if entry.get("Required"):
        raise errors.CUSTOM_ATTRIBUTE_REQUIRED()
    developer_only = entry.get("DeveloperOnlyAttribute", False)
    name = f"dev:custom:{_name(entry)}" if developer_only else f"custom:{_name(entry)}"
    return {
        **_attribute(name, data_type),
        "DeveloperOnlyAttribute": developer_only,
        "Mutable": entry.get("Mutable", True),
        **_constraints(name, data_type, entry),
    }


def _constraints(name: str, data_type: str, entry: Mapping[str, Any]) -> Attribute:
    """The constraints of a string or a number, validated. Other types have none."""
    member = _CONSTRAINTS.get(data_type)
    if member is None:
        return {}
    constraints = {bound: value for bound, value in (entry.get(member) or {}).items() if value}
    if data_type == "String":
        low, high = _bounds(constraints, "MinLength", "MaxLength", errors.STRING_CONSTRAINTS_INVALID, name)
        if max(low or 0, high or 0) > _MAX_LENGTH:
            raise errors.ATTRIBUTE_TOO_LONG(name=name)
        below = errors.ATTRIBUTE_MAX_LENGTH_BELOW_MIN
    else:
        low, high = _bounds(constraints, "MinValue", "MaxValue", errors.NUMBER_CONSTRAINTS_INVALID, name)
        below = errors.ATTRIBUTE_MAX_VALUE_BELOW_MIN
    if low is not None and high is not None and low > high:
        raise below(name=name)
    return {member: constraints}


def _bounds(
    constraints: Mapping[str, str], low: str, high: str, invalid: ErrorText, name: str
) -> tuple[int | None, int | None]:
    if any(_BOUND.fullmatch(value) is None for value in constraints.values()):
        raise invalid(name=name)
    lowest, highest = constraints.get(low), constraints.get(high)
    return (int(lowest) if lowest else None), (int(highest) if highest else None)
