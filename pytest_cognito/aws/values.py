"""Parameters and results as text on one line, without the values that the service model marks as sensitive."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from pytest_cognito.aws.model import Shape
from pytest_cognito.http.messages import form
from pytest_cognito.kernel.text import MASK, cut, is_secret, plain

_MAX_ELEMENTS = 6

_VISIBLE_SHAPES = frozenset({"ClientIdType", "UsernameType"})
"""Shapes that the model marks as sensitive and that are shown nevertheless: the user and the app client of a call."""
_HIDDEN_SHAPES = frozenset({"SessionTokenString", "tokenType"})
"""Shapes of session tokens of temporary credentials, which the models don't mark as sensitive."""
_APPLICATION = "IdentityProviderId"
"""The shape of an application in SupportedLoginProviders."""
_VISIBLE_KEYS = frozenset(
    {
        "USERNAME",
        "DEVICE_KEY",
        "PREFERRED_CHALLENGE",
        "TARGET_ACR_VALUES",
        "MAX_AGE",
        "SMS_MFA_CODE",
        "EMAIL_OTP_CODE",
        "SOFTWARE_TOKEN_MFA_CODE",
    }
)
"""The keys of authentication parameters whose values are shown."""
_VISIBLE_ATTRIBUTES = frozenset(
    {"sub", "email", "email_verified", "phone_number", "phone_number_verified", "preferred_username"}
)
"""The user attributes whose values are shown: those that identify users."""
_HIDDEN_WEB_PARAMETERS = frozenset(
    {
        "_csrf",
        "code",
        "code_verifier",
        "authentication_code",
        "assertion",
        "client_assertion",
        "input_token",
        "session",
        "RelayState",
        "SAMLRequest",
        "SAMLResponse",
        "subject_token",
        "actor_token",
    }
)
"""The parameters of web requests whose values are hidden, beside those whose names sound like secrets."""
_PUBLIC_WEB_PARAMETERS = frozenset(
    {"token_type", "token_type_hint", "subject_token_type", "actor_token_type", "requested_token_type"}
)
_ATTRIBUTE_OF_FORM = re.compile(r"requiredAttributes\[(.+)\]")
"""The name of the field for a user attribute on a page."""
_TOKEN = re.compile(r"eyJ[\w-]*\.")
"""The beginning of a JSON Web Token."""
_NAMES = ("Id", "ClientId", "Username", "GroupName", "ProviderName", "Identifier", "Name", "Domain")
"""The members that identify a resource in a result."""
_ERRORS = ("error", "error_description")
_STATES = ("ChallengeName", "UserStatus", "Enabled", "UserConfirmed", "UserSub")


def web_parameters(query: Mapping[str, Any]) -> list[str]:
    """``name=value`` of each parameter of a web request."""
    return [
        f"{plain(name)}={MASK if _is_hidden_on_the_web(name, value) else plain(value)}" for name, value in query.items()
    ]


def web_result(result: Mapping[str, Any]) -> list[str]:
    """The status of a response and, of a redirect, where it leads to: ``302 to https://app.example.com/ code=***``.

    Of an address on the same host only the path is shown, and the error in its query.
    """
    status, location = str(result["status"]), result.get("location")
    if location is None:
        return [status]
    parts = urlsplit(location)
    given = dict([*form(parts.query), *form(parts.fragment)])
    if not parts.scheme:
        given = {name: value for name, value in given.items() if name in _ERRORS}
    address = location.partition("?")[0].partition("#")[0]
    return [status, "to", address, *web_parameters(given)]


def _is_hidden_on_the_web(name: str, value: object) -> bool:
    attribute = _ATTRIBUTE_OF_FORM.fullmatch(name)
    if attribute is not None:
        return attribute[1] not in _VISIBLE_ATTRIBUTES
    return name in _HIDDEN_WEB_PARAMETERS or (_is_secret(name, value) and name not in _PUBLIC_WEB_PARAMETERS)


def parameters(shape: Shape | None, values: Mapping[str, Any]) -> list[str]:
    """``name=value`` of each parameter of a call."""
    return [] if shape is None else list(_members(shape, values))


