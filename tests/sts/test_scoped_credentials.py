"""GetScopedCredentials: the same session with fewer permissions, or for a shorter time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from pytest_cognito import Cognito
from tests.support.clients import client
from tests.support.policies import allowing
from tests.support.refusals import Refusal, refusal

if TYPE_CHECKING:
    from pytest_cognito import Credentials

pytestmark = pytest.mark.needs("GetScopedCredentials")

A, B = "arn:aws:s3:::notes/a.txt", "arn:aws:s3:::notes/b.txt"
SCOPING = allowing("sts:GetScopedCredentials", "s3:*")


def scope(*actions: str, **more: Any) -> str:
    return json.dumps(allowing("sts:GetScopedCredentials", *actions, **more))


@pytest.fixture
def credentials(cognito: Cognito) -> Credentials:
    return cognito.create_role("app", policies=[SCOPING]).assume(DurationSeconds=3600, SourceIdentity="ann")


def narrowed(cognito: Cognito, by: Credentials, **parameters: Any) -> Credentials:
    sts: Any = by.session().client("sts")
    return cognito.iam.credentials(sts.get_scoped_credentials(**parameters))


def test_a_policy_narrows(cognito: Cognito, credentials: Credentials) -> None:
    sts: Any = credentials.session().client("sts")

    answer = sts.get_scoped_credentials(
        Policy=json.dumps(allowing("s3:GetObject", "ec2:*", resource=A)), ScopedSessionDescription="reading"
    )

    info = answer["SessionInfo"]
    assert (info["Arn"], answer["SourceIdentity"], answer["ScopedPoliciesCount"]) == (credentials.arn, "ann", 1)
    assert info["ScopedSessionId"] == sts.get_caller_identity()["UserId"]
    assert answer["Credentials"]["Expiration"] == credentials.expiration
    assert answer["SessionTokenSize"] == len(answer["Credentials"]["SessionToken"])
    scoped = cognito.iam.credentials(answer)
    assert scoped.can("s3:GetObject", A)
    assert not any((scoped.can("s3:GetObject", B), scoped.can("s3:PutObject", A), scoped.can("ec2:StopInstances", A)))
    assert credentials.can("s3:PutObject", B)
    assert scoped.session().client("sts").get_caller_identity()["Arn"] == credentials.arn


def test_a_duration_shortens(cognito: Cognito, credentials: Credentials) -> None:
    sts: Any = credentials.session().client("sts")

    answer = sts.get_scoped_credentials(DurationSeconds=60)

    assert answer["ScopedPoliciesCount"] == 0
    scoped = cognito.iam.credentials(answer)
    assert scoped.can("s3:PutObject", B)
    cognito.clock.advance(seconds=60)
    assert refusal(scoped.session().client("sts").get_caller_identity).code == "ExpiredToken"
    assert sts.get_caller_identity()["Arn"] == credentials.arn


def test_no_longer_than_the_session(cognito: Cognito, credentials: Credentials) -> None:
    sts: Any = credentials.session().client("sts")
    cognito.clock.advance(minutes=30)

    assert refusal(sts.get_scoped_credentials, DurationSeconds=1900) == Refusal(
        "InsufficientSessionLifetime",
        "The requested DurationSeconds exceeds the remaining lifetime of the calling session",
    )
    assert sts.get_scoped_credentials(DurationSeconds=1700)["Credentials"]


def test_three_layers(cognito: Cognito, credentials: Credentials) -> None:
    first = narrowed(cognito, credentials, Policy=scope("s3:GetObject", "s3:PutObject"))
    second = narrowed(cognito, first, Policy=scope("s3:GetObject"))
    shorter = narrowed(cognito, second, DurationSeconds=60)
    third = narrowed(cognito, shorter, Policy=scope("s3:*"))

    assert first.can("s3:PutObject", A)
    assert third.can("s3:GetObject", A)
    assert not third.can("s3:PutObject", A)
    sts: Any = third.session().client("sts")
    assert refusal(sts.get_scoped_credentials, Policy=scope("s3:*")).code == "AccessDenied"
    assert sts.get_scoped_credentials(DurationSeconds=30)["ScopedPoliciesCount"] == 3


def test_credentials_that_are_not_temporary(cognito: Cognito, cognito_sts: Any) -> None:
    users = (cognito.iam.create_user("alice", [SCOPING]), cognito.iam.create_root_user())

    for sts in (cognito_sts, *(user.session().client("sts") for user in users)):
        assert refusal(sts.get_scoped_credentials, DurationSeconds=60).code == "InvalidSubjectCredentials"


def test_sessions_of_users(cognito: Cognito, as_session: Any) -> None:
    """They stay what they are: a federated user, or a session with MFA."""
    alice = cognito.iam.create_user("alice", [allowing("s3:*", "sts:*")], mfa=True)
    sts: Any = alice.session().client("sts")
    with_mfa = sts.get_session_token(SerialNumber=alice.mfa_serial, TokenCode=alice.mfa_code())
    bob = sts.get_federation_token(Name="bob", Policy=scope("s3:*"))

    scoped = narrowed(cognito, cognito.iam.credentials(with_mfa), Policy=scope("s3:*"))
    federated = narrowed(cognito, cognito.iam.credentials(bob), DurationSeconds=900)

    assert scoped.arn == alice.arn
    assert refusal(scoped.session().client("sts").get_session_token).code == "AccessDenied"
    assert federated.arn == "arn:aws:sts::123456789012:federated-user/bob"
    assert "federation credentials" in refusal(federated.session().client("sts").get_session_token).message


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({}, "ValidationError"),
        ({"ScopedSessionDescription": "nothing else"}, "ValidationError"),
        ({"DurationSeconds": 129_601}, "ValidationError"),
        ({"Policy": "{}"}, "MalformedPolicyDocument"),
    ],
)
def test_what_is_refused(credentials: Credentials, parameters: dict[str, Any], code: str) -> None:
    sts: Any = credentials.session().client("sts")

    assert refusal(sts.get_scoped_credentials, **parameters).code == code


def test_the_session_must_be_allowed_to(cognito: Cognito) -> None:
    sts: Any = cognito.create_role("app").assume().session().client("sts")

    assert refusal(sts.get_scoped_credentials, DurationSeconds=60).code == "AccessDenied"


def test_not_on_the_global_endpoint(credentials: Credentials) -> None:
    keys = {
        "aws_access_key_id": credentials.access_key_id,
        "aws_secret_access_key": credentials.secret_access_key,
        "aws_session_token": credentials.session_token,
    }
    everywhere = client("sts", region_name="us-east-1", endpoint_url="https://sts.amazonaws.com", **keys)

    assert "global endpoint" in refusal(everywhere.get_scoped_credentials, DurationSeconds=60).message
