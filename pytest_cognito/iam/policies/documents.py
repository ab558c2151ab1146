"""Policy documents: reading and checking them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pytest_cognito.iam.policies.malformed import MalformedPolicy
from pytest_cognito.iam.policies.statements import Policy, Statement
from pytest_cognito.iam.policies.syntax import SYNTAX, Kind, checked
from pytest_cognito.kernel import strict_json
from pytest_cognito.kernel.errors import UsageError

__all__ = ["MalformedPolicy", "NamedPolicy", "Policy", "Statement", "parse"]

_WITH_VARIABLES = "2012-10-17"


class NamedPolicy(NamedTuple):
    """A policy, with the name or the ARN by which a decision speaks of it."""

    name: str
    policy: Policy


def parse(document: str | Mapping[str, Any], *, trust: bool = False, resource: bool = False) -> Policy:
    """Read a policy document: JSON, or what JSON gives.

    One of an identity has no principals. ``trust`` is for one with principals and without resources, ``resource`` for
    that of a resource, which has both.

    Raises `MalformedPolicy` for a document that AWS refuses, and `UsageError` for what is no document.
    """
    kind = Kind.TRUST if trust else Kind.RESOURCE if resource else Kind.IDENTITY
    content = checked(_content(document), kind)
    variables = content.get("Version") == _WITH_VARIABLES
    statements = content["Statement"]
    listed = [statements] if isinstance(statements, Mapping) else statements
    return Policy(tuple(_statement(statement, variables) for statement in listed), variables)


def _content(document: object) -> object:
    if isinstance(document, Mapping):
        return document
    if not isinstance(document, str):
        raise UsageError(_no_document(document))
    try:
        return strict_json.UNREPEATED.decode(document)
    except RecursionError as error:
        raise MalformedPolicy(SYNTAX, "It is nested too deeply.") from error
    except ValueError as error:
        raise MalformedPolicy(SYNTAX, f"It is not JSON: {error}.") from error


def _no_document(document: object) -> str:
    if isinstance(document, Sequence) and not isinstance(document, bytes):
        return (
            "a policy is a dict or JSON text, and this is a list: give each policy by itself, or put a list of "
            'statements into {"Version": "2012-10-17", "Statement": [...]}'
        )
    return f"a policy is a dict or JSON text, such as {{'Version': ..., 'Statement': [...]}}, and not {document!r}"


def _statement(content: Mapping[str, Any], variables: bool) -> Statement:
    return Statement(
        effect=content["Effect"],
        sid=content.get("Sid") or None,
        actions=_texts(content.get("Action")),
        not_actions=_texts(content.get("NotAction")),
        resources=_texts(content.get("Resource")),
        not_resources=_texts(content.get("NotResource")),
        principals=_principals(content.get("Principal")),
        not_principals=_principals(content.get("NotPrincipal")),
        conditions=tuple(
            (operator, key, _values(values))
            for operator, keys in content.get("Condition", {}).items()
            for key, values in keys.items()
        ),
        variables=variables,
    )


def _texts(content: str | Sequence[str] | None) -> tuple[str, ...] | None:
    if content is None:
        return None
    return (content,) if isinstance(content, str) else tuple(content)


def _principals(content: str | Mapping[str, Any] | None) -> tuple[tuple[str, str], ...] | None:
    if content is None:
        return None
    if isinstance(content, str):
        return (("AWS", content),)
    return tuple((kind, value) for kind, values in content.items() for value in _texts(values) or ())


def _values(content: Any) -> tuple[str, ...]:
    return tuple(map(_value, content)) if isinstance(content, list | tuple) else (_value(content),)


def _value(content: object) -> str:
    return json.dumps(content) if isinstance(content, bool) else str(content)
