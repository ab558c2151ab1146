"""The constraints of the service models, checked as AWS checks them on its side, and AWS's words for what is wrong.

Each shape is compiled to a quick check that only says yes or no; where it says no, a walk through the value finds the
words. Both read the same model, so that a newer botocore brings its constraints with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Final

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.aws.model import Shape, operation_model
from pytest_cognito.aws.patterns import matcher

CODES: Final[Mapping[str, str]] = {
    "cognito-idp": "InvalidParameterException",
    "cognito-identity": "ValidationException",
    "cognito-sync": "InvalidParameterException",
    "sts": "ValidationError",
}

NOT_ENFORCED: Final = frozenset({"DomainType"})
"""Shapes whose pattern AWS does not enforce: a custom domain has dots, which the pattern, that of a prefix, refuses."""

NOT_NULL: Final = "Member must not be null"

Check = Callable[[Any], object]
Constraint = tuple[str, Check]


@cache
def validator(service: str, operation: str) -> Callable[[Mapping[str, Any]], None]:
    """A function that holds an operation's parameters against its model.

    It raises ``AWSError`` with the code that the service has for it and a message that names every violated constraint,
    in the order of the model's members.
    """
    shape: Shape = operation_model(service, operation).input_shape
    check = None if shape is None else compile_check(shape)
    if check is None:
        return _accept_all

    def validate(parameters: Mapping[str, Any]) -> None:
        if not check(parameters):
            raise AWSError(CODES[service], message(shape, parameters))

    return validate


def _accept_all(_parameters: Mapping[str, Any]) -> None:
    """For an operation whose model constrains nothing."""


def message(shape: Shape, parameters: Mapping[str, Any]) -> str:
    """AWS's message about parameters that violate the constraints of their structure."""
    found = list(violations(shape, parameters))
    errors = "error" if len(found) == 1 else "errors"
    return f"{len(found)} validation {errors} detected: {'; '.join(found)}"


def constraints(shape: Shape) -> list[Constraint]:
    """What a shape asks of its own values, its members and elements aside, in AWS's order and words."""
    meta, kind = shape.metadata, shape.type_name
    found: list[Constraint] = []
    measure, size = ("value", _itself) if kind in ("integer", "long", "float", "double") else ("length", len)
    if "max" in meta:
        words = f"Member must have {measure} less than or equal to {meta['max']}"
        found.append((words, lambda value: size(value) <= meta["max"]))
    if "min" in meta:
        words = f"Member must have {measure} greater than or equal to {meta['min']}"
        found.append((words, lambda value: size(value) >= meta["min"]))
    if "pattern" in meta and shape.name not in NOT_ENFORCED:
        found.append((f"Member must satisfy regular expression pattern: {meta['pattern']}", matcher(meta["pattern"])))
    if meta.get("enum"):
        words = f"Member must satisfy enum value set: [{', '.join(meta['enum'])}]"
        found.append((words, frozenset(meta["enum"]).__contains__))
    return found


def _itself(value: Any) -> Any:
    return value


def compile_check(shape: Shape) -> Check | None:
    """A quick yes or no to a value of the shape, or None where every value is right."""
    if shape.type_name == "structure":
        return None if shape.is_document_type else _structure_check(shape)
    if shape.type_name in ("list", "map"):
        return _container_check(shape)
    return _own_check(shape)


def _own_check(shape: Shape) -> Check | None:
    checks = [check for _, check in constraints(shape)]
    if shape.type_name == "string" and {"min", "max"} & shape.metadata.keys():
        return _text_check(shape)
    if len(checks) <= 1:
        return checks[0] if checks else None
    return lambda value: all(check(value) for check in checks)


def _text_check(shape: Shape) -> Check:
    """Nine in ten constrained members are texts with a length and a pattern: one comparison, one match."""
    least, most = shape.metadata.get("min", 0), shape.metadata.get("max", float("inf"))
    others = [check for words, check in constraints(shape) if "length" not in words]
    if not others:
        return lambda value: least <= len(value) <= most
    if len(others) > 1:
        return lambda value: least <= len(value) <= most and all(check(value) for check in others)
    match = others[0]
    return lambda value: least <= len(value) <= most and match(value)


def _structure_check(shape: Shape) -> Check | None:
    required = tuple(shape.required_members)
    compiled = {name: compile_check(member) for name, member in shape.members.items()}
    checks = {name: check for name, check in compiled.items() if check}
    if not checks and not required:
        return None

    def check(value: Mapping[str, Any]) -> bool:
        for name in required:
            if name not in value:
                return False
        for name, member in value.items():
            check_member = checks.get(name)
            if check_member is not None and not check_member(member):
                return False
        return True

    return check


