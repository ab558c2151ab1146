"""Managed policies by their ARN: those of AWS's that tests name most, and those of another mock's IAM."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, NoReturn

from pytest_cognito.aws.arn import partition
from pytest_cognito.iam import elsewhere, identifiers
from pytest_cognito.iam.policies.documents import NamedPolicy, Policy, parse
from pytest_cognito.iam.records import MANAGED_POLICIES, ManagedPolicy
from pytest_cognito.kernel.errors import Unsupported
from pytest_cognito.world import Context


def _allowing(*actions: str) -> Mapping[str, Any]:
    return {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": list(actions), "Resource": "*"}],
    }


_LOGS: Final = ("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents")
_TRACES: Final = (
    *("xray:PutTraceSegments", "xray:PutTelemetryRecords"),
    *("xray:GetSamplingRules", "xray:GetSamplingTargets", "xray:GetSamplingStatisticSummaries"),
)
_OF_AWS: Final[Mapping[str, Mapping[str, Any]]] = {
    "AWSLambdaBasicExecutionRole": _allowing(*_LOGS),
    "AWSXRayDaemonWriteAccess": _allowing(*_TRACES),
    "AWSXrayWriteOnlyAccess": _allowing(*_TRACES),
    "AdministratorAccess": _allowing("*"),
    "AmazonS3FullAccess": _allowing("s3:*", "s3-object-lambda:*"),
    "AmazonS3ReadOnlyAccess": _allowing(
        *("s3:Get*", "s3:List*", "s3:Describe*", "s3-object-lambda:Get*", "s3-object-lambda:List*")
    ),
}
_ACCOUNT_OF_AWS: Final = "aws"


@cache
def _of_aws(arn: str) -> NamedPolicy | None:
    document = _OF_AWS.get(arn.rpartition("/")[2])
    return None if document is None else NamedPolicy(arn, parse(document))


def find_policy(context: Context, arn: str) -> NamedPolicy | None:
    """The managed policy with an ARN, or None. It may leave the step for a while (see `elsewhere.ask`).

    Raises `Unsupported` for a policy of AWS's whose document is not known here.
    """
    of_aws = arn.split(":")[4:5] == [_ACCOUNT_OF_AWS]
    known = _of_aws(arn) if of_aws else _of_account(context, arn)
    found = known or elsewhere.managed_policy(context, arn)
    if found is None and of_aws:
        raise _unknown(arn)
    return found


def attached_policy(context: Context, arn: str) -> NamedPolicy | None:
    """The managed policy with an ARN that a template attaches to a role, or None.

    One of AWS's whose document is not known here is `Unsupported` when it is first evaluated: most roles that have
    one are of functions, and nobody asks.
    """
    try:
        return find_policy(context, arn)
    except Unsupported:
        return NamedPolicy(arn, _Undisclosed((), False, arn))


def create_managed_policy(context: Context, name: str, policy: Policy, *, path: str = "/") -> ManagedPolicy:
    """Create a managed policy of the account."""
    arn = f"arn:{partition(context.region)}:iam::{context.account}:policy{path}{name}"
    created = ManagedPolicy(arn, identifiers.unique_id(context, "ANPA"), NamedPolicy(arn, policy), context.now())
    context.table(MANAGED_POLICIES).put(created)
    return created


def _of_account(context: Context, arn: str) -> NamedPolicy | None:
    found = context.table(MANAGED_POLICIES).get(arn)
    return None if found is None else found.policy


@dataclass(frozen=True)
class _Undisclosed(Policy):
    """A policy of AWS's whose document is not known here."""

    arn: str

    def find(self, *_: object) -> NoReturn:
        raise _unknown(self.arn)

    def closest(self, *_: object) -> NoReturn:
        raise _unknown(self.arn)


def _unknown(arn: str) -> Unsupported:
    return Unsupported(
        f"pytest-cognito does not know the document of {arn}: pass the document itself as a policy, or activate "
        "moto with MOTO_IAM_LOAD_MANAGED_POLICIES=true, which knows it"
    )
