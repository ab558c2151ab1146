"""The values of a template's parameters."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from pytest_cognito.infrastructure.declared import Location
from pytest_cognito.infrastructure.errors import TemplateError, at, texts
from pytest_cognito.kernel.suggestions import suggestion

_SSM = re.compile("AWS::SSM::Parameter::Value<(.+)>")
_SCALARS = re.compile(r"String|Number|AWS::[A-Za-z0-9]+::[A-Za-z0-9:]+")
_LIST = re.compile(r"List<(.+)>")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")


def resolve(
    declared: Mapping[str, Any],
    given: Mapping[str, Any],
    stored: Callable[[str], str],
    where: Callable[..., Location],
) -> dict[str, Any]:
    """The values of all parameters that a template declares: those given, or else their defaults.

    ``stored`` gives the value of a parameter of SSM by its name, ``where`` says at which line something stands.
    """
    unknown = [name for name in given if name not in declared]
    if unknown:
        reason = texts.UNKNOWN_PARAMETERS.format(names=", ".join(unknown))
        hint = suggestion(unknown[0], declared) if declared else ""
        raise TemplateError(reason, where("Parameters"), hint)
    missing = [name for name, about in declared.items() if given.get(name) is None and about.get("Default") is None]
    if missing:
        raise TemplateError(texts.NO_PARAMETERS.format(names=", ".join(missing)), where("Parameters", missing[0]))
    values = {}
    for name, about in declared.items():
        value = given[name] if given.get(name) is not None else about["Default"]
        with at(where("Parameters", name)):
            values[name] = _value(name, about, value, stored)
    return values


def hidden(declared: Mapping[str, Any]) -> frozenset[str]:
    """The parameters whose values nobody is shown."""
    return frozenset(name for name, about in declared.items() if str(about.get("NoEcho")).lower() == "true")


def _value(name: str, about: Mapping[str, Any], given: Any, stored: Callable[[str], str]) -> Any:
    kind = str(about.get("Type", ""))
    text = _text(given)
    found = _SSM.fullmatch(kind)
    if found is not None:
        _check(name, about, [text], number=False)
        return _typed(name, found[1], stored(text))
    value = _typed(name, kind, text)
    _check(name, about, value if isinstance(value, list) else [value], number=kind in ("Number", "List<Number>"))
    return value


def _typed(name: str, kind: str, text: str) -> Any:
    listed = _LIST.fullmatch(kind)
    inner = "String" if kind == "CommaDelimitedList" else listed[1] if listed else None
    if _SCALARS.fullmatch(inner or kind) is None:
        raise TemplateError(texts.PARAMETER_TYPE.format(type=kind or None))
    if inner is None:
        _check_number(name, kind, text)
        return text
    items = [item.strip() for item in text.split(",")] if text else []
    for item in items:
        _check_number(name, inner, item)
    return items


def _check_number(name: str, kind: str, text: str) -> None:
    if kind == "Number" and _NUMBER.fullmatch(text) is None:
        raise TemplateError(texts.NOT_A_NUMBER.format(name=name))


def _text(given: Any) -> str:
    """A value as text: what a test gives as a number, a boolean or a list, too."""
    if isinstance(given, bool):
        return "true" if given else "false"
    if isinstance(given, list | tuple):
        return ",".join(map(_text, given))
    return str(given)


def _check(name: str, about: Mapping[str, Any], values: list[str], *, number: bool) -> None:
    """Raise `TemplateError` for a value that the template does not allow."""
    allowed = about.get("AllowedValues")
    for value in values:
        failed, hint = None, ""
        if allowed is not None and value not in map(_text, allowed):
            failed = texts.ALLOWED_VALUES.format(name=name)
            hint = f"{value!r} is none of {', '.join(map(_text, allowed))}"
        elif "AllowedPattern" in about and re.fullmatch(str(about["AllowedPattern"]), value) is None:
            failed = texts.ALLOWED_PATTERN.format(name=name, limit=about["AllowedPattern"])
        else:
            failed = _outside_of_limits(name, about, value, number=number)
        if failed is not None:
            description = about.get("ConstraintDescription")
            if description:
                failed = texts.CONSTRAINT.format(name=name, description=description)
            raise TemplateError(failed, hint=hint)


def _outside_of_limits(name: str, about: Mapping[str, Any], value: str, *, number: bool) -> str | None:
    if number:
        if "MinValue" in about and float(value) < float(about["MinValue"]):
            return texts.MIN_VALUE.format(name=name, limit=about["MinValue"])
        if "MaxValue" in about and float(value) > float(about["MaxValue"]):
            return texts.MAX_VALUE.format(name=name, limit=about["MaxValue"])
        return None
    if "MinLength" in about and len(value) < int(about["MinLength"]):
        return texts.MIN_LENGTH.format(name=name, limit=about["MinLength"])
    if "MaxLength" in about and len(value) > int(about["MaxLength"]):
        return texts.MAX_LENGTH.format(name=name, limit=about["MaxLength"])
    return None
