"""Roles, users and sessions of moto's, which a test has made there through boto3."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws

from pytest_cognito import Cognito
from pytest_cognito.kernel.errors import Unsupported, UsageError
from tests.support.clients import client
from tests.support.policies import allowing, trusting
from tests.support.refusals import refusal

from .conftest import DEVELOPER, Assume, denied

if TYPE_CHECKING:
    from types_boto3_sts import STSClient

ROOT = "arn:aws:iam::123456789012:root"
ASSUMING = json.dumps(allowing("sts:AssumeRole"))


@pytest.fixture
def iam(cognito: Cognito) -> Iterator[Any]:
    """A client of moto's IAM."""
    with mock_aws():
        yield boto3.client("iam")


def make_role(iam: Any, name: str, trust: Any, **settings: Any) -> str:
    answer = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust), **settings)
    return str(answer["Role"]["Arn"])


def make_user(iam: Any, name: str) -> Any:
    """A client of STS with the access key of a new user."""
    iam.create_user(UserName=name)
    key = iam.create_access_key(UserName=name)["AccessKey"]
    return client("sts", aws_access_key_id=key["AccessKeyId"], aws_secret_access_key=key["SecretAccessKey"])


def test_the_trust_policy_of_a_role_of_moto_s(iam: Any, assume: Assume) -> None:
    trusted = make_role(iam, "app", trusting(ROOT), Path="/service/", MaxSessionDuration=7200)
    other = make_role(iam, "other", trusting("arn:aws:iam::999999999999:root"))

    answer = assume(trusted, DurationSeconds=7200)

    role_id = iam.get_role(RoleName="app")["Role"]["RoleId"]
    assert answer["AssumedRoleUser"]["AssumedRoleId"] == f"{role_id}:session"
    assert refusal(assume, role=trusted, DurationSeconds=7201).code == "ValidationError"
    assert refusal(assume, role=other) == denied(DEVELOPER, other)


def test_policies_of_a_role_of_moto_s(iam: Any, assume: Assume, as_session: Any) -> None:
    inline, attached, limited, none = (
        make_role(iam, name, trusting(ROOT)) for name in ("inline", "attached", "limited", "none")
    )
    managed = iam.create_policy(PolicyName="assuming", PolicyDocument=ASSUMING)["Policy"]["Arn"]
    boundary = iam.create_policy(PolicyName="b", PolicyDocument=json.dumps(allowing("s3:*")))["Policy"]["Arn"]
    iam.put_role_policy(RoleName="inline", PolicyName="assuming", PolicyDocument=ASSUMING)
    iam.attach_role_policy(RoleName="attached", PolicyArn=managed)
    iam.attach_role_policy(RoleName="limited", PolicyArn=managed)
    iam.put_role_permissions_boundary(RoleName="limited", PermissionsBoundary=boundary)

    for role in (inline, attached):
        assert assume(none, by=as_session(assume(role)["Credentials"]))["Credentials"]
    for role in (limited, none):
        session = f"arn:aws:sts::123456789012:assumed-role/{role.rpartition('/')[2]}/session"
        by = as_session(assume(role)["Credentials"])
        assert refusal(assume, role=inline, by=by) == denied(session, inline)


def test_a_managed_policy_of_moto_s_as_session_policy(iam: Any, assume: Assume, as_session: Any) -> None:
    role = make_role(iam, "app", trusting(ROOT))
    iam.put_role_policy(RoleName="app", PolicyName="assuming", PolicyDocument=ASSUMING)
    narrow = iam.create_policy(PolicyName="n", PolicyDocument=json.dumps(allowing("s3:*")))["Policy"]["Arn"]
    by = as_session(assume(role, PolicyArns=[{"arn": narrow}])["Credentials"])

    assert refusal(assume, role=role, by=by) == denied("arn:aws:sts::123456789012:assumed-role/app/session", role)


def test_a_user_of_moto_s(iam: Any, assume: Assume) -> None:
    role = make_role(iam, "app", trusting(ROOT))
    alice, bob = make_user(iam, "alice"), make_user(iam, "bob")
    iam.create_group(GroupName="assuming")
    iam.put_group_policy(GroupName="assuming", PolicyName="assuming", PolicyDocument=ASSUMING)
    iam.add_user_to_group(GroupName="assuming", UserName="alice")

    user = iam.get_user(UserName="alice")["User"]
    assert alice.get_caller_identity()["Arn"] == user["Arn"]
    assert alice.get_caller_identity()["UserId"] == user["UserId"]
    assert assume(role, by=alice)["Credentials"]
    assert refusal(assume, role=role, by=bob) == denied("arn:aws:iam::123456789012:user/bob", role)


def test_a_role_of_the_world_s_stands_before_moto_s(cognito: Cognito, iam: Any, assume: Assume) -> None:
    make_role(iam, "app", trusting("arn:aws:iam::999999999999:root"))
    role = cognito.create_role("app")

    assert assume(role)["AssumedRoleUser"]["AssumedRoleId"] == f"{role.id}:session"


def test_a_role_that_exists_nowhere_is_moto_s(cognito: Cognito, iam: Any, assume: Assume, as_session: Any) -> None:
    answer = assume("arn:aws:iam::123456789012:role/nowhere")

    assert answer["AssumedRoleUser"]["Arn"] == "arn:aws:sts::123456789012:assumed-role/nowhere/session"
    assert len(cognito.calls) == 0
    caller = as_session(answer["Credentials"]).get_caller_identity()
    assert (caller["Account"], caller["Arn"]) == ("123456789012", answer["AssumedRoleUser"]["Arn"])


