"""Validation of parameters against the constraints of the service models, with AWS's error messages.

Each shape is compiled to a fast check that only tells whether a value is valid; for an invalid value a second pass
builds the messages. Both read botocore's model, so that a newer botocore brings its constraints with it.
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

NOT_ENFORCED: Final = frozenset({"DomainType", "EmailVerificationMessageType", "EmailVerificationMessageByLinkType"})
"""Shapes whose pattern AWS does not enforce here.

A custom domain has dots, which the pattern does not allow. Templates of e-mails get an error of their own.
"""

SHOWN: Final = frozenset({("InitiateAuthRequest", "ClientId")})
"""Members of structures whose value AWS shows in messages, although the model marks it as sensitive."""

NOT_IN_ENUM: Final[Mapping[str, frozenset[str]]] = {"ExplicitAuthFlowsType": frozenset({"ALLOW_CLIENT_TOKEN_AUTH"})}
"""Values that AWS takes, although they are not among those that the model lists for a shape."""

BLANK: Final = frozenset({("SignUpRequest", "Password"), ("AdminCreateUserRequest", "TemporaryPassword")})
"""Members of structures that may be empty, whatever the pattern of the model: there it means the same as no value."""

NOT_NULL: Final = "Member must not be null"

Check = Callable[[Any], object]
Constraint = tuple[str, Check]


@cache
def validator(service: str, operation: str) -> Callable[[Mapping[str, Any]], None]:
    """A function that validates an operation's parameters.

    It raises ``AWSError`` with the service's code for invalid parameters and a message that lists every violated
    constraint, in the order of the model's members.
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
    """The validator of an operation without constraints."""


def message(shape: Shape, parameters: Mapping[str, Any]) -> str:
    """AWS's message for parameters that violate constraints of their structure."""
    found = list(violations(shape, parameters))
    errors = "error" if len(found) == 1 else "errors"
    return f"{len(found)} validation {errors} detected: {'; '.join(found)}"


def constraints(shape: Shape) -> list[Constraint]:
    """The constraints of a shape, without those of its members and elements, with AWS's messages in AWS's order."""
    meta, kind = shape.metadata, shape.type_name
    found: list[Constraint] = []
    measure, size = ("value", _identity) if kind in ("integer", "long", "float", "double") else ("length", len)
    if "max" in meta:
        requirement = f"Member must have {measure} less than or equal to {meta['max']}"
        found.append((requirement, lambda value: size(value) <= meta["max"]))
    if "min" in meta:
        requirement = f"Member must have {measure} greater than or equal to {meta['min']}"
        found.append((requirement, lambda value: size(value) >= meta["min"]))
    if "pattern" in meta and shape.name not in NOT_ENFORCED:
        found.append((f"Member must satisfy regular expression pattern: {meta['pattern']}", matcher(meta["pattern"])))
    if meta.get("enum"):
        requirement = f"Member must satisfy enum value set: [{', '.join(meta['enum'])}]"
        known = frozenset(meta["enum"]) | NOT_IN_ENUM.get(shape.name, frozenset())
        found.append((requirement, known.__contains__))
    return found


def _identity(value: Any) -> Any:
    return value


def compile_check(shape: Shape) -> Check | None:
    """A function that tells whether a value of the shape is valid, or None if every value is."""
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
    """A check of a string with a length and possibly a pattern, which nine in ten constrained members are."""
    least, most = shape.metadata.get("min", 0), shape.metadata.get("max", float("inf"))
    others = [check for requirement, check in constraints(shape) if "length" not in requirement]
    if not others:
        return lambda value: least <= len(value) <= most
    if len(others) > 1:
        return lambda value: least <= len(value) <= most and all(check(value) for check in others)
    match = others[0]
    return lambda value: least <= len(value) <= most and match(value)


def _structure_check(shape: Shape) -> Check | None:
    required = tuple(shape.required_members)
    compiled = {name: compile_check(member) for name, member in shape.members.items()}
    checks = {name: _or_blank(shape, name, check) for name, check in compiled.items() if check}
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


