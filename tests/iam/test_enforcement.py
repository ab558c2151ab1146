"""Calls that are authorised before another mock answers them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError
from moto import mock_aws

from pytest_cognito import Cognito, mock_cognito
from pytest_cognito.kernel.errors import UsageError
from tests.support.clients import client
from tests.support.refusals import Refusal, refusal
from tests.support.roles import REGION, allow, assume, policy

SESSION = "arn:aws:sts::123456789012:assumed-role/app/ann"
NOTE = {"Bucket": "notes", "Key": "ann/a.txt"}


@pytest.fixture(autouse=True)
def moto(cognito: Cognito) -> Iterator[None]:
    with mock_aws():
        yield


@pytest.fixture
def developer(moto: None) -> Any:
    """The developer's client of S3, who has made a bucket with a note."""
    s3 = client("s3", region_name=REGION)
    s3.create_bucket(Bucket="notes")
    s3.put_object(**NOTE, Body=b"hello")
    return s3


def s3_of(session: boto3.Session) -> Any:
    return session.client("s3")


def denied(action: str, resource: str, *, quoted: bool = True) -> str:
    shown = f'"{resource}"' if quoted else resource
    return (
        f"User: {SESSION} is not authorized to perform: {action} on resource: {shown} because no identity-based policy "
        f"allows the {action} action"
    )


def test_credentials_of_another_world_are_nobody_s(cognito: Cognito, developer: Any) -> None:
    """Of this one before its reset as well: they are not the developer's, who may do everything."""
    session = assume(cognito, allow("s3:*"))
    with mock_cognito() as inner:
        inner.iam.enforce()
        user_pools = session.client("cognito-idp").list_user_pools
        assert refusal(user_pools, MaxResults=1).code == "UnrecognizedClientException"
    cognito.reset()
    cognito.iam.enforce()

    assert refusal(s3_of(session).get_object, **NOTE).code == "InvalidToken"


def test_nothing_is_authorised_unless_the_test_wants_it(cognito: Cognito, developer: Any) -> None:
    s3 = s3_of(assume(cognito))

    assert s3.get_object(**NOTE)["Body"].read() == b"hello"


def test_a_call_that_no_policy_allows_is_refused_and_has_no_effect(cognito: Cognito, developer: Any) -> None:
    cognito.iam.enforce()
    s3 = s3_of(assume(cognito, allow("s3:GetObject", "arn:aws:s3:::notes/ben/*")))

    arn = "arn:aws:s3:::notes/ann/a.txt"
    assert refusal(s3.get_object, **NOTE) == Refusal("AccessDenied", denied("s3:GetObject", arn))
    assert refusal(s3.put_object, **NOTE, Body=b"other") == Refusal("AccessDenied", denied("s3:PutObject", arn))
    assert developer.get_object(**NOTE)["Body"].read() == b"hello"


