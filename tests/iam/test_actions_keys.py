"""The condition keys of calls."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pytest_cognito import iam

OBJECT = {"Bucket": "notes", "Key": "a/b.txt"}
ROLE = "arn:aws:iam::123456789012:role/app"


def keys(service: str, operation: str, parameters: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The keys of the first thing that a call wants."""
    found = iam.describe_call(service, operation, parameters, region="eu-west-1", account="123456789012", **more)
    return dict(found[0].keys)


def test_every_request_has_the_keys_of_where_and_when_it_was_made() -> None:
    moment = dt.datetime(2030, 1, 2, 3, 4, 5, tzinfo=dt.UTC)

    assert keys("s3", "GetObject", OBJECT, now=moment, user_agent="Boto3/1", keys={"app:team": "blue"}) == {
        "aws:RequestedRegion": "eu-west-1",
        "aws:SourceIp": "127.0.0.1",
        "aws:SecureTransport": "true",
        "aws:CurrentTime": "2030-01-02T03:04:05Z",
        "aws:EpochTime": "1893553445",
        "aws:UserAgent": "Boto3/1",
        "app:team": "blue",
    }
    plain = keys("s3", "GetObject", OBJECT, secure=False, address="10.0.0.1")
    assert (plain["aws:SecureTransport"], plain["aws:SourceIp"]) == ("false", "10.0.0.1")


@pytest.mark.parametrize(
    ("service", "operation", "parameters", "expected"),
    [
        (
            "s3",
            "ListObjectsV2",
            {"Bucket": "notes", "Prefix": "alice/", "Delimiter": "/", "MaxKeys": 10},
            {"s3:prefix": "alice/", "s3:delimiter": "/", "s3:max-keys": "10"},
        ),
        ("s3", "ListObjectsV2", {"Bucket": "notes", "Prefix": ""}, {"s3:prefix": ""}),
        ("s3", "GetObject", OBJECT | {"VersionId": "3"}, {"s3:VersionId": "3"}),
        (
            "s3",
            "PutObject",
            OBJECT
            | {"ObjectLockMode": "GOVERNANCE", "ObjectLockRetainUntilDate": dt.datetime(2030, 1, 2, tzinfo=dt.UTC)},
            {"s3:object-lock-mode": "GOVERNANCE", "s3:object-lock-retain-until-date": "2030-01-02T00:00:00Z"},
        ),
        (
            "s3",
            "PutObject",
            OBJECT | {"Tagging": "team=blue&kind=note", "ACL": "private"},
            {
                "s3:x-amz-acl": "private",
                "s3:RequestObjectTag/team": "blue",
                "s3:RequestObjectTag/kind": "note",
                "s3:RequestObjectTagKeys": ("team", "kind"),
            },
        ),
        (
            "s3",
            "PutObjectTagging",
            OBJECT | {"Tagging": {"TagSet": [{"Key": "team", "Value": "blue"}]}},
            {"s3:RequestObjectTag/team": "blue", "s3:RequestObjectTagKeys": ("team",)},
        ),
        (
            "sts",
            "AssumeRole",
            {
                "RoleArn": ROLE,
                "RoleSessionName": "a",
                "ExternalId": "e",
                "Tags": [{"Key": "team", "Value": "blue"}],
                "TransitiveTagKeys": ["team"],
            },
            {
                "sts:RoleSessionName": "a",
                "sts:ExternalId": "e",
                "aws:RequestTag/team": "blue",
                "aws:TagKeys": ("team",),
                "sts:TransitiveTagKeys": ("team",),
            },
        ),
        (
            "cognito-identity",
            "CreateIdentityPool",
            {"IdentityPoolTags": {"team": "blue"}},
            {"aws:RequestTag/team": "blue", "aws:TagKeys": ("team",)},
        ),
        (
            "cognito-idp",
            "UntagResource",
            {"ResourceArn": "arn:a", "TagKeys": ["team", "kind"]},
            {"aws:TagKeys": ("team", "kind")},
        ),
        (
            "events",
            "PutEvents",
            {"Entries": [{"Source": "app", "DetailType": "Saved"}]},
            {"events:source": "app", "events:detail-type": "Saved"},
        ),
        (
            "kms",
            "Encrypt",
            {"KeyId": "1", "EncryptionContext": {"user": "alice"}},
            {"kms:EncryptionContext:user": "alice"},
        ),
        (
            "sesv2",
            "SendEmail",
            {
                "FromEmailAddress": "a@example.com",
                "FromEmailAddressIdentityArn": "arn:a",
                "Destination": {"ToAddresses": ["b@example.com"], "BccAddresses": ["c@example.com"]},
            },
            {"ses:FromAddress": "a@example.com", "ses:Recipients": ("b@example.com", "c@example.com")},
        ),
    ],
)
def test_parameters_become_keys(
    service: str, operation: str, parameters: dict[str, Any], expected: dict[str, Any]
) -> None:
    common = ("aws:RequestedRegion", "aws:SourceIp", "aws:SecureTransport")

    found = keys(service, operation, parameters)

    assert {key: value for key, value in found.items() if key not in common} == expected


def test_a_role_is_passed_to_the_service() -> None:
    parameters = {"IdentityPoolId": "eu-west-1:1", "Roles": {"authenticated": ROLE}}

    _, passing = iam.describe_call(
        "cognito-identity", "SetIdentityPoolRoles", parameters, region="eu-west-1", account="123456789012"
    )

    assert (passing.action, passing.keys["iam:PassedToService"]) == ("iam:PassRole", "cognito-identity.amazonaws.com")


def test_each_entry_has_keys_of_its_own() -> None:
    deleted = {"Objects": [{"Key": "a"}, {"Key": "b", "VersionId": "3"}]}

    found = iam.describe_call(
        "s3", "DeleteObjects", {"Bucket": "notes", "Delete": deleted}, region="eu-west-1", account="123456789012"
    )

    assert [one.keys.get("s3:VersionId") for one in found] == [None, "3"]