def _container_check(shape: Shape) -> Check:
    """A list or a map: its own length, no nulls, and each of its elements."""
    keyed = shape.type_name == "map"
    own = _own_check(shape)
    check_key = compile_check(shape.key) if keyed else None
    check_element = compile_check(shape.value if keyed else shape.member)

    def check(value: Any) -> bool:
        if own is not None and not own(value):
            return False
        if check_key is not None and not all(map(check_key, value)):
            return False
        elements = value.values() if keyed else value
        return None not in elements and (check_element is None or all(map(check_element, elements)))

    return check


def violations(shape: Shape, value: Mapping[str, Any], path: str = "", *, hidden: bool = False) -> Iterator[str]:
    """The violated constraints inside a structure, in AWS's words, in the order of the model's members.

    Paths are in lower camel case and count from one: ``schema.1.member.name``. ``hidden`` says that what is around the
    structure is sensitive, so that no value of it is told.
    """
    for name, member in shape.members.items():
        where = path + name[0].lower() + name[1:]
        if value.get(name) is not None:
            yield from _own_violations(member, value[name], where, hidden=hidden)
            yield from _inner_violations(member, value[name], where, hidden=hidden)
        elif name in shape.required_members:
            yield f"Value null at '{where}' failed to satisfy constraint: {NOT_NULL}"


def _own_violations(shape: Shape, value: Any, path: str, *, hidden: bool) -> Iterator[str]:
    for words, check in constraints(shape):
        if not check(value):
            yield _entry(shape, value, path, words, hidden=hidden)


def _inner_violations(shape: Shape, value: Any, path: str, *, hidden: bool) -> Iterator[str]:
    hidden = hidden or bool(shape.metadata.get("sensitive"))
    if shape.type_name == "structure" and not shape.is_document_type:
        yield from violations(shape, value, f"{path}.", hidden=hidden)
    for subject, element, elements in _parts(shape, value):
        words = _element_words(element, elements)
        if words:
            yield _entry(shape, value, path, f"{subject} must satisfy constraint: [{words}]", hidden=hidden)
    for place, element, inner in _elements(shape, value):
        if inner is not None:
            yield from _inner_violations(element, inner, f"{path}.{place}.member", hidden=hidden)


def _parts(shape: Shape, value: Any) -> list[tuple[str, Shape, Iterable[Any]]]:
    """What AWS tells apart in a container: its elements, or its keys and its values."""
    if shape.type_name == "list":
        return [("Member", shape.member, value)]
    if shape.type_name == "map":
        return [("Map keys", shape.key, value), ("Map value", shape.value, value.values())]
    return []


def _elements(shape: Shape, value: Any) -> list[tuple[object, Shape, Any]]:
    """The elements of a container with their places in a path."""
    if shape.type_name == "list":
        return [(place, shape.member, element) for place, element in enumerate(value, 1)]
    if shape.type_name == "map":
        return [(key, shape.value, element) for key, element in value.items()]
    return []


def _element_words(shape: Shape, elements: Iterable[Any]) -> str:
    """All constraints of the elements if any of them is violated: AWS doesn't say which, and names the container."""
    asked = constraints(shape)
    null = None in elements
    if not null and all(check(element) for element in elements for _, check in asked):
        return ""
    return ", ".join([words for words, _ in asked] + [NOT_NULL] * null)


def _entry(shape: Shape, value: Any, path: str, words: str, *, hidden: bool) -> str:
    shown = "Value" if hidden or _sensitive(shape) else f"Value '{_java(shape, value)}'"
    return f"{shown} at '{path}' failed to satisfy constraint: {words}"


def _sensitive(shape: Shape) -> bool:
    """Whether a value of the shape is, or may hold, what must not be printed."""
    if shape.metadata.get("sensitive"):
        return True
    if shape.type_name == "structure":
        return any(map(_sensitive, shape.members.values()))
    if shape.type_name == "map":
        return _sensitive(shape.key) or _sensitive(shape.value)
    return shape.type_name == "list" and _sensitive(shape.member)


def _java(shape: Shape, value: Any) -> str:
    """A value as Java prints it."""
    kind = shape.type_name
    if value is None:
        return "null"
    if kind == "list":
        return f"[{', '.join(_java(shape.member, each) for each in value)}]"
    if kind == "map":
        return f"{{{', '.join(f'{key}={_java(shape.value, each)}' for key, each in value.items())}}}"
    if kind == "structure" and not shape.is_document_type:
        members = (f"{name[0].lower()}{name[1:]}={_java(shape.members[name], each)}" for name, each in value.items())
        return f"{shape.name}({', '.join(members)})"
    if kind == "blob":
        return f"java.nio.HeapByteBuffer[pos=0 lim={len(value)} cap={len(value)}]"
    return str(value).lower() if kind == "boolean" else str(value)