def _or_blank(shape: Shape, name: str, check: Check) -> Check:
    """The check of a member of a structure, which may let an empty value through."""
    return (lambda value: value == "" or check(value)) if (shape.name, name) in BLANK else check


def _container_check(shape: Shape) -> Check:
    """A check of a list or a map: its length, each of its elements, and that none of them is null."""
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
    """AWS's messages for the violated constraints of a structure, in the order of the model's members.

    Paths are in lower camel case and count from one: ``schema.1.member.name``. ``hidden`` says that the structure is
    part of a sensitive value, so that no message shows a value.
    """
    for name, member in shape.members.items():
        where = path + name[0].lower() + name[1:]
        if value.get(name) == "" and (shape.name, name) in BLANK:
            continue
        if value.get(name) is not None:
            hides = hidden or (_sensitive(member) and (shape.name, name) not in SHOWN)
            yield from _own_violations(member, value[name], where, hidden=hides)
            yield from _inner_violations(member, value[name], where, hidden=hidden)
        elif name in shape.required_members:
            yield f"Value null at '{where}' failed to satisfy constraint: {NOT_NULL}"


def _own_violations(shape: Shape, value: Any, path: str, *, hidden: bool) -> Iterator[str]:
    for requirement, check in constraints(shape):
        if not check(value):
            yield _violation(shape, value, path, requirement, hidden=hidden)


def _inner_violations(shape: Shape, value: Any, path: str, *, hidden: bool) -> Iterator[str]:
    hidden = hidden or bool(shape.metadata.get("sensitive"))
    if shape.type_name == "structure" and not shape.is_document_type:
        yield from violations(shape, value, f"{path}.", hidden=hidden)
    hides = hidden or _sensitive(shape)
    for subject, element, elements in _parts(shape, value):
        requirement = _element_requirements(element, elements)
        if requirement:
            yield _violation(shape, value, path, f"{subject} must satisfy constraint: [{requirement}]", hidden=hides)
    for position, element, inner in _elements(shape, value):
        if inner is not None:
            yield from _inner_violations(element, inner, f"{path}.{position}.member", hidden=hidden)


def _parts(shape: Shape, value: Any) -> list[tuple[str, Shape, Iterable[Any]]]:
    """The parts of a container that AWS names in messages: the elements of a list, the keys and values of a map."""
    if shape.type_name == "list":
        return [("Member", shape.member, value)]
    if shape.type_name == "map":
        return [("Map keys", shape.key, value), ("Map value", shape.value, value.values())]
    return []


def _elements(shape: Shape, value: Any) -> list[tuple[object, Shape, Any]]:
    """The elements of a container, each with its position or key in a path, and its shape."""
    if shape.type_name == "list":
        return [(position, shape.member, element) for position, element in enumerate(value, 1)]
    if shape.type_name == "map":
        return [(key, shape.value, element) for key, element in value.items()]
    return []


def _element_requirements(shape: Shape, elements: Iterable[Any]) -> str:
    """All constraints of the elements if any of them is violated, otherwise nothing: AWS doesn't say which."""
    element_constraints = constraints(shape)
    null = None in elements
    if not null and all(check(element) for element in elements for _, check in element_constraints):
        return ""
    return ", ".join([requirement for requirement, _ in element_constraints] + [NOT_NULL] * null)


def _violation(shape: Shape, value: Any, path: str, requirement: str, *, hidden: bool) -> str:
    shown = "Value" if hidden else f"Value '{_java(shape, value)}'"
    return f"{shown} at '{path}' failed to satisfy constraint: {requirement}"


def _sensitive(shape: Shape) -> bool:
    """Whether a value of the shape is sensitive, or may contain a sensitive value."""
    if shape.metadata.get("sensitive"):
        return True
    if shape.type_name == "structure":
        return any(map(_sensitive, shape.members.values()))
    if shape.type_name == "map":
        return _sensitive(shape.key) or _sensitive(shape.value)
    return shape.type_name == "list" and _sensitive(shape.member)


def _java(shape: Shape, value: Any) -> str:
    """A value as Java's ``toString`` prints it."""
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
