"""Web identities: the provider that a role trusts, and what a trust policy for one looks like."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from tests.support.refusals import Refusal

ISSUER = "https://idp.example.com"
PROVIDER = "arn:aws:iam::123456789012:oidc-provider/idp.example.com"
DENIED = Refusal("AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity")
Assume: TypeAlias = Callable[..., Any]


def trusting(provider: str, **condition: Any) -> dict[str, Any]:
    actions = ["sts:AssumeRoleWithWebIdentity", "sts:TagSession", "sts:SetSourceIdentity"]
    statement = {"Effect": "Allow", "Principal": {"Federated": provider}, "Action": actions, "Condition": condition}
    return {"Version": "2012-10-17", "Statement": [statement]}