def result(shape: Shape | None, value: Mapping[str, Any]) -> list[str]:
    """``name=value`` of the members that summarise a result: those in ``_NAMES`` and ``_STATES``, or else all."""
    members = _shown(value)
    if shape is None or not members:
        return [f"{name}=[]" for name, member in value.items() if member == []]
    if shape.type_name == "structure" and len(members) == 1:
        (name, inner), *_ = members.items()
        member_shape = shape.members.get(name)
        if member_shape is not None and member_shape.type_name == "structure" and isinstance(inner, Mapping):
            return result(member_shape, inner)
    names = {name: members[name] for name in _NAMES if name in members}
    states = {name: members[name] for name in _STATES if name in members}
    return list(_members(shape, {**names, **states} or members, brief=True))


def _shown(members: Mapping[str, Any]) -> dict[str, Any]:
    """The members with a value worth showing: neither empty nor a timestamp."""
    return {name: value for name, value in members.items() if _is_shown(value)}


def _is_shown(value: Any) -> bool:
    empty = isinstance(value, Mapping | list | str) and not value
    return value is not None and not empty and not isinstance(value, dt.datetime)


def _members(shape: Shape, members: Mapping[str, Any], *, brief: bool = False) -> Iterator[str]:
    for name, value in members.items():
        member = shape.members.get(name)
        if member is None:
            yield f"{name}={MASK}"
        elif member.type_name == "map" and isinstance(value, Mapping) and _hidden(member):
            yield from _credentials(value)
        else:
            yield f"{name}={_value(member, value, brief=brief)}"


def _credentials(members: Mapping[str, Any]) -> Iterator[str]:
    """The entries of authentication parameters, whose keys speak for themselves."""
    for key, value in members.items():
        yield f"{plain(key)}={plain(value) if _is_visible(plain(key)) else MASK}"


def _is_visible(key: str) -> bool:
    return key in _VISIBLE_KEYS or key.removeprefix("userAttributes.") in _VISIBLE_ATTRIBUTES


def _value(shape: Shape, value: Any, *, brief: bool = False) -> str:
    if _hidden(shape):
        return MASK
    if shape.type_name == "list" and isinstance(value, list | tuple):
        return _elements(shape, value, brief=brief)
    if shape.type_name == "structure" and isinstance(value, Mapping):
        return _name(shape, value) if brief else _structure(shape, value)
    if shape.type_name == "map" and isinstance(value, Mapping):
        return _map(shape, value)
    if isinstance(value, bytes | bytearray):
        return f"<{len(value)} bytes>"
    return plain(value)


def _map(shape: Shape, members: Mapping[str, Any]) -> str:
    """A map, without values that are secrets by the model or by their keys, and without tokens."""
    secrets = _hidden(shape.value)
    show = application if shape.value.name == _APPLICATION else plain
    shown = (
        f"{plain(key)}={MASK if secrets or _is_secret(key, value) else show(value)}" for key, value in members.items()
    )
    return f"{{{_joined(list(shown))}}}"


def application(value: object) -> str:
    """An application at a provider. Those of OAuth 1 are written as the consumer's key and its secret."""
    key, separator, _ = str(value).partition(";")
    return plain(key) + (separator and f"{separator}{MASK}")


def _is_secret(key: object, value: object) -> bool:
    return is_secret(plain(key)) or (isinstance(value, str) and _TOKEN.match(value) is not None)


def _elements(shape: Shape, values: Sequence[Any], *, brief: bool) -> str:
    shown = [_value(shape.member, value, brief=brief) for value in values[:_MAX_ELEMENTS]]
    more = f", … {len(values)} in all" if len(values) > _MAX_ELEMENTS else ""
    return f"[{_joined(shown)}{more}]"


def _joined(shown: Sequence[str]) -> str:
    return cut(", ".join(shown))


def _name(shape: Shape, value: Mapping[str, Any]) -> str:
    """A structure as its name or id, if it has one."""
    name = next((name for name in _NAMES if _is_shown(value.get(name)) and name in shape.members), None)
    return _value(shape.members[name], value[name]) if name else _structure(shape, value)


def _structure(shape: Shape, value: Mapping[str, Any]) -> str:
    if value.keys() == {"Name", "Value"}:
        name = plain(value["Name"])
        return f"{name}={plain(value['Value']) if name in _VISIBLE_ATTRIBUTES else MASK}"
    return f"{{{_joined(list(_members(shape, _shown(value))))}}}"


def _hidden(shape: Shape) -> bool:
    """Whether values of the shape are hidden."""
    if shape.name in _VISIBLE_SHAPES:
        return False
    return bool(shape.metadata.get("sensitive")) or shape.name in _HIDDEN_SHAPES
