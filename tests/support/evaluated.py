"""Policies, principals and requests for the tests of policy evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito import iam

ACCOUNT = "123456789012"
OTHER_ACCOUNT = "999999999999"
NOTE = "arn:aws:s3:::notes/a/b.txt"

ALICE = iam.Principal(f"arn:aws:iam::{ACCOUNT}:user/alice", "AIDAALICEALICEALICE", ACCOUNT, "User", username="alice")
ROOT = iam.Principal(f"arn:aws:iam::{ACCOUNT}:root", ACCOUNT, ACCOUNT, "Account")
SESSION = iam.Principal(
    f"arn:aws:sts::{ACCOUNT}:assumed-role/app/session",
    "AROAAPPAPPAPPAPPAPP:session",
    ACCOUNT,
    "AssumedRole",
    role_arn=f"arn:aws:iam::{ACCOUNT}:role/app",
)
ANONYMOUS = iam.Principal("anonymous", "anonymous", "", "Anonymous")

ALLOW_ALL = {"Effect": "Allow", "Action": "*", "Resource": "*"}
DENY_ALL = {"Effect": "Deny", "Action": "*", "Resource": "*"}

Keys = Mapping[str, Any]


def document(*statements: Mapping[str, Any], version: str | None = "2012-10-17") -> dict[str, Any]:
    return {**({"Version": version} if version else {}), "Statement": list(statements)}


def named(name: str, *statements: Mapping[str, Any], version: str | None = "2012-10-17") -> iam.NamedPolicy:
    return iam.NamedPolicy(name, iam.parse(document(*statements, version=version)))


def of_resource(*statements: Mapping[str, Any]) -> iam.NamedPolicy:
    return iam.NamedPolicy("bucket", iam.parse(document(*statements), resource=True))


def trusting(*statements: Mapping[str, Any]) -> iam.NamedPolicy:
    return iam.NamedPolicy("trust", iam.parse(document(*statements), trust=True))


def decide(
    statement: Mapping[str, Any],
    *,
    principal: iam.Principal = ALICE,
    action: str = "s3:GetObject",
    resource: str = NOTE,
    keys: Keys | None = None,
    version: str | None = "2012-10-17",
) -> iam.Decision:
    """The decision that one statement of the caller's own policy comes to."""
    request = iam.Request(principal, action, resource, keys or {})
    return iam.evaluate(request, iam.Policies((named("policy", statement, version=version),)))


def allows(element: Mapping[str, Any], **request: Any) -> bool:
    """Whether a statement that allows everything does so with another element."""
    statement = dict(ALLOW_ALL)
    for name in element:
        statement.pop(name.removeprefix("Not"), None)
    return bool(decide({**statement, **element}, **request))
