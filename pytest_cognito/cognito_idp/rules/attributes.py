"""User attributes: their form, and whether they conform to a pool's schema and a client's permissions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .. import errors
from ..records import UserPool

_EMAIL = re.compile(r"[^\s@]+@[^\s@.]+(\.[^\s@.]+)*")
_PHONE = re.compile(r"\+[0-9]{1,15}")
_NEVER_WRITTEN = frozenset({"sub", "identities"})
VERIFIABLE = ("email", "phone_number")
VERIFIED = ("email_verified", "phone_number_verified")


def named(listed: Iterable[Mapping[str, str]] | None) -> dict[str, str]:
    """``[{"Name": …, "Value": …}]`` as a dict; a name without a value has the empty one."""
    return {pair["Name"]: pair.get("Value", "") for pair in listed or ()}


def listed(attributes: Mapping[str, str]) -> list[dict[str, str]]:
    """A dict as ``[{"Name": …, "Value": …}]``."""
    return [{"Name": name, "Value": value} for name, value in attributes.items()]


def is_email(text: str) -> bool:
    return _EMAIL.fullmatch(text) is not None


def is_phone_number(text: str) -> bool:
    """Whether a text is a phone number in E.164 form, ``+`` included."""
    return _PHONE.fullmatch(text) is not None


def check_permission(names: Iterable[str], writable: frozenset[str] | None) -> None:
    """Raise if a client may not write one of these attributes (``None``: it may write all)."""
    if writable is not None and not writable.issuperset(names):
        raise errors.WRITE_NOT_ALLOWED()


def conform(pool: UserPool, attributes: Mapping[str, str], *, by_admin: bool) -> dict[str, str]:
    """The attributes of a request as they are kept, or the error that AWS gives for them.

    An unknown one is reported together with the other unknown ones; a value that the schema refuses likewise.
    """
    schema = pool.schema_by_name
    unknown = [name for name in attributes if name not in schema or (not by_admin and _only_admin(schema[name]))]
    if unknown:
        raise errors.SCHEMA_VIOLATED(problems=_lines(unknown, "Attribute does not exist in the schema."))
    _check_writable(attributes, by_admin=by_admin)
    return kept_form(pool, attributes)


def kept_form(pool: UserPool, attributes: Mapping[str, str]) -> dict[str, str]:
    """Values of known attributes as they are kept, or the error that AWS gives where the schema refuses one."""
    schema = pool.schema_by_name
    kept = {name: _normal(schema[name], value) for name, value in attributes.items()}
    problems = [problem for name, value in kept.items() if (problem := _problem(schema[name], value))]
    if problems:
        raise errors.SCHEMA_VIOLATED(problems="".join(f"{problem}\n" for problem in problems))
    _check_formats(kept)
    return kept


def check_required(pool: UserPool, attributes: Mapping[str, str]) -> None:
    """Raise if an attribute that the schema requires has no value."""
    missing = required_without_value(pool, attributes)
    if missing:
        raise errors.SCHEMA_VIOLATED(problems=_lines(missing, "The attribute is required"))


def required_without_value(pool: UserPool, attributes: Mapping[str, str]) -> list[str]:
    """The names of the schema's required attributes that have no value, ``sub`` aside."""
    return [
        attribute["Name"]
        for attribute in pool.schema
        if attribute.get("Required") and attribute["Name"] != "sub" and not attributes.get(attribute["Name"])
    ]


def check_verified_have_values(attributes: Mapping[str, str]) -> None:
    """Raise if an attribute is said to be verified that has no value."""
    for attribute in VERIFIABLE:
        if attributes.get(f"{attribute}_verified") == "true" and not attributes.get(attribute):
            raise errors.VERIFIED_WITHOUT_VALUE(attribute=attribute)


def _check_writable(names: Iterable[str], *, by_admin: bool) -> None:
    """Nobody writes ``sub`` and ``identities``; that a value is verified, only an administrator says."""
    for name in names:
        if name in VERIFIED and not by_admin:
            raise errors.WRITE_NOT_ALLOWED()
        if name in _NEVER_WRITTEN:
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
    if len(value) < int(constraints.get("MinLength", 0)):
        return f"String must have a length of at least {constraints['MinLength']}."
    if len(value) > int(constraints.get("MaxLength", 2048)):
        return f"String must have a length of at most {constraints.get('MaxLength', 2048)}."
    return None


def _number(attribute: Mapping[str, Any], value: str) -> str | None:
    if not re.fullmatch(r"-?[0-9]+", value):
        return "The attribute value is not a number."
    constraints = attribute.get("NumberAttributeConstraints") or {}
    if "MinValue" in constraints and int(value) < int(constraints["MinValue"]):
        return f"Number must be at least {constraints['MinValue']}."
    if "MaxValue" in constraints and int(value) > int(constraints["MaxValue"]):
        return f"Number must be at most {constraints['MaxValue']}."
    return None


def _boolean(attribute: Mapping[str, Any], value: str) -> str | None:
    return None if value in ("true", "false") else "The attribute value is not a boolean."


def _date_time(attribute: Mapping[str, Any], value: str) -> str | None:
    return None if re.fullmatch(r"[0-9]+|[0-9]{4}-[0-9]{2}-[0-9]{2}.*", value) else "The attribute value is not a date."


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
