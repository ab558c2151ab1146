"""The two cases of AWS's guide in which a policy keeps the users of an identity pool out of each other's data."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from moto import mock_aws

from pytest_cognito import Cognito, Identity, IdentityPool, UserPool
from tests.support.clients import client
from tests.support.refusals import refusal
from tests.support.roles import REGION, policy

SUB = "${cognito-identity.amazonaws.com:sub}"
TABLE = "arn:aws:dynamodb:us-east-1:123456789012:table/notes"
FILES = policy(
    {
        "Effect": "Allow",
        "Action": "s3:ListBucket",
        "Resource": "arn:aws:s3:::notes",
        "Condition": {"StringLike": {"s3:prefix": [f"{SUB}/*"]}},
    },
    {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": f"arn:aws:s3:::notes/{SUB}/*"},
)
ITEMS = policy(
    {
        "Effect": "Allow",
        "Action": ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"],
        "Resource": TABLE,
        "Condition": {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": [SUB]}},
    }
)
pytestmark = pytest.mark.cognito(enforce=True)


@pytest.fixture(autouse=True)
def moto(cognito: Cognito) -> Iterator[None]:
    with mock_aws():
        yield


@pytest.fixture
def pool(cognito_identity_pool: IdentityPool) -> IdentityPool:
    """An identity pool, whose users may have files and items of their own."""
    role = cognito_identity_pool.create_role("users", policies=[FILES, ITEMS])
    cognito_identity_pool.set_roles(authenticated=role)
    return cognito_identity_pool


@pytest.fixture
def ann(pool: IdentityPool, cognito_user_pool: UserPool) -> Identity:
    return pool.identity_of(cognito_user_pool.create_user("ann"))


@pytest.fixture
def ben(pool: IdentityPool, cognito_user_pool: UserPool) -> Identity:
    return pool.identity_of(cognito_user_pool.create_user("ben"))


def test_each_user_has_the_files_below_their_own_identity(ann: Identity, ben: Identity) -> None:
    client("s3", region_name=REGION).create_bucket(Bucket="notes")
    s3_of_ann, s3_of_ben = ann.credentials().session().client("s3"), ben.credentials().session().client("s3")
    file = {"Bucket": "notes", "Key": f"{ann.id}/diary.txt"}

    s3_of_ann.put_object(**file, Body=b"secret")

    assert s3_of_ann.get_object(**file)["Body"].read() == b"secret"
    assert s3_of_ann.list_objects_v2(Bucket="notes", Prefix=f"{ann.id}/")["KeyCount"] == 1
    assert refusal(s3_of_ben.get_object, **file).code == "AccessDenied"
    assert refusal(s3_of_ben.put_object, **file, Body=b"forged").code == "AccessDenied"
    assert refusal(s3_of_ben.list_objects_v2, Bucket="notes", Prefix=f"{ann.id}/").code == "AccessDenied"
    assert refusal(s3_of_ben.list_objects_v2, Bucket="notes").code == "AccessDenied"


def test_each_user_has_the_items_under_their_own_identity(ann: Identity, ben: Identity) -> None:
    client("dynamodb", region_name=REGION).create_table(
        TableName="notes",
        KeySchema=[{"AttributeName": "owner", "KeyType": "HASH"}, {"AttributeName": "title", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("owner", "title")],
        BillingMode="PAY_PER_REQUEST",
    )
    of_ann, of_ben = ann.credentials().session().client("dynamodb"), ben.credentials().session().client("dynamodb")
    key = {"owner": {"S": ann.id}, "title": {"S": "diary"}}
    own = {"owner": {"S": ben.id}, "title": {"S": "diary"}}
    query = {
        "TableName": "notes",
        "KeyConditionExpression": "#o = :o",
        "ExpressionAttributeNames": {"#o": "owner"},
        "ExpressionAttributeValues": {":o": {"S": ann.id}},
    }

    of_ann.put_item(TableName="notes", Item={**key, "text": {"S": "secret"}})

    assert of_ann.get_item(TableName="notes", Key=key)["Item"]["text"] == {"S": "secret"}
    assert of_ann.query(**query)["Count"] == 1
    assert of_ann.batch_get_item(RequestItems={"notes": {"Keys": [key]}})["Responses"]["notes"] != []
    assert of_ben.get_item(TableName="notes", Key=own).get("Item") is None
    assert refusal(of_ben.get_item, TableName="notes", Key=key).code == "AccessDeniedException"
    assert refusal(of_ben.put_item, TableName="notes", Item=key).code == "AccessDeniedException"
    assert refusal(of_ben.query, **query).code == "AccessDeniedException"
    both = {"notes": {"Keys": [own, key]}}
    assert refusal(of_ben.batch_get_item, RequestItems=both).code == "AccessDeniedException"
