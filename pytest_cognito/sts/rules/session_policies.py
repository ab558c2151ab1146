"""Session policies of a request: the inline one, and the managed ones that it names."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pytest_cognito import iam
from pytest_cognito.sts import errors

INLINE = "the inline policy"
MOST_MANAGED = 10


def session_policies(
    policy: str | None, arns: Sequence[str], account: str, find: Callable[[str], iam.NamedPolicy | None]
) -> tuple[iam.NamedPolicy, ...]:
    """The policies of a request, which act as one set. ``find`` gives a managed policy by its ARN.

    Raises ``MalformedPolicyDocument``, and a ``ValidationError`` for a managed policy that does not exist, or is
    neither AWS's nor of the ``account``.
    """
    if len(arns) > MOST_MANAGED:
        raise errors.POLICIES_TOO_MANY()
    inline = () if policy is None else (iam.NamedPolicy(INLINE, parsed(policy)),)
    return (*inline, *(_managed(arn, account, find) for arn in arns))


def parsed(policy: str) -> iam.Policy:
    """A policy document, or AWS's error for a malformed one."""
    try:
        return iam.parse(policy)
    except iam.MalformedPolicy as error:
        raise errors.POLICY_MALFORMED(reason=str(error)) from error


def _managed(arn: str, account: str, find: Callable[[str], iam.NamedPolicy | None]) -> iam.NamedPolicy:
    parts = arn.split(":", 5)
    if len(parts) < 6 or parts[0] != "arn" or parts[2] != "iam" or not parts[5].startswith("policy/"):
        raise errors.POLICY_ARN_INVALID(arn=arn)
    found = find(arn) if parts[4] in ("aws", account) else None
    if found is None:
        raise errors.POLICY_NOT_FOUND(arn=arn)
    return found