def test_a_call_that_a_policy_allows_goes_on(cognito: Cognito, developer: Any) -> None:
    cognito.iam.enforce()
    s3 = s3_of(assume(cognito, allow(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::notes/ann/*")))

    s3.put_object(**NOTE, Body=b"other")

    assert s3.get_object(**NOTE)["Body"].read() == b"other"


def test_a_refused_call_is_in_the_log_and_says_why(cognito: Cognito, developer: Any) -> None:
    cognito.iam.enforce()
    s3 = s3_of(assume(cognito, allow("s3:GetObject", "arn:aws:s3:::notes/ben/*")))

    refusal(s3.get_object, **NOTE)

    call = cognito.calls.of("GetObject")[-1]
    assert (call.service, call.operation, call.parameters, call.region) == ("s3", "GetObject", NOTE, REGION)
    assert call.caller is not None
    assert str(call.caller.access_key).startswith("ASIA")
    assert any("arn:aws:s3:::notes/ben/*" in line for line in call.explanation)
    assert repr(call).startswith("<Call GetObject Bucket=notes Key=ann/a.txt → AccessDenied: User: ")


def test_a_client_that_was_used_before_is_authorised_from_then_on(cognito: Cognito, developer: Any) -> None:
    s3 = s3_of(assume(cognito))
    s3.get_object(**NOTE)

    with cognito.iam.enforce():
        assert refusal(s3.get_object, **NOTE).code == "AccessDenied"

    s3.get_object(**NOTE)


def test_a_context_within_what_is_enforced_anyway_ends_nothing(cognito: Cognito, developer: Any) -> None:
    cognito.iam.enforce()
    s3 = s3_of(assume(cognito))

    with cognito.iam.enforce():
        pass

    assert refusal(s3.get_object, **NOTE).code == "AccessDenied"


@pytest.mark.cognito(enforce=True)
def test_the_marker_enforces(cognito: Cognito, developer: Any) -> None:
    assert refusal(s3_of(assume(cognito)).get_object, **NOTE).code == "AccessDenied"


@pytest.mark.cognito(enforce=True)
def test_whoever_signs_nothing_is_not_authorised(developer: Any) -> None:
    developer.put_bucket_acl(Bucket="notes", ACL="public-read")
    anonymous = client("s3", region_name=REGION, config=Config(signature_version=UNSIGNED))

    anonymous.list_objects_v2(Bucket="notes")


@pytest.mark.cognito(enforce=True)
def test_a_user_of_iam_is_authorised_by_their_own_policies(cognito: Cognito, developer: Any) -> None:
    user = cognito.iam.create_user("ben", policies=[allow("s3:ListBucket", "arn:aws:s3:::notes")])
    s3 = s3_of(user.session())

    assert s3.list_objects_v2(Bucket="notes")["KeyCount"] == 1
    code, message = refusal(s3.get_object, **NOTE)
    assert code == "AccessDenied"
    assert message.startswith("User: arn:aws:iam::123456789012:user/ben is not authorized to perform: s3:GetObject ")


@pytest.mark.cognito(enforce=True)
def test_a_statement_that_denies_stands_above_all(cognito: Cognito, developer: Any) -> None:
    deny = policy({"Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::notes/ann/*"})
    s3 = s3_of(assume(cognito, allow("*"), deny))

    code, message = refusal(s3.get_object, **NOTE)

    assert code == "AccessDenied"
    assert "with an explicit deny in an identity-based policy" in message


@pytest.mark.cognito(enforce=True)
def test_each_part_of_a_call_is_authorised(cognito: Cognito, developer: Any) -> None:
    s3 = s3_of(assume(cognito, allow("s3:PutObject"), allow("s3:GetObject", "arn:aws:s3:::notes/ann/*")))
    source = {"Bucket": "notes", "Key": "ann/a.txt"}

    s3.copy_object(Bucket="notes", Key="ann/b.txt", CopySource=source)

    developer.put_object(Bucket="notes", Key="ben/a.txt", Body=b"secret")
    copy = {"Bucket": "notes", "Key": "ann/c.txt", "CopySource": {"Bucket": "notes", "Key": "ben/a.txt"}}
    assert refusal(s3.copy_object, **copy) == Refusal(
        "AccessDenied", denied("s3:GetObject", "arn:aws:s3:::notes/ben/a.txt")
    )


@pytest.mark.cognito(enforce=True)
def test_a_refused_request_by_head_has_no_body(cognito: Cognito, developer: Any) -> None:
    with pytest.raises(ClientError) as caught:
        s3_of(assume(cognito)).head_object(**NOTE)

    assert caught.value.response["Error"]["Code"] == "403"
    assert caught.value.response["Error"]["Message"] == "Forbidden"


@pytest.mark.cognito(enforce=True)
def test_the_policy_of_a_bucket_of_moto_counts(cognito: Cognito, developer: Any) -> None:
    import json

    principal = {"AWS": SESSION}
    document = policy(
        {"Effect": "Allow", "Principal": principal, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::notes/ann/*"},
        {"Effect": "Deny", "Principal": principal, "Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::notes/*"},
    )
    developer.put_bucket_policy(Bucket="notes", Policy=json.dumps(document))
    s3 = s3_of(assume(cognito, allow("s3:DeleteObject")))

    assert s3.get_object(**NOTE)["Body"].read() == b"hello"
    session = cognito.iam.roles[0].assume("ann")
    assert session.can("s3:GetObject", "arn:aws:s3:::notes/ann/a.txt")
    assert not session.can("s3:GetObject", "arn:aws:s3:::notes/ben/a.txt")
    code, message = refusal(s3.delete_object, **NOTE)
    assert (code, "with an explicit deny in a resource-based policy" in message) == ("AccessDenied", True)


@pytest.mark.cognito(enforce=True)
def test_an_operation_of_which_nobody_has_said_what_it_needs_is_an_error_that_says_so(cognito: Cognito) -> None:
    iot = assume(cognito, allow("*")).client("iot")

    with pytest.raises(UsageError, match=r"which IAM action is ListThings of iot\?"):
        iot.list_things()

    client("iot", region_name=REGION).list_things()


@pytest.mark.cognito(enforce=True)
def test_a_refusal_says_which_policy_was_not_looked_at(cognito: Cognito) -> None:
    queue = client("sqs", region_name=REGION).create_queue(QueueName="jobs")["QueueUrl"]

    refusal(assume(cognito).client("sqs").send_message, QueueUrl=queue, MessageBody="hello")

    last = cognito.calls[-1].explanation[-1]
    assert last == "the policy of the queue, if it has one, was not looked at: only those of buckets are"