def test_a_role_whose_trust_policy_stands_in_for_one_is_moto_s(iam: Any, assume: Assume) -> None:
    for name, document in {"text": "some policy", "empty": "{}", "nothing": '{"Statement": []}'}.items():
        role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document)["Role"]["Arn"]

        assert assume(role)["Credentials"]


def test_a_trust_policy_that_aws_refuses_is_an_error_that_names_it(iam: Any, assume: Assume) -> None:
    role = make_role(iam, "app", trusting(ROOT, Resource="*"))

    with pytest.raises(UsageError, match=r"AWS refuses .* the trust policy of app: Has prohibited field Resource\."):
        assume(role)


@pytest.mark.parametrize("is_known", [False, True], ids=["nowhere", "known"])
def test_web_identities_of_roles_that_exist_nowhere(
    cognito: Cognito, iam: Any, cognito_sts: STSClient, is_known: bool
) -> None:
    role = make_role(iam, "app", trusting(ROOT)) if is_known else "arn:aws:iam::123456789012:role/nowhere"
    given: Any = {"RoleArn": role, "RoleSessionName": "session", "WebIdentityToken": "no token"}

    if is_known:
        assert refusal(cognito_sts.assume_role_with_web_identity, **given).code == "InvalidIdentityToken"
    else:
        assert cognito_sts.assume_role_with_web_identity(**given)["Credentials"]


def test_names_that_iam_has_for_nothing(iam: Any, assume: Assume) -> None:
    """Where botocore would not even ask for them."""
    assert assume("arn:aws:iam::123456789012:role/app/")["Credentials"]["SessionToken"].startswith("FQoG")
    key = client("sts", aws_access_key_id="AKIA", aws_secret_access_key="x")
    assert key.get_caller_identity()["Arn"] == DEVELOPER


def test_the_developer_stays_who_they_are(iam: Any) -> None:
    assert boto3.client("sts").get_caller_identity()["Arn"] == DEVELOPER


def test_credentials_of_ours_are_good_for_moto_s_services(cognito: Cognito, iam: Any, assume: Assume) -> None:
    given = assume(cognito.create_role("app"))["Credentials"]
    s3 = client(
        "s3",
        region_name="us-east-1",
        aws_access_key_id=given["AccessKeyId"],
        aws_secret_access_key=given["SecretAccessKey"],
        aws_session_token=given["SessionToken"],
    )

    s3.create_bucket(Bucket="notes")

    assert [bucket["Name"] for bucket in boto3.client("s3").list_buckets()["Buckets"]] == ["notes"]


def test_faults_before_a_role_of_moto_s(cognito: Cognito, iam: Any, assume: Assume) -> None:
    role = make_role(iam, "app", trusting(ROOT))
    cognito.faults.fail("AssumeRole", code="Throttling", message="slow down")

    assert assume(role)["Credentials"]
    assert [call.operation for call in cognito.calls] == ["AssumeRole", "AssumeRole"]


def test_after_moto_the_role_is_gone(cognito: Cognito, assume: Assume) -> None:
    with mock_aws():
        role = make_role(boto3.client("iam"), "app", trusting(ROOT))
        assert assume(role)["Credentials"]

    assert refusal(assume, role=role) == denied(DEVELOPER, role)


def test_a_policy_of_aws_s_that_moto_has_not_loaded(iam: Any, assume: Assume) -> None:
    role = make_role(iam, "app", trusting(ROOT))

    with pytest.raises(Unsupported, match="MOTO_IAM_LOAD_MANAGED_POLICIES"):
        assume(role, PolicyArns=[{"arn": "arn:aws:iam::aws:policy/AWSLambda_FullAccess"}])


def test_sessions_of_a_user_of_moto_s(cognito: Cognito, iam: Any, as_session: Any) -> None:
    """They have the permissions of the user, whom moto's IAM knows."""
    sts = make_user(iam, "alice")
    own = json.dumps(allowing("sts:GetFederationToken", "s3:GetObject"))
    iam.put_user_policy(UserName="alice", PolicyName="own", PolicyDocument=own)
    user = iam.get_user(UserName="alice")["User"]

    session = sts.get_session_token()
    federated = sts.get_federation_token(Name="bob", Policy=json.dumps(allowing("s3:*")))

    assert as_session(session["Credentials"]).get_caller_identity()["Arn"] == user["Arn"]
    for answer in (session, federated):
        credentials = cognito.iam.credentials(answer)
        assert credentials.can("s3:GetObject", "arn:aws:s3:::notes/a.txt")
        assert not credentials.can("s3:PutObject", "arn:aws:s3:::notes/a.txt")


def test_a_key_of_moto_s_has_its_account(iam: Any, cognito_sts: STSClient) -> None:
    iam.create_user(UserName="alice")
    key = iam.create_access_key(UserName="alice")["AccessKey"]["AccessKeyId"]

    assert cognito_sts.get_access_key_info(AccessKeyId=key)["Account"] == "123456789012"


def test_a_session_of_moto_s_is_answered_by_moto(cognito: Cognito, iam: Any, assume: Assume, as_session: Any) -> None:
    sts = as_session(assume("arn:aws:iam::123456789012:role/nowhere")["Credentials"])

    assert sts.get_session_token()["Credentials"]
    assert sts.get_federation_token(Name="bob")["FederatedUser"]["Arn"].endswith(":federated-user/bob")
    assert len(cognito.calls) == 0
