"""AssumeRoot: privileged tasks of the root users of member accounts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from moto.iam.aws_managed_policies import aws_managed_policies_data

from pytest_cognito import Cognito, iam
from pytest_cognito.sts.rules import root_tasks
from tests.support.clients import client
from tests.support.policies import allowing
from tests.support.refusals import Refusal, refusal

if TYPE_CHECKING:
    from types_boto3_sts import STSClient

MEMBER = "222222222222"
ROOT = f"arn:aws:iam::{MEMBER}:root"
FOLDER = "arn:aws:iam::aws:policy/root-task/"


def task(name: str = "S3UnlockBucketPolicy") -> dict[str, Any]:
    return {"TargetPrincipal": MEMBER, "TaskPolicyArn": {"arn": f"{FOLDER}{name}"}}


@pytest.mark.parametrize("target", [MEMBER, ROOT])
def test_a_session_of_a_root_user(cognito: Cognito, cognito_sts: STSClient, as_session: Any, target: str) -> None:
    answer = cognito_sts.assume_root(**{**task(), "TargetPrincipal": target})

    assert set(answer) >= {"Credentials"}
    assert "PackedPolicySize" not in answer
    left = answer["Credentials"]["Expiration"].timestamp() - cognito.clock.timestamp()
    assert abs(left - 900) <= 1
    caller = as_session(answer["Credentials"]).get_caller_identity()
    assert (caller["Arn"], caller["UserId"], caller["Account"]) == (ROOT, MEMBER, MEMBER)


@pytest.mark.parametrize(
    ("name", "allowed", "resource"),
    [
        ("IAMAuditRootUserCredentials", "iam:ListAccessKeys", ROOT),
        ("IAMCreateRootUserPassword", "iam:CreateLoginProfile", ROOT),
        ("IAMDeleteRootUserCredentials", "iam:DeactivateMFADevice", ROOT),
        ("S3UnlockBucketPolicy", "s3:DeleteBucketPolicy", "arn:aws:s3:::locked"),
        ("SQSUnlockQueuePolicy", "sqs:SetQueueAttributes", f"arn:aws:sqs:us-east-1:{MEMBER}:locked"),
    ],
)
def test_a_session_is_for_its_task(
    cognito: Cognito, cognito_sts: STSClient, name: str, allowed: str, resource: str
) -> None:
    credentials = cognito.iam.credentials(cognito_sts.assume_root(**task(name)))

    assert credentials.can(allowed, resource)
    assert not credentials.can("s3:GetObject", "arn:aws:s3:::locked/a.txt")
    if resource == ROOT:
        assert not credentials.can(allowed, f"arn:aws:iam::{MEMBER}:user/alice")


def test_the_task_s_documents_are_those_of_aws() -> None:
    """moto has a copy of AWS's managed policies."""
    documents = json.loads(aws_managed_policies_data)
    for name, document in documents.items():
        if document["Path"] == "/root-task/":
            found = root_tasks.policy(f"{FOLDER}{name}")
            assert found is not None
            ours = {_without_sid(each) for each in found.policy.statements}
            assert ours == {_without_sid(each) for each in iam.parse(document["Document"]).statements}


def _without_sid(statement: Any) -> tuple[object, ...]:
    lists = (statement.actions, statement.not_actions, statement.resources, statement.not_resources)
    return (statement.effect, *(frozenset(each or ()) for each in lists), repr(statement.conditions))


@pytest.mark.parametrize(
    "changed",
    [
        {"TargetPrincipal": "2" * 13},
        {"TargetPrincipal": f"{ROOT}s"},
        {"TargetPrincipal": f"{MEMBER}:root"},
        {"TaskPolicyArn": {"arn": "arn:aws:iam::aws:policy/AdministratorAccess"}},
        {"TaskPolicyArn": {}},
        {"DurationSeconds": 901},
    ],
)
def test_what_is_not_valid(cognito_sts: STSClient, changed: dict[str, Any]) -> None:
    assert refusal(cognito_sts.assume_root, **{**task(), **changed}).code == "ValidationError"


def test_a_duration_of_nothing(cognito_sts: STSClient, as_session: Any) -> None:
    given = cognito_sts.assume_root(**task(), DurationSeconds=0)["Credentials"]

    assert refusal(as_session(given).get_caller_identity).code == "ExpiredToken"


def test_who_may_assume_root(cognito: Cognito) -> None:
    def refused(arn: str, account: str, reason: str) -> Refusal:
        root = f"arn:aws:iam::{account}:root"
        asked = f"User: {arn} is not authorized to perform: sts:AssumeRoot on resource: {root}"
        return Refusal("AccessDenied", f"{asked}{reason}")

    one_task = {"StringEquals": {"sts:TaskPolicyArn": f"{FOLDER}S3UnlockBucketPolicy"}}
    ann = cognito.iam.create_user("ann", [allowing("sts:AssumeRoot", Condition=one_task)])
    eve = cognito.iam.create_user("eve", [allowing("sts:AssumeRoot")], account="333333333333")
    by_ann, by_eve = ann.session().client("sts"), eve.session().client("sts")

    assert by_ann.assume_root(**task())["Credentials"]
    none = " because no identity-based policy allows the sts:AssumeRoot action"
    assert refusal(by_ann.assume_root, **task("SQSUnlockQueuePolicy")) == refused(ann.arn, MEMBER, none)
    assert refusal(by_eve.assume_root, **task()) == refused(eve.arn, MEMBER, "")
    own = {**task(), "TargetPrincipal": "123456789012"}
    assert refusal(by_ann.assume_root, **own) == refused(ann.arn, "123456789012", "")
    root = cognito.iam.create_root_user().session().client("sts")
    assert refusal(root.assume_root, **task()).code == "AccessDenied"


def test_the_source_identity_stays(cognito: Cognito, as_session: Any) -> None:
    role = cognito.create_role("app", policies=[allowing("sts:AssumeRoot")])

    answer = role.assume(SourceIdentity="ann").session().client("sts").assume_root(**task())

    assert answer["SourceIdentity"] == "ann"
    assert cognito.iam.credentials(answer).can("s3:PutBucketPolicy", "arn:aws:s3:::locked")


def test_not_on_the_global_endpoint(cognito: Cognito) -> None:
    everywhere = client("sts", region_name="us-east-1", endpoint_url="https://sts.amazonaws.com")
    cognito.faults.slow_down("AssumeRoot", seconds=0.001, times=1)

    for sts in (everywhere, client("sts", region_name="aws-global")):
        refused = refusal(sts.assume_root, **task())
        assert refused == Refusal("AccessDenied", "AssumeRoot is not available on the global endpoint of STS")
    assert everywhere.get_caller_identity()["Account"] == "123456789012"


def test_a_root_session_assumes_no_role(cognito: Cognito, cognito_sts: STSClient, as_session: Any) -> None:
    sts = as_session(cognito_sts.assume_root(**task())["Credentials"])
    role = cognito.create_role("app", trust=MEMBER)

    assert refusal(sts.assume_role, RoleArn=role.arn, RoleSessionName="session") == Refusal(
        "AccessDenied", "Roles may not be assumed by root accounts."
    )
