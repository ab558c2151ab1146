"""What S3 authorises otherwise than other services: each object of a deletion, and who may know what is not there."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from boto3.exceptions import S3UploadFailedError
from moto import mock_aws

from pytest_cognito import Cognito
from pytest_cognito.kernel.errors import UsageError
from tests.support.clients import client
from tests.support.refusals import refusal
from tests.support.roles import REGION, allow, policy

pytestmark = pytest.mark.cognito(enforce=True)
BUCKET = "arn:aws:s3:::notes"
OWN = f"{BUCKET}/ann/*"
MESSAGE = (
    "User: arn:aws:iam::123456789012:user/ann is not authorized to perform: {action} on resource: "
    '"{resource}" because no identity-based policy allows the {action} action'
)


@pytest.fixture(autouse=True)
def developer(cognito: Cognito) -> Iterator[Any]:
    """The developer's client of S3, who has made a bucket with notes of two users."""
    with mock_aws():
        s3 = client("s3", region_name=REGION)
        s3.create_bucket(Bucket="notes")
        for key in ("ann/a.txt", "ann/b.txt", "ben/a.txt"):
            s3.put_object(Bucket="notes", Key=key, Body=b"hello")
        yield s3


def ann(cognito: Cognito, *policies: dict[str, Any]) -> boto3.Session:
    return cognito.iam.create_user("ann", policies=list(policies)).session()


def keys(s3: Any) -> list[str]:
    return [each["Key"] for each in s3.list_objects_v2(Bucket="notes").get("Contents", ())]


def test_each_object_of_a_deletion_is_authorised_by_itself(cognito: Cognito, developer: Any) -> None:
    s3 = ann(cognito, allow("s3:DeleteObject", OWN)).client("s3")

    answer = s3.delete_objects(Bucket="notes", Delete={"Objects": [{"Key": "ann/a.txt"}, {"Key": "ben/a.txt"}]})

    assert [each["Key"] for each in answer["Deleted"]] == ["ann/a.txt"]
    message = MESSAGE.format(action="s3:DeleteObject", resource=f"{BUCKET}/ben/a.txt")
    assert answer["Errors"] == [{"Key": "ben/a.txt", "Code": "AccessDenied", "Message": message}]
    assert keys(developer) == ["ann/b.txt", "ben/a.txt"]
    [refused] = cognito.calls.of("DeleteObjects")
    assert refused.parameters["Delete"]["Objects"] == [{"Key": "ben/a.txt"}]


def test_a_deletion_of_which_nothing_is_allowed_is_answered_all_the_same(cognito: Cognito, developer: Any) -> None:
    bucket = ann(cognito).resource("s3").Bucket("notes")

    answer = bucket.delete_objects(Delete={"Objects": [{"Key": "ann/a.txt"}], "Quiet": True})

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert [each["Code"] for each in answer["Errors"]] == ["AccessDenied"]
    assert len(keys(developer)) == 3


def test_who_may_not_list_a_bucket_is_not_told_what_is_not_there(cognito: Cognito) -> None:
    s3 = ann(cognito, allow("s3:GetObject", OWN)).client("s3")

    code, message = refusal(s3.get_object, Bucket="notes", Key="ann/none.txt")

    assert (code, message) == ("AccessDenied", MESSAGE.format(action="s3:ListBucket", resource=BUCKET))
    assert refusal(s3.head_object, Bucket="notes", Key="ann/none.txt").code == "403"
    assert refusal(s3.download_fileobj, Bucket="notes", Key="ann/none.txt", Fileobj=io.BytesIO()).code == "403"


def test_what_is_about_no_resource_of_its_own(cognito: Cognito) -> None:
    _, message = refusal(ann(cognito).client("s3").list_buckets)

    assert message == (
        "User: arn:aws:iam::123456789012:user/ann is not authorized to perform: s3:ListAllMyBuckets because no "
        "identity-based policy allows the s3:ListAllMyBuckets action"
    )


def test_who_may_list_it_is_told(cognito: Cognito, developer: Any) -> None:
    s3 = ann(cognito, allow("s3:GetObject", OWN), allow("s3:ListBucket", BUCKET)).client("s3")

    for each in (s3, developer):
        assert refusal(each.get_object, Bucket="notes", Key="ann/none.txt").code == "NoSuchKey"
        assert refusal(each.head_object, Bucket="notes", Key="ann/none.txt").code == "404"


def test_a_bucket_policy_that_aws_refuses_is_an_error_that_names_it(cognito: Cognito, developer: Any) -> None:
    developer.put_bucket_policy(Bucket="notes", Policy="{}")

    with pytest.raises(UsageError, match=r"AWS refuses the bucket policy of notes, which moto has: Syntax errors"):
        ann(cognito).client("s3").list_objects_v2(Bucket="notes")


def test_the_parts_of_an_upload_are_authorised_in_all_threads(cognito: Cognito, developer: Any) -> None:
    own = allow(["s3:GetObject", "s3:PutObject"], OWN)
    s3 = ann(cognito, own, policy({"Effect": "Deny", "Action": "s3:*", "Resource": f"{BUCKET}/*.exe"})).client("s3")
    content = bytes(9 << 20)
    read = io.BytesIO()

    s3.upload_fileobj(io.BytesIO(content), "notes", "ann/big")
    s3.download_fileobj("notes", "ann/big", read)

    assert read.getvalue() == content
    with pytest.raises(S3UploadFailedError, match="with an explicit deny in an identity-based policy"):
        s3.upload_file(__file__, "notes", "ann/big.exe")
