"""What an authorization message says of a decision, in AWS's form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pytest_cognito import iam
from pytest_cognito.iam import Decision, Principal


def content(decision: Decision) -> dict[str, Any]:
    """Whether a call was allowed, which statements matched, and what was asked: who, what, and the condition keys."""
    request = decision.request
    return {
        "allowed": decision.allowed,
        "explicitDeny": decision.explicit,
        "matchedStatements": {"items": [_statement(ground, request.principal) for ground in decision.grounds]},
        "failures": {"items": []},
        "context": {
            "principal": _principal(request.principal),
            "action": request.action,
            "resource": request.resource,
            "conditions": {"items": [_key(name, value) for name, value in sorted(request.keys.items())]},
        },
    }


def _principal(principal: Principal) -> dict[str, str]:
    name = {"name": principal.username} if principal.username else {}
    return {"id": principal.user_id, **name, "arn": principal.arn}


def _statement(ground: iam.Ground, principal: Principal) -> dict[str, Any]:
    statement = ground.statement
    return {
        "statementId": statement.sid or "",
        "effect": statement.effect.upper(),
        "principals": _items([principal.user_id.partition(":")[0]]),
        "principalGroups": _items(()),
        "actions": _items(statement.actions or statement.not_actions or ()),
        "resources": _items(statement.resources or statement.not_resources or ()),
        "conditions": {"items": [_key(key, values) for _, key, values in statement.conditions]},
    }


def _key(name: str, value: str | Iterable[str]) -> Mapping[str, Any]:
    return {"key": name, "values": _items([value] if isinstance(value, str) else value)}


def _items(values: Iterable[str]) -> dict[str, Any]:
    return {"items": [{"value": value} for value in values]}
