"""The privileged tasks of root users of member accounts, each with the policy of AWS's that limits a session to it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from pytest_cognito import iam

MOST_SECONDS: Final = 900
_FOLDER: Final = "arn:aws:iam::aws:policy/root-task/"
_ROOT: Final = "arn:aws:iam::*:root"
_AUDIT: Final = (
    *("iam:ListAccessKeys", "iam:ListSigningCertificates", "iam:GetLoginProfile", "iam:ListMFADevices"),
    *("iam:GetUser", "iam:GetAccessKeyLastUsed"),
)
_DELETE: Final = (
    *("iam:DeleteAccessKey", "iam:DeleteSigningCertificate", "iam:DeleteLoginProfile", "iam:DeactivateMFADevice"),
    "iam:DeleteVirtualMFADevice",
)
_QUEUES: Final = ("sqs:SetQueueAttributes", "sqs:GetQueueAttributes", "sqs:ListQueues", "sqs:GetQueueUrl")
_BUCKETS: Final = ("s3:DeleteBucketPolicy", "s3:PutBucketPolicy", "s3:GetBucketPolicy", "s3:ListAllMyBuckets")


def _deny(**statement: Any) -> Mapping[str, Any]:
    return {"Effect": "Deny", **statement}


def _document(*statements: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"Version": "2012-10-17", "Statement": statements}


def _of_root_user(actions: tuple[str, ...], *others: str) -> Mapping[str, Any]:
    """Nothing but actions on the root user, and others on what is not one."""
    return _document(_deny(NotAction=[*actions, *others], Resource="*"), _deny(Action=list(actions), NotResource=_ROOT))


def _by_root_user(actions: tuple[str, ...], *more: Mapping[str, Any]) -> Mapping[str, Any]:
    """Nothing but actions, and those by the root user alone."""
    others = {"StringNotLike": {"aws:PrincipalArn": _ROOT}}
    return _document(
        _deny(NotAction=list(actions), Resource="*"),
        *more,
        _deny(Action=list(actions), Resource="*", Condition=others),
    )


_OF_ANOTHER_ACCOUNT: Final = _deny(
    Action=["sqs:GetQueueAttributes"],
    Resource="arn:aws:sqs:*:*:*",
    Condition={"StringNotEqualsIfExists": {"aws:ResourceAccount": ["${aws:PrincipalAccount}"]}},
)
_DOCUMENTS: Final[Mapping[str, Mapping[str, Any]]] = {
    "IAMAuditRootUserCredentials": _of_root_user(_AUDIT, "iam:GetAccountSummary"),
    "IAMCreateRootUserPassword": _of_root_user(("iam:CreateLoginProfile", "iam:GetLoginProfile")),
    "IAMDeleteRootUserCredentials": _of_root_user((*_DELETE, *_AUDIT)),
    "S3UnlockBucketPolicy": _by_root_user(_BUCKETS),
    "SQSUnlockQueuePolicy": _by_root_user(_QUEUES, _OF_ANOTHER_ACCOUNT),
}


@cache
def policy(arn: str) -> iam.NamedPolicy | None:
    """The policy of a task by its ARN; None for another. It denies all else, and allows nothing by itself."""
    document = _DOCUMENTS.get(arn.removeprefix(_FOLDER)) if arn.startswith(_FOLDER) else None
    return None if document is None else iam.NamedPolicy(arn, iam.parse(document))
