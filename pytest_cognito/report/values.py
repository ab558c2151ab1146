"""Parameters and answers in one line, without the secrets that the service model marks as sensitive."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..aws.model import Shape

MASK = "***"
_LONGEST = 60
_SOME = 6
_SIMPLE = re.compile(r"[^\s\"'=]+")

_NO_SECRETS = frozenset({"ClientIdType", "UsernameType"})
"""What the model marks as sensitive and a test can't be read without: whom a call was about, and from which client."""
_MORE_SECRETS = frozenset({"SessionTokenString", "tokenType"})
"""Session tokens of temporary credentials, which the models don't mark."""
_OPEN_KEYS = frozenset(
    {
        "USERNAME",
        "DEVICE_KEY",
        "PREFERRED_CHALLENGE",
        "SMS_MFA_CODE",
        "EMAIL_OTP_CODE",
        "SOFTWARE_TOKEN_MFA_CODE",
    }
)
"""What maps of authentication parameters hold beside secrets."""
_OPEN_ATTRIBUTES = frozenset(
    {"sub", "email", "email_verified", "phone_number", "phone_number_verified", "preferred_username"}
)
"""The attributes that users are found by."""
_NAMES = ("Id", "ClientId", "Username", "GroupName", "ProviderName", "Identifier", "Name", "Domain")
"""What names a thing in an answer, which is enough to know which one it is."""
_FACTS = ("ChallengeName", "UserStatus", "Enabled", "UserConfirmed", "UserSub")


def parameters(shape: Shape | None, given: Mapping[str, Any]) -> list[str]:
    """``name=value`` of each parameter."""
    return [] if shape is None else list(_members(shape, given))


def answer(shape: Shape | None, given: Mapping[str, Any]) -> list[str]:
    """``name=value`` of what an answer says in short: what it is about and the facts that matter, if it has such."""
    said = {name: value for name, value in given.items() if _says(value)}
    if shape is None or not said:
        return [f"{name}=[]" for name, value in given.items() if value == []]
    if shape.type_name == "structure" and len(said) == 1:
        (name, inner), *_ = said.items()
        member = shape.members.get(name)
        if member is not None and member.type_name == "structure" and isinstance(inner, Mapping):
            return answer(member, inner)
    names = {name: said[name] for name in _NAMES if name in said}
    facts = {name: said[name] for name in _FACTS if name in said}
    return list(_members(shape, {**names, **facts} or said, brief=True))


def plain(value: object) -> str:
    """A value on one line, not too long."""
    return _cut(value if isinstance(value, str) and _SIMPLE.fullmatch(value) else repr(value))


def _says(value: Any) -> bool:
    return value is not None and value not in ({}, [], "") and not isinstance(value, dt.datetime)


def _members(shape: Shape, given: Mapping[str, Any], *, brief: bool = False) -> Iterator[str]:
    if shape.type_name == "map":
        yield from _entries(shape, given)
        return
    for name, value in given.items():
        member = shape.members.get(name)
        if member is None:
            yield f"{name}={MASK}"
        elif member.type_name == "map" and isinstance(value, Mapping):
            yield from _entries(member, value)
        else:
            yield f"{name}={_value(member, value, brief=brief)}"


def _entries(shape: Shape, given: Mapping[str, Any]) -> Iterator[str]:
    hidden = _hidden(shape)
    for key, value in given.items():
        yield f"{key}={plain(value) if _is_open(str(key), hidden=hidden) else MASK}"


def _is_open(key: str, *, hidden: bool) -> bool:
    return not hidden or key in _OPEN_KEYS or key.removeprefix("userAttributes.") in _OPEN_ATTRIBUTES


def _value(shape: Shape, value: Any, *, brief: bool = False) -> str:
    if _hidden(shape):
        return MASK
    if shape.type_name == "list" and isinstance(value, list | tuple):
        return _elements(shape, value, brief=brief)
    if shape.type_name == "structure" and isinstance(value, Mapping):
        return _name(shape, value) if brief else _structure(shape, value)
    if shape.type_name == "blob":
        return f"<{len(value)} bytes>"
    return plain(value)


def _elements(shape: Shape, values: Sequence[Any], *, brief: bool) -> str:
    shown = [_value(shape.member, value, brief=brief) for value in values[:_SOME]]
    more = f", … {len(values)} in all" if len(values) > _SOME else ""
    listed = _cut(", ".join(shown))
    return f"[{listed}{more}]"


def _name(shape: Shape, value: Mapping[str, Any]) -> str:
    """A structure by what it is called, where it is called something."""
    name = next((name for name in _NAMES if _says(value.get(name)) and name in shape.members), None)
    return _value(shape.members[name], value[name]) if name else _structure(shape, value)


def _structure(shape: Shape, value: Mapping[str, Any]) -> str:
    if value.keys() == {"Name", "Value"}:
        name = str(value["Name"])
        return f"{name}={plain(value['Value']) if name in _OPEN_ATTRIBUTES else MASK}"
    said = {name: each for name, each in value.items() if _says(each)}
    listed = _cut(", ".join(_members(shape, said)))
    return f"{{{listed}}}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _hidden(shape: Shape) -> bool:
    """Whether a value of the shape is a secret."""
    if shape.name in _NO_SECRETS:
        return False
    return bool(shape.metadata.get("sensitive")) or shape.name in _MORE_SECRETS
