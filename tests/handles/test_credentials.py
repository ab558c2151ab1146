"""Temporary credentials as a test holds them."""

from __future__ import annotations

import datetime as dt

import boto3
import pytest

from pytest_cognito import AWSError, Cognito, Credentials, IdentityPool, User
from pytest_cognito.kernel.errors import UsageError
from tests.support.refusals import Refusal, refusal

INVALID = Refusal("InvalidClientTokenId", "The security token included in the request is invalid.")
EXPIRED = Refusal("ExpiredToken", "The security token included in the request is expired")


@pytest.fixture
def credentials(cognito_identity_pool: IdentityPool, cognito_user: User) -> Credentials:
    return cognito_identity_pool.identity_of(cognito_user).credentials()


def test_a_session_of_boto3(credentials: Credentials, cognito_identity_pool: IdentityPool) -> None:
    session = credentials.session()

    caller = session.client("sts").get_caller_identity()
    assert caller["Arn"] == credentials.arn
    assert credentials.arn.endswith(":assumed-role/Cognito_pytestAuth_Role/CognitoIdentityCredentials")
    assert credentials.role_arn == cognito_identity_pool.roles["authenticated"]
    assert (session.region_name, credentials.session("eu-west-1").region_name) == ("us-east-1", "eu-west-1")


def test_the_environment_of_another_process(credentials: Credentials, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in credentials.environment.items():
        monkeypatch.setenv(name, value)

    assert boto3.session.Session(region_name="us-east-1").client("sts").get_caller_identity()["Arn"] == credentials.arn


def test_secrets_are_not_shown(credentials: Credentials) -> None:
    shown = repr(credentials)

    assert credentials.access_key_id in shown
    assert credentials.secret_access_key not in shown
    assert credentials.session_token not in shown


def test_what_they_can(credentials: Credentials, cognito_identity_pool: IdentityPool, cognito_user: User) -> None:
    own = cognito_identity_pool.identity_of(cognito_user).id

    assert credentials.can("s3:GetObject", f"arn:aws:s3:::notes/{own}/a.txt")
    assert not credentials.can("s3:GetObject", "arn:aws:s3:::notes/us-east-1:another/a.txt")
    assert credentials.can("s3:ListBucket", "arn:aws:s3:::notes", **{"s3:prefix": f"{own}/"})
    assert not credentials.can("s3:ListBucket", "arn:aws:s3:::notes", **{"s3:prefix": ""})
    assert not credentials.can("s3:ListAllMyBuckets")


def test_a_decision_explains_itself(credentials: Credentials) -> None:
    decision = credentials.can("s3:GetObject", "arn:aws:s3:::notes/another/a.txt")

    assert "s3:GetObject" in str(decision)
    assert "Cognito_pytestAuth_Role" in str(decision)


def test_values_of_condition_keys(cognito_identity_pool: IdentityPool, cognito_user: User) -> None:
    conditions = {
        "Bool": {"aws:SecureTransport": "true"},
        "NumericLessThan": {"s3:max-keys": "10"},
        "DateLessThan": {"aws:CurrentTime": "2030-01-01T00:00:00Z"},
        "ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["a", "b"]},
    }
    statement = {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": conditions}
    role = cognito_identity_pool.create_role("app", [{"Version": "2012-10-17", "Statement": statement}])
    cognito_identity_pool.set_roles(authenticated=role)
    credentials = cognito_identity_pool.identity_of(cognito_user).credentials()
    keys = {
        "aws:SecureTransport": True,
        "s3:max-keys": 9,
        "aws:CurrentTime": dt.datetime(2029, 1, 1, tzinfo=dt.UTC),
        "dynamodb:LeadingKeys": ["a"],
    }

    assert credentials.can("dynamodb:GetItem", "*", **keys)
    assert not credentials.can("dynamodb:GetItem", "*", **{**keys, "dynamodb:LeadingKeys": ["a", "c"]})
    assert not credentials.can("dynamodb:GetItem", "*", **{**keys, "aws:SecureTransport": False})


def test_expired_credentials(credentials: Credentials) -> None:
    old = credentials.expired()

    assert refusal(old.session().client("sts").get_caller_identity) == EXPIRED
    with pytest.raises(AWSError, match="expired"):
        old.can("s3:GetObject", "arn:aws:s3:::notes/a.txt")
    assert credentials.session().client("sts").get_caller_identity()["Arn"] == credentials.arn


def test_credentials_from_before_a_reset_are_nobody_s(cognito: Cognito, credentials: Credentials) -> None:
    user = cognito.iam.create_user("ann")
    cognito.reset()

    for session in (credentials.session(), user.session()):
        assert refusal(session.client("sts").get_caller_identity) == INVALID
    with pytest.raises(AWSError, match="is invalid"):
        credentials.can("s3:GetObject", "arn:aws:s3:::notes/a.txt")


def test_a_tampered_session_token(credentials: Credentials) -> None:
    assert refusal(credentials.tampered().session().client("sts").get_caller_identity) == INVALID


@pytest.mark.parametrize("action", ["GetObject", "s3:*", 7])
def test_what_is_no_action(credentials: Credentials, action: str) -> None:
    with pytest.raises(UsageError, match=r'that of one call, such as "s3:GetObject"'):
        credentials.can(action)


def test_what_is_no_resource(credentials: Credentials) -> None:
    with pytest.raises(UsageError, match="a resource is an ARN, such as"):
        credentials.can("s3:GetObject", "notes/a.txt")


def test_what_is_no_condition_key(credentials: Credentials) -> None:
    with pytest.raises(UsageError, match=r'resource is no condition key, .* write can\("s3:GetObject", "arn:…"\)'):
        credentials.can("s3:GetObject", resource="arn:aws:s3:::notes/a.txt")


def test_what_is_no_value_of_a_condition_key(credentials: Credentials) -> None:
    with pytest.raises(UsageError, match="the value of a condition key"):
        credentials.can("s3:GetObject", "*", **{"s3:prefix": None})
