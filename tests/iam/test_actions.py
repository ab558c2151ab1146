"""What calls of AWS services want: which action on which resource."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito import UsageError, iam

ACCOUNT = "123456789012"
ACCESS_POINT = f"arn:aws:s3:us-east-1:{ACCOUNT}:accesspoint/readers"
TABLE = f"arn:aws:dynamodb:us-east-1:{ACCOUNT}:table"
POOL = f"arn:aws:cognito-identity:us-east-1:{ACCOUNT}:identitypool/us-east-1:1"
SYNC = f"arn:aws:cognito-sync:us-east-1:{ACCOUNT}:identitypool/us-east-1:1"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/app"
OBJECT = {"Bucket": "notes", "Key": "a/b.txt"}


def wanted(service: str, operation: str, parameters: dict[str, Any]) -> list[str]:
    """What a call wants, a text for each: the action and the resource."""
    found = iam.describe_call(service, operation, parameters, region="us-east-1", account=ACCOUNT)
    return [f"{one.action} {one.resource}" for one in found]


@pytest.mark.parametrize(
    ("operation", "parameters", "expected"),
    [
        ("GetObject", OBJECT, ["s3:GetObject arn:aws:s3:::notes/a/b.txt"]),
        ("GetObject", OBJECT | {"VersionId": "3"}, ["s3:GetObjectVersion arn:aws:s3:::notes/a/b.txt"]),
        ("GetObject", OBJECT | {"Bucket": ACCESS_POINT}, [f"s3:GetObject {ACCESS_POINT}/object/a/b.txt"]),
        ("HeadObject", OBJECT, ["s3:GetObject arn:aws:s3:::notes/a/b.txt"]),
        ("PutObject", OBJECT, ["s3:PutObject arn:aws:s3:::notes/a/b.txt"]),
        (
            "PutObject",
            OBJECT | {"Tagging": "team=blue", "ACL": "private"},
            [f"s3:{action} arn:aws:s3:::notes/a/b.txt" for action in ("PutObject", "PutObjectTagging", "PutObjectAcl")],
        ),
        ("UploadPart", OBJECT, ["s3:PutObject arn:aws:s3:::notes/a/b.txt"]),
        ("ListParts", OBJECT, ["s3:ListMultipartUploadParts arn:aws:s3:::notes/a/b.txt"]),
        ("HeadBucket", {"Bucket": "notes"}, ["s3:ListBucket arn:aws:s3:::notes"]),
        ("ListObjectsV2", {"Bucket": "notes"}, ["s3:ListBucket arn:aws:s3:::notes"]),
        ("ListObjectsV2", {"Bucket": ACCESS_POINT}, [f"s3:ListBucket {ACCESS_POINT}"]),
        ("ListBuckets", {}, ["s3:ListAllMyBuckets *"]),
        ("GetBucketCors", {"Bucket": "notes"}, ["s3:GetBucketCORS arn:aws:s3:::notes"]),
        (
            "DeleteObjects",
            {"Bucket": "notes", "Delete": {"Objects": [{"Key": "a"}, {"Key": "b", "VersionId": "1"}]}},
            ["s3:DeleteObject arn:aws:s3:::notes/a", "s3:DeleteObjectVersion arn:aws:s3:::notes/b"],
        ),
        (
            "CopyObject",
            OBJECT | {"CopySource": {"Bucket": "old", "Key": "c d"}},
            ["s3:PutObject arn:aws:s3:::notes/a/b.txt", "s3:GetObject arn:aws:s3:::old/c d"],
        ),
        (
            "CopyObject",
            OBJECT | {"CopySource": "old/c%20d?versionId=7"},
            ["s3:PutObject arn:aws:s3:::notes/a/b.txt", "s3:GetObjectVersion arn:aws:s3:::old/c d"],
        ),
        (
            "UploadPartCopy",
            OBJECT | {"CopySource": f"{ACCESS_POINT}/object/c/d"},
            ["s3:PutObject arn:aws:s3:::notes/a/b.txt", f"s3:GetObject {ACCESS_POINT}/object/c/d"],
        ),
    ],
)
def test_calls_of_s3(operation: str, parameters: dict[str, Any], expected: list[str]) -> None:
    assert wanted("s3", operation, parameters) == expected


@pytest.mark.parametrize(
    ("operation", "parameters", "expected"),
    [
        ("DescribeTable", {"TableName": "notes"}, [f"dynamodb:DescribeTable {TABLE}/notes"]),
        ("DescribeTable", {"TableName": f"{TABLE}/notes"}, [f"dynamodb:DescribeTable {TABLE}/notes"]),
        ("Scan", {"TableName": "notes"}, [f"dynamodb:Scan {TABLE}/notes"]),
        ("Scan", {"TableName": "notes", "IndexName": "by-day"}, [f"dynamodb:Scan {TABLE}/notes/index/by-day"]),
        (
            "BatchGetItem",
            {"RequestItems": {"notes": {"Keys": [{"id": {"S": "1"}}]}, "users": {"Keys": [{"id": {"S": "2"}}]}}},
            [f"dynamodb:BatchGetItem {TABLE}/notes", f"dynamodb:BatchGetItem {TABLE}/users"],
        ),
        (
            "TransactWriteItems",
            {
                "TransactItems": [
                    {"Delete": {"TableName": "notes", "Key": {"id": {"S": "1"}}}},
                    {"ConditionCheck": {"TableName": "users", "Key": {"id": {"S": "2"}}, "ConditionExpression": "a"}},
                ]
            },
            [f"dynamodb:DeleteItem {TABLE}/notes", f"dynamodb:ConditionCheckItem {TABLE}/users"],
        ),
        ("ListTables", {}, ["dynamodb:ListTables *"]),
    ],
)
def test_calls_of_dynamodb(operation: str, parameters: dict[str, Any], expected: list[str]) -> None:
    assert wanted("dynamodb", operation, parameters) == expected


@pytest.mark.parametrize(
    ("service", "operation", "parameters", "expected"),
    [
        (
            "cognito-idp",
            "AdminGetUser",
            {"UserPoolId": "us-east-1_1", "Username": "alice"},
            [f"cognito-idp:AdminGetUser arn:aws:cognito-idp:us-east-1:{ACCOUNT}:userpool/us-east-1_1"],
        ),
        ("cognito-idp", "TagResource", {"ResourceArn": "arn:a", "Tags": {}}, ["cognito-idp:TagResource arn:a"]),
        ("cognito-idp", "ListUserPools", {"MaxResults": 1}, ["cognito-idp:ListUserPools *"]),
        (
            "cognito-identity",
            "ListIdentities",
            {"IdentityPoolId": "us-east-1:1"},
            [f"cognito-identity:ListIdentities {POOL}"],
        ),
        (
            "cognito-identity",
            "DescribeIdentity",
            {"IdentityId": "us-east-1:2"},
            ["cognito-identity:DescribeIdentity *"],
        ),
        (
            "cognito-identity",
            "SetIdentityPoolRoles",
            {
                "IdentityPoolId": "us-east-1:1",
                "Roles": {"authenticated": ROLE},
                "RoleMappings": {"idp": {"Type": "Rules", "RulesConfiguration": {"Rules": [{"RoleARN": f"{ROLE}2"}]}}},
            },
            ["cognito-identity:SetIdentityPoolRoles *", f"iam:PassRole {ROLE}", f"iam:PassRole {ROLE}2"],
        ),
        (
            "cognito-sync",
            "ListRecords",
            {"IdentityPoolId": "us-east-1:1", "IdentityId": "us-east-1:2", "DatasetName": "scores"},
            [f"cognito-sync:ListRecords {SYNC}/identity/us-east-1:2/dataset/scores"],
        ),
        (
            "cognito-sync",
            "ListDatasets",
            {"IdentityPoolId": "us-east-1:1", "IdentityId": "us-east-1:2"},
            [f"cognito-sync:ListDatasets {SYNC}/identity/us-east-1:2/dataset/*"],
        ),
        ("sts", "AssumeRole", {"RoleArn": ROLE, "RoleSessionName": "a"}, [f"sts:AssumeRole {ROLE}"]),
        (
            "sts",
            "AssumeRole",
            {"RoleArn": ROLE, "RoleSessionName": "a", "Tags": [{"Key": "a", "Value": "b"}], "SourceIdentity": "alice"},
            [f"sts:AssumeRole {ROLE}", f"sts:TagSession {ROLE}", f"sts:SetSourceIdentity {ROLE}"],
        ),
        (
            "sts",
            "GetFederationToken",
            {"Name": "bob"},
            [f"sts:GetFederationToken arn:aws:sts::{ACCOUNT}:federated-user/bob"],
        ),
        ("sts", "DecodeAuthorizationMessage", {"EncodedMessage": "a"}, ["sts:DecodeAuthorizationMessage *"]),
    ],
)
def test_calls_of_cognito_and_sts(
    service: str, operation: str, parameters: dict[str, Any], expected: list[str]
) -> None:
    assert wanted(service, operation, parameters) == expected


@pytest.mark.parametrize(
    ("service", "operation"),
    [
        ("cognito-idp", "InitiateAuth"),
        ("cognito-identity", "GetId"),
        ("cognito-identity", "GetCredentialsForIdentity"),
        ("sts", "GetCallerIdentity"),
        ("sts", "AssumeRoleWithWebIdentity"),
    ],
)
def test_public_operations_want_nothing(service: str, operation: str) -> None:
    assert wanted(service, operation, {}) == []


def test_a_region_elsewhere_has_arns_of_its_partition() -> None:
    (one,) = iam.describe_call("s3", "GetObject", OBJECT, region="cn-north-1", account=ACCOUNT)

    assert one.resource == "arn:aws-cn:s3:::notes/a/b.txt"


@pytest.mark.parametrize(
    ("service", "operation", "reason"),
    [
        ("braket", "SearchJobs", "The service is not in the tables of IAM actions."),
        ("s3", "CreateSession", "The table of the service has no line for the operation."),
        ("dynamodb", "ExecuteStatement", "What a PartiQL statement touches is in its text, which is not read."),
    ],
)
def test_what_is_not_known_is_an_error_that_says_what_to_write(service: str, operation: str, reason: str) -> None:
    with pytest.raises(iam.Unmapped) as caught:
        wanted(service, operation, {})

    assert str(caught.value).startswith(f"which IAM action is {operation} of {service}? {reason} Say it in the test: ")
    assert f'cognito.iam.map("{service}", "{operation}", action="{service}:{operation}"' in str(caught.value)


def test_a_call_without_what_its_resource_is_made_of_is_an_error() -> None:
    with pytest.raises(UsageError, match=r"GetObject of s3 lacks the parameters .*\{Bucket\|objects\}\{Key\}"):
        wanted("s3", "GetObject", {"Bucket": "notes"})
