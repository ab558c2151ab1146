"""GetFederationToken: sessions of federated users, whom an IAM user vouches for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from pytest_cognito import Cognito
from tests.support.policies import allowing, denying
from tests.support.refusals import Refusal, refusal

if TYPE_CHECKING:
    from types_boto3_sts import STSClient

A, B = "arn:aws:s3:::notes/a.txt", "arn:aws:s3:::notes/b.txt"
BOB = "arn:aws:sts::123456789012:federated-user/bob"
TEAM = [{"Key": "team", "Value": "notes"}]


@pytest.fixture
def broker(cognito: Cognito) -> Any:
    """A client of a user who may federate others, and may do what they pass on."""
    policies = [allowing("sts:GetFederationToken", "sts:TagSession", "s3:GetObject")]
    return cognito.iam.create_user("broker", policies, tags={"Team": "billing"}).session().client("sts")


def with_federation(operation: str) -> Refusal:
    return Refusal("AccessDenied", f"Cannot call {operation} with federation credentials")


def test_a_federated_user(cognito: Cognito, broker: Any, as_session: Any) -> None:
    answer = broker.get_federation_token(Name="bob")

    assert answer["FederatedUser"] == {"FederatedUserId": "123456789012:bob", "Arn": BOB}
    assert answer["PackedPolicySize"] == 0
    left = answer["Credentials"]["Expiration"].timestamp() - cognito.clock.timestamp()
    assert abs(left - 43_200) <= 1
    caller = as_session(answer["Credentials"]).get_caller_identity()
    assert (caller["Arn"], caller["UserId"]) == (BOB, "123456789012:bob")


def test_permissions_are_those_of_both(cognito: Cognito, broker: Any) -> None:
    def of(policy: Any) -> Any:
        answer = broker.get_federation_token(Name="bob", Policy=json.dumps(policy))
        assert answer["PackedPolicySize"] > 0
        return cognito.iam.credentials(answer)

    without = cognito.iam.credentials(broker.get_federation_token(Name="bob"))
    assert not without.can("s3:GetObject", A)
    narrow = of(allowing("s3:*", resource=A))
    assert narrow.can("s3:GetObject", A)
    assert not narrow.can("s3:GetObject", B)
    assert not narrow.can("s3:PutObject", A), "the broker may not, either"
    assert not of(denying("s3:*")).can("s3:GetObject", A)


def test_managed_policies(cognito: Cognito, broker: Any) -> None:
    by_arn = [{"arn": "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"}]

    credentials = cognito.iam.credentials(broker.get_federation_token(Name="bob", PolicyArns=by_arn))

    assert credentials.can("s3:GetObject", A)
    unknown = [{"arn": "arn:aws:iam::123456789012:policy/nothing"}]
    assert refusal(broker.get_federation_token, Name="bob", PolicyArns=unknown).code == "ValidationError"


def test_tags(cognito: Cognito, broker: Any) -> None:
    """A tag of the session stands before one of the user's, whatever the case of its key."""
    condition = {"StringEquals": {"aws:PrincipalTag/team": "notes"}}
    policy = json.dumps(allowing("s3:*", Condition=condition))

    tagged = cognito.iam.credentials(broker.get_federation_token(Name="bob", Policy=policy, Tags=TEAM))
    plain = cognito.iam.credentials(broker.get_federation_token(Name="bob", Policy=policy))

    assert tagged.can("s3:GetObject", A)
    assert not plain.can("s3:GetObject", A)
    assert refusal(broker.get_federation_token, Name="bob", Tags=TEAM * 2).code == "InvalidParameterValue"


def test_the_user_must_be_allowed_to(cognito: Cognito) -> None:
    alice = cognito.iam.create_user("alice", [allowing("sts:GetFederationToken", resource=BOB)])
    sts = alice.session().client("sts")

    def refused(action: str, resource: str) -> Refusal:
        asked = f"User: {alice.arn} is not authorized to perform: {action} on resource: {resource}"
        return Refusal("AccessDenied", f"{asked} because no identity-based policy allows the {action} action")

    assert sts.get_federation_token(Name="bob")["Credentials"]
    ann = BOB.replace("bob", "ann")
    assert refusal(sts.get_federation_token, Name="ann") == refused("sts:GetFederationToken", ann)
    assert refusal(sts.get_federation_token, Name="bob", Tags=TEAM) == refused("sts:TagSession", BOB)


def test_a_root_user_has_an_hour(cognito: Cognito) -> None:
    root = cognito.iam.create_root_user().session().client("sts")
    policy = json.dumps(allowing("s3:GetObject"))

    answer = root.get_federation_token(Name="bob", Policy=policy, DurationSeconds=7200)

    left = answer["Credentials"]["Expiration"].timestamp() - cognito.clock.timestamp()
    assert abs(left - 3600) <= 1
    credentials = cognito.iam.credentials(answer)
    assert credentials.can("s3:GetObject", A)
    assert not credentials.can("s3:PutObject", A)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"Name": "b" * 33}, "ValidationError"),
        ({"Name": "bob smith"}, "ValidationError"),
        ({"DurationSeconds": 129_601}, "ValidationError"),
        ({"Policy": "{"}, "MalformedPolicyDocument"),
        ({"Policy": json.dumps(allowing(*(f"s3:{number}" for number in range(180))))}, "PackedPolicyTooLarge"),
    ],
)
def test_what_is_refused(cognito_sts: STSClient, changed: dict[str, Any], code: str) -> None:
    given: dict[str, Any] = {"Name": "bob", **changed}
    if code == "PackedPolicyTooLarge":
        given["PolicyArns"] = [{"arn": "arn:aws:iam::aws:policy/AdministratorAccess"}] * 10

    assert refusal(cognito_sts.get_federation_token, **given).code == code


def test_what_a_federated_user_may_call(cognito: Cognito, cognito_sts: STSClient, as_session: Any) -> None:
    policy = json.dumps(allowing("*"))
    sts = as_session(cognito_sts.get_federation_token(Name="bob", Policy=policy)["Credentials"])
    role = cognito.create_role("app")

    assert refusal(sts.get_session_token) == with_federation("GetSessionToken")
    assert refusal(sts.get_federation_token, Name="ann") == with_federation("GetFederationToken")
    assert refusal(sts.assume_role, RoleArn=role.arn, RoleSessionName="s1") == with_federation("AssumeRole")
    key = cognito.iam.create_user("ann").access_key_id
    assert refusal(sts.get_access_key_info, AccessKeyId=key) == with_federation("GetAccessKeyInfo")
    assert sts.get_caller_identity()["Arn"] == BOB
