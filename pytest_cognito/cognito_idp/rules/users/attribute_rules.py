"""Validation of user attributes by the pool's schema and the app client's permissions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.errors import problems
from pytest_cognito.cognito_idp.records import UserPool

_EMAIL = re.compile(r"[^\s@]+@[^\s@.]+(\.[^\s@.]+)*")
_PHONE = re.compile(r"\+[0-9]{1,15}")
_READ_ONLY = frozenset({"sub", "identities"})
VERIFIABLE = ("email", "phone_number")
VERIFIED = ("email_verified", "phone_number_verified")


def as_dict(pairs: Iterable[Mapping[str, str]] | None) -> dict[str, str]:
    """Convert ``[{"Name": …, "Value": …}]`` to a dict. A missing value becomes the empty string."""
    return {pair["Name"]: pair.get("Value", "") for pair in pairs or ()}


def is_email(text: str) -> bool:
    """Whether a text is an e-mail address: without blanks, control characters and other invisible ones."""
    return _EMAIL.fullmatch(text) is not None and text.isprintable()


def is_phone_number(text: str) -> bool:
    """Whether a text is a phone number in E.164 format, with ``+``."""
    return _PHONE.fullmatch(text) is not None


def check_permission(names: Iterable[str], writable: frozenset[str] | None) -> None:
    """Raise if an app client may not write one of the attributes. ``None`` means that it may write all."""
    if writable is not None and not writable.issuperset(names):
        raise errors.WRITE_NOT_ALLOWED()


def validate(pool: UserPool, attributes: Mapping[str, str], *, by_admin: bool) -> dict[str, str]:
    """Validate the attributes of a request and return them in the form in which they are stored.

    One error reports all unknown attributes, another one all values that violate the schema.
    """
    schema = pool.schema_by_name
    unknown = [name for name in attributes if name not in schema or (not by_admin and _only_admin(schema[name]))]
    if unknown:
        raise errors.SCHEMA_VIOLATED(problems=_lines(unknown, problems.ATTRIBUTE_UNKNOWN))
    _check_writable(attributes, by_admin=by_admin)
    return validate_values(pool, attributes)


def validate_values(pool: UserPool, attributes: Mapping[str, str]) -> dict[str, str]:
    """Validate the values of attributes that the schema has and return them in the form in which they are stored."""
    schema = pool.schema_by_name
    values = {name: _normal(schema[name], value) for name, value in attributes.items()}
    found = [problem for name, value in values.items() if (problem := _problem(schema[name], value))]
    if found:
        raise errors.SCHEMA_VIOLATED(problems="".join(f"{problem}\n" for problem in found))
    _check_formats(values)
    return values


def check_required(pool: UserPool, attributes: Mapping[str, str]) -> None:
    """Raise if a required attribute has no value."""
    missing = missing_required(pool, attributes)
    if missing:
        raise errors.SCHEMA_VIOLATED(problems=_lines(missing, problems.ATTRIBUTE_REQUIRED))


def missing_required(pool: UserPool, attributes: Mapping[str, str]) -> list[str]:
    """The names of the required attributes that have no value, except ``sub``."""
    return [
        attribute["Name"]
        for attribute in pool.schema
        if attribute.get("Required") and attribute["Name"] != "sub" and not attributes.get(attribute["Name"])
    ]


def check_verified_have_values(attributes: Mapping[str, str]) -> None:
    """Raise if ``email_verified`` or ``phone_number_verified`` is true for an attribute that has no value."""
    for attribute in VERIFIABLE:
        if attributes.get(f"{attribute}_verified") == "true" and not attributes.get(attribute):
            raise errors.VERIFIED_WITHOUT_VALUE(attribute=attribute)


def _check_writable(names: Iterable[str], *, by_admin: bool) -> None:
    """Raise for ``sub`` and ``identities`` and, unless by an administrator, for the ``…_verified`` attributes."""
    for name in names:
        if name in VERIFIED and not by_admin:
            raise errors.WRITE_NOT_ALLOWED()
        if name in _READ_ONLY:
            raise errors.ATTRIBUTE_READ_ONLY(name=name) if by_admin else errors.WRITE_NOT_ALLOWED()


def _only_admin(attribute: Mapping[str, Any]) -> bool:
    return bool(attribute.get("DeveloperOnlyAttribute"))


def _lines(names: Iterable[str], problem: str) -> str:
    return "".join(f"{name}: {problem}\n" for name in names)


def _normal(attribute: Mapping[str, Any], value: str) -> str:
    return value.lower() if attribute["AttributeDataType"] == "Boolean" else value


def _problem(attribute: Mapping[str, Any], value: str) -> str | None:
    problem = _TYPES[attribute["AttributeDataType"]](attribute, value)
    return f"user.{attribute['Name']}: {problem}" if problem else None


def _string(attribute: Mapping[str, Any], value: str) -> str | None:
    constraints = attribute.get("StringAttributeConstraints") or {}
    shortest, longest = int(constraints.get("MinLength", 0)), int(constraints.get("MaxLength", 2048))
    if len(value) < shortest:
        return problems.TOO_SHORT.format(limit=shortest)
    if len(value) > longest:
        return problems.TOO_LONG.format(limit=longest)
    return None


def _number(attribute: Mapping[str, Any], value: str) -> str | None:
    if not re.fullmatch(r"-?[0-9]+", value):
        return problems.NO_NUMBER
    constraints = attribute.get("NumberAttributeConstraints") or {}
    if "MinValue" in constraints and int(value) < int(constraints["MinValue"]):
        return problems.TOO_SMALL.format(limit=constraints["MinValue"])
    if "MaxValue" in constraints and int(value) > int(constraints["MaxValue"]):
        return problems.TOO_LARGE.format(limit=constraints["MaxValue"])
    return None


def _boolean(_attribute: Mapping[str, Any], value: str) -> str | None:
    return None if value in ("true", "false") else problems.NO_BOOLEAN


def _date_time(_attribute: Mapping[str, Any], value: str) -> str | None:
    return None if re.fullmatch(r"[0-9]+|[0-9]{4}-[0-9]{2}-[0-9]{2}.*", value) else problems.NO_DATE


_TYPES: dict[str, Callable[[Mapping[str, Any], str], str | None]] = {
    "String": _string,
    "Number": _number,
    "Boolean": _boolean,
    "DateTime": _date_time,
}


def _check_formats(attributes: Mapping[str, str]) -> None:
    if attributes.get("email") and not is_email(attributes["email"]):
        raise errors.EMAIL_FORMAT()
    if attributes.get("phone_number") and not is_phone_number(attributes["phone_number"]):
        raise errors.PHONE_FORMAT()
