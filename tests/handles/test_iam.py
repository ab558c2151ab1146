"""Roles and users as a test makes them, and what it says to mistakes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pytest_cognito import Cognito, UsageError
from tests.support.policies import allowing, trusting


def test_a_role_and_its_session(cognito: Cognito) -> None:
    role = cognito.create_role(
        "app", policies=[allowing("s3:GetObject")], tags={"team": "notes"}, max_session_duration=7200
    )

    credentials = role.assume("alice", DurationSeconds=7200, Tags=[{"Key": "level", "Value": "3"}])

    assert cognito.iam.roles == [role]
    assert (role.tags, role.max_session_duration) == ({"team": "notes"}, 7200)
    assert credentials.arn == "arn:aws:sts::123456789012:assumed-role/app/alice"
    assert (credentials.role_arn, credentials.tags) == (role.arn, {"level": "3"})
    assert credentials.can("s3:GetObject", "arn:aws:s3:::notes/a.txt")
    assert not credentials.can("s3:PutObject", "arn:aws:s3:::notes/a.txt")


def test_documents_are_json_as_well(cognito: Cognito) -> None:
    trust = json.dumps(trusting("arn:aws:iam::123456789012:root"))
    role = cognito.create_role("app", trust, [json.dumps(allowing("s3:*"))], boundary=json.dumps(allowing("s3:Get*")))

    credentials = role.assume()

    assert credentials.can("s3:GetObject")
    assert not credentials.can("s3:PutObject")


def test_a_managed_policy_by_its_arn(cognito: Cognito) -> None:
    role = cognito.create_role("app", policies=["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"])

    assert role.assume().can("s3:GetObject")
    assert not role.assume().can("s3:PutObject")


@pytest.mark.parametrize("of", ["arn", "account", "user"])
def test_who_is_trusted_in_short(cognito: Cognito, of: str) -> None:
    alice = cognito.iam.create_user("alice", [allowing("sts:AssumeRole")])
    role = cognito.create_role("app", {"arn": alice.arn, "account": "123456789012", "user": alice}[of])

    sts = alice.session().client("sts")

    assert sts.assume_role(RoleArn=role.arn, RoleSessionName="session")["Credentials"]


def test_an_identity_pool_is_trusted(cognito: Cognito) -> None:
    pool = cognito.create_identity_pool(AllowUnauthenticatedIdentities=True)
    role = cognito.create_role("guests", pool.trust_policy(guests=True))
    pool.set_roles(unauthenticated=role)

    assert pool.guest().credentials().role_arn == role.arn


def test_a_user_in_another_process(cognito: Cognito) -> None:
    alice = cognito.iam.create_user("alice")

    assert alice.environment == {
        "AWS_ACCESS_KEY_ID": alice.access_key_id,
        "AWS_SECRET_ACCESS_KEY": alice.secret_access_key,
    }
    assert alice.secret_access_key not in repr(alice)
    assert cognito.iam.users == [alice.arn]
    assert repr(cognito.iam) == "<IAM of 123456789012>"


def test_what_a_user_can(cognito: Cognito) -> None:
    own = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::${aws:username}/*"}
    alice = cognito.iam.create_user("alice", policies=[{"Version": "2012-10-17", "Statement": [own]}])

    assert alice.can("s3:GetObject", "arn:aws:s3:::alice/a.txt")
    assert not alice.can("s3:GetObject", "arn:aws:s3:::bob/a.txt")


def test_there_is_one_of_a_name(cognito: Cognito) -> None:
    cognito.create_role("app")
    cognito.iam.create_user("alice")

    with pytest.raises(UsageError, match="there is a role 'App' already"):
        cognito.create_role("App")
    with pytest.raises(UsageError, match="there is a user 'alice' already"):
        cognito.iam.create_user("alice")
    assert cognito.create_role("app", account="999999999999").arn == "arn:aws:iam::999999999999:role/app"


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"name": ""}, "name is a string, such as \"app\""),
        ({"name": "a/b"}, "a name is up to 64 letters"),
        ({"trust": 7}, "trust takes a trust policy, or who is trusted"),
        ({"trust": "alice"}, "trust takes a trust policy, or who is trusted"),
        ({"trust": allowing("s3:*")}, "the trust policy of the role 'app' is malformed"),
        ({"policies": allowing("s3:*")}, "policies takes a list of documents"),
        ({"policies": [7]}, "a policy is a dict or JSON"),
        ({"policies": [allowing("s3:*"), {}]}, "policy 2 of app is malformed"),
        ({"policies": ["arn:aws:iam::123456789012:policy/notes"]}, "there is no managed policy"),
        ({"boundary": "{"}, "the boundary of app is malformed"),
        ({"max_session_duration": 60}, "max_session_duration is 3600 to 43200 seconds"),
        ({"tags": ["team"]}, "tags takes a dict"),
        ({"path": "service"}, "path begins and ends with /"),
        ({"account": "1"}, "account_id is twelve digits"),
    ],
)  # fmt: skip
def test_mistakes(cognito: Cognito, parameters: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        cognito.create_role(**{"name": "app", **parameters})
    assert cognito.iam.roles == []


def test_codes_of_an_mfa_device(cognito: Cognito) -> None:
    alice, bob = cognito.iam.create_user("alice", mfa=True), cognito.iam.create_user("bob")

    assert alice.mfa_serial == "arn:aws:iam::123456789012:mfa/alice"
    assert len(alice.mfa_code()) == 6
    with pytest.raises(UsageError, match="bob has no MFA device"):
        bob.mfa_code()


def test_a_world_that_is_reset_has_no_roles(cognito: Cognito) -> None:
    role = cognito.create_role("app")
    cognito.reset()

    assert cognito.iam.roles == []
    with pytest.raises(LookupError, match="no longer exists"):
        _ = role.tags
