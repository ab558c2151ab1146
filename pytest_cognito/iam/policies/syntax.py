"""What AWS checks of a policy document when it is saved."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Any, NoReturn

from pytest_cognito.iam.policies.conditions import OPERATORS, named
from pytest_cognito.iam.policies.malformed import MalformedPolicy
from pytest_cognito.iam.policies.values import moment

SYNTAX = "Syntax errors in policy."
LEGACY = "The policy failed legacy parsing"
SID_UNIQUE = "Statement IDs (SID) in a single policy must be unique."
ACTIONS_REQUIRED = "Policy statement must contain actions."
RESOURCES_REQUIRED = "Policy statement must contain resources."
VENDOR_MISSING = "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."
ONE_COLON = "Actions/Condition can contain only one colon."
VENDOR_INVALID = "Vendor {} is not valid"
NO_ARN = 'Resource {} must be in ARN format or "*".'
SERVICE_WILD = "Resource vendor must be fully qualified and cannot contain regexes."
PRINCIPAL_PROHIBITED = "Policy document should not specify a principal."
RESOURCE_PROHIBITED = "Has prohibited field Resource"
PRINCIPAL_REQUIRED = "Missing required field Principal"
STS_ONLY = "AssumeRole policy may only specify STS AssumeRole actions."
PRINCIPAL_INVALID = 'Invalid principal in policy: "{}":"{}"'
SID_INVALID = (
    "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*"
)

_TOP = ("Version", "Id", "Statement")
_ELEMENTS = (
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
)
_VERSIONS = ("2012-10-17", "2008-10-17")
_PRINCIPALS = ("AWS", "Federated", "Service", "CanonicalUser")
_VENDOR = re.compile(r"[A-Za-z0-9\-.]+|\*")
_SID = re.compile(r"[0-9A-Za-z]*")
_AWS_PRINCIPAL = re.compile(
    r"\*|\d{12}|A[A-Z]{3}[A-Z0-9]{12,124}"
    r"|arn:[\w-]+:iam::\d{12}:(?:root|(?:user|role)/[^*?]+)"
    r"|arn:[\w-]+:sts::\d{12}:(?:assumed-role/[^*?]+/[^*?]+|federated-user/[^*?]+|self)"
)


class Kind(Enum):
    """What a policy is for."""

    IDENTITY = "identity"
    RESOURCE = "resource"
    TRUST = "trust"


def checked(content: object, kind: Kind) -> Mapping[str, Any]:
    """The content of a document; raises `MalformedPolicy` if AWS refuses it."""
    if not isinstance(content, Mapping):
        _refuse(SYNTAX, "A policy is an object with Version and Statement.")
    _check_names(content, _TOP, "A policy")
    if "Version" in content and content["Version"] not in _VERSIONS:
        _refuse(SYNTAX, f"Version is {content['Version']!r}, and is '2012-10-17' or, without variables, '2008-10-17'.")
    if not isinstance(content.get("Id", ""), str):
        _refuse(SYNTAX, "Id is text.")
    statements = _statements(content)
    for place, statement in statements:
        _check_syntax(place, statement)
    for place, statement in statements:
        _check_legacy(place, statement)
    _check_sids(statements, kind)
    for place, statement in statements:
        _check_actions(place, statement, kind)
        _check_resources(place, statement, kind)
        _check_principals(place, statement, kind)
    return content


def _refuse(message: str, help: str) -> NoReturn:
    raise MalformedPolicy(message, help)


def _statements(content: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """The statements, each with what an error calls it."""
    statements = content.get("Statement")
    if isinstance(statements, Mapping):
        return [("The statement", statements)]
    if not isinstance(statements, list | tuple) or not statements:
        _refuse(SYNTAX, "Statement is an object, or a list of at least one.")
    return [(f"Statement {index}", statement) for index, statement in enumerate(statements)]


def _check_names(content: Mapping[str, Any], known: Sequence[str], place: str) -> None:
    for name in content:
        if name not in known:
            close = difflib.get_close_matches(str(name).capitalize(), known, 1, 0.5)
            meant = f"did you mean {close[0]}?" if close else f"there are {', '.join(known)}."
            _refuse(SYNTAX, f"{place} has no {name}: {meant}")


def _check_syntax(place: str, statement: object) -> None:
    if not isinstance(statement, Mapping):
        _refuse(SYNTAX, f"{place} is an object.")
    _check_names(statement, _ELEMENTS, place)
    for one, other in (("Action", "NotAction"), ("Resource", "NotResource"), ("Principal", "NotPrincipal")):
        if one in statement and other in statement:
            _refuse(SYNTAX, f"{place} has both {one} and {other}.")
    if str(statement.get("Effect", "")).lower() not in ("allow", "deny"):
        _refuse(SYNTAX, f"{place} has the Effect {statement.get('Effect')!r}: it is 'Allow' or 'Deny'.")
    if not isinstance(statement.get("Sid", ""), str):
        _refuse(SYNTAX, f"{place}: Sid is text.")
    for name in ("Action", "NotAction", "Resource", "NotResource"):
        if name in statement and not _is_texts(statement[name]):
            _refuse(SYNTAX, f"{place}: {name} is text, or a list of texts.")
    _check_conditions(place, statement.get("Condition", {}))


def _is_texts(content: object) -> bool:
    return isinstance(content, str) or (
        isinstance(content, list | tuple) and all(isinstance(each, str) for each in content)
    )


def _check_conditions(place: str, conditions: object) -> None:
    if not isinstance(conditions, Mapping):
        _refuse(SYNTAX, f"{place}: Condition is an object of operators: {{'StringEquals': {{'aws:username': 'a'}}}}.")
    for operator, keys in conditions.items():
        if named(str(operator)) is None:
            close = difflib.get_close_matches(str(operator).lower(), OPERATORS, 1)
            meant = f" Did you mean {OPERATORS[close[0]].name}?" if close else ""
            _refuse(SYNTAX, f"{place}: {operator} is no operator of conditions.{meant}")
        if not isinstance(keys, Mapping):
            _refuse(SYNTAX, f"{place}: {operator} has an object of condition keys and their values.")
        for key, values in keys.items():
            listed = values if isinstance(values, list | tuple) else (values,)
            if not all(isinstance(value, str | int | float) for value in listed):
                _refuse(SYNTAX, f"{place}: {operator} has a value of {key} that is no text, number or boolean.")


def _check_legacy(place: str, statement: Mapping[str, Any]) -> None:
    if statement["Effect"] not in ("Allow", "Deny"):
        _refuse(LEGACY, f"{place}: case matters in the Effect {statement['Effect']}.")
    for operator, keys in statement.get("Condition", {}).items():
        known = named(operator)
        if known is None or not known.operator.name.startswith("Date"):
            continue
        for value in (value for values in keys.values() for value in _list(values)):
            if moment(str(value)) is None:
                _refuse(LEGACY, f"{place}: {operator} has {value!r}, and wants a date such as '2030-01-31T00:00:00Z'.")


def _check_sids(statements: Iterable[tuple[str, Mapping[str, Any]]], kind: Kind) -> None:
    seen = set()
    for place, statement in statements:
        sid = statement.get("Sid")
        if not sid:
            continue
        if sid in seen:
            _refuse(SID_UNIQUE, f"{place} has the Sid {sid} of another.")
        if kind is not Kind.RESOURCE and not _SID.fullmatch(sid):
            _refuse(SID_INVALID, f"{place} has the Sid {sid!r}.")
        seen.add(sid)


def _check_actions(place: str, statement: Mapping[str, Any], kind: Kind) -> None:
    actions = _list(statement.get("Action", statement.get("NotAction", ())))
    if not actions:
        _refuse(ACTIONS_REQUIRED, f"{place} has neither Action nor NotAction.")
    for action in actions:
        vendor, colon, name = action.partition(":")
        if not colon and vendor != "*":
            _refuse(
                VENDOR_MISSING, f"{place} has the action {action!r}: write the service before it, as in 's3:{action}'."
            )
        if ":" in name:
            _refuse(ONE_COLON, f"{place} has the action {action!r}.")
        if not _VENDOR.fullmatch(vendor):
            _refuse(VENDOR_INVALID.format(vendor), f"{place} has the action {action!r}.")
        if kind is Kind.TRUST and vendor.lower() != "sts":
            _refuse(STS_ONLY, f"{place} has the action {action!r}.")


def _check_resources(place: str, statement: Mapping[str, Any], kind: Kind) -> None:
    resources = _list(statement.get("Resource", statement.get("NotResource", ())))
    if kind is Kind.TRUST:
        if "Resource" in statement or "NotResource" in statement:
            _refuse(RESOURCE_PROHIBITED, f"{place}: a trust policy is about its own role.")
        return
    if not resources:
        _refuse(RESOURCES_REQUIRED, f"{place} has neither Resource nor NotResource.")
    if kind is Kind.IDENTITY:
        for resource in resources:
            _check_resource(place, resource)


def _check_resource(place: str, resource: str) -> None:
    if resource == "*":
        return
    parts = resource.split(":", 5)
    if parts[0] != "arn" or len(parts) == 1:
        _refuse(NO_ARN.format(resource), f"{place}: an ARN is arn:aws:service:region:account:resource.")
    if len(parts) > 2 and ("*" in parts[2] or "?" in parts[2]):
        _refuse(SERVICE_WILD, f"{place} has the resource {resource}.")
    if len(parts) == 2:
        _refuse(SERVICE_WILD, f"{place} has the resource {resource}.")


def _check_principals(place: str, statement: Mapping[str, Any], kind: Kind) -> None:
    name = "Principal" if "Principal" in statement else "NotPrincipal"
    principals = statement.get(name)
    if kind is Kind.IDENTITY:
        if principals is not None:
            _refuse(PRINCIPAL_PROHIBITED, f"{place}: whoever has the policy is meant.")
        return
    if principals is None:
        _refuse(PRINCIPAL_REQUIRED, f"{place} has neither Principal nor NotPrincipal.")
    if principals == "*":
        return
    if not isinstance(principals, Mapping) or not principals:
        _refuse(SYNTAX, f"{place}: {name} is '*' or an object such as {{'AWS': '123456789012'}}.")
    for kind_of_principal, value in _pairs(principals, place):
        if kind_of_principal == "AWS" and not _AWS_PRINCIPAL.fullmatch(value):
            _refuse(
                PRINCIPAL_INVALID.format(kind_of_principal, value),
                f"{place}: AWS names an account, user, role or session by ARN, or is '*', without other wildcards.",
            )


def _pairs(principals: Mapping[str, Any], place: str) -> Iterator[tuple[str, str]]:
    for kind, values in principals.items():
        if kind not in _PRINCIPALS:
            _refuse(SYNTAX, f"{place} has no principals {kind}: there are {', '.join(_PRINCIPALS)}.")
        if not _is_texts(values):
            _refuse(SYNTAX, f"{place}: {kind} is text, or a list of texts.")
        for value in _list(values):
            yield kind, value


def _list(content: Any) -> Sequence[Any]:
    return content if isinstance(content, list | tuple) else (content,)
