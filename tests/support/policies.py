"""Policy documents for tests: what is allowed, and who is trusted."""

from __future__ import annotations

from typing import Any

ASSUMING = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]


def allowing(*actions: str, resource: Any = "*", **more: Any) -> dict[str, Any]:
    """A policy that allows actions, by default on everything."""
    return _policy({"Effect": "Allow", "Action": list(actions), "Resource": resource, **more})


def denying(*actions: str, resource: Any = "*", **more: Any) -> dict[str, Any]:
    """A policy that denies actions, by default on everything."""
    return _policy({"Effect": "Deny", "Action": list(actions), "Resource": resource, **more})


def trusting(principal: Any, *actions: str, **more: Any) -> dict[str, Any]:
    """A trust policy. Without actions it is for AssumeRole with tags and a source identity."""
    given = {"AWS": principal} if isinstance(principal, str) else principal
    return _policy({"Effect": "Allow", "Principal": given, "Action": list(actions) or ASSUMING, **more})


def _policy(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}
