"""Managed policies by their ARN: those of AWS's that tests name most, and those of another mock's IAM."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from pytest_cognito.iam import elsewhere
from pytest_cognito.iam.policies.documents import NamedPolicy, parse
from pytest_cognito.kernel.errors import Unsupported
from pytest_cognito.world import Context


def _allowing(*actions: str) -> Mapping[str, Any]:
    return {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": list(actions), "Resource": "*"}],
    }


_OF_AWS: Final[Mapping[str, Mapping[str, Any]]] = {
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
    known = _of_aws(arn) if of_aws else None
    found = known or elsewhere.managed_policy(context, arn)
    if found is None and of_aws:
        raise Unsupported(
            f"pytest-cognito does not know the document of {arn}: pass the document itself as a policy, or activate "
            "moto with MOTO_IAM_LOAD_MANAGED_POLICIES=true, which knows it"
        )
    return found
