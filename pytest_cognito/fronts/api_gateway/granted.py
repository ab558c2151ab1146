"""What a Lambda authorizer returns: a policy, and what the application is told of the caller."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pytest_cognito import iam


class Malformed(Exception):
    """A result of a Lambda authorizer that API Gateway can't use, and why."""


@dataclass(frozen=True, slots=True)
class Granted:
    """The result of a Lambda authorizer of a REST or WebSocket API."""

    principal_id: str
    policy: iam.Policy
    context: Mapping[str, str]
    usage_key: str | None

    @classmethod
    def of(cls, result: Any) -> Granted:
        """The result, if it is one. Raises `Malformed`."""
        members = members_of(result)
        principal, policy = principal_and_policy(members)
        key = members.get("usageIdentifierKey")
        if key is not None and not isinstance(key, str):
            raise Malformed("usageIdentifierKey is no text")
        return cls(principal, policy, _as_text(context_of(members)), key)


def members_of(result: Any) -> Mapping[str, Any]:
    """The members of a result. Raises `Malformed` for what has none."""
    if not isinstance(result, Mapping):
        raise Malformed(f"it is no object, but of the type {type(result).__name__}")
    return result


def principal_and_policy(result: Mapping[str, Any]) -> tuple[str, iam.Policy]:
    """Whom a result is about, and the policy that holds for them. Raises `Malformed`."""
    principal = result.get("principalId")
    if not isinstance(principal, str) or not principal:
        raise Malformed("principalId is no text")
    document = result.get("policyDocument")
    if not isinstance(document, Mapping):
        raise Malformed("policyDocument is no object")
    try:
        return principal, iam.parse(document)
    except iam.MalformedPolicy as error:
        raise Malformed(f"policyDocument is no policy: {error}") from error


def context_of(result: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the application is told of the caller. Raises `Malformed`."""
    context = result.get("context") or {}
    if not isinstance(context, Mapping):
        raise Malformed("context is no object")
    return context


def _as_text(context: Mapping[str, Any]) -> dict[str, str]:
    """The context as the application gets it: text. Lists and objects are not taken."""
    for name, value in context.items():
        if isinstance(value, list | dict):
            raise Malformed(f"context has a list or an object, {name}, and takes text, numbers and truth values")
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in context.items()
        if value is not None
    }
