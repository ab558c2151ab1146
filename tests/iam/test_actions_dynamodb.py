"""Condition keys of DynamoDB, with a table that moto has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from pytest_cognito import UsageError, iam

ALICE = {"S": "alice"}
KEY = {"owner": ALICE, "day": {"S": "monday"}}
BY_TITLE = {
    "IndexName": "by-title",
    "KeySchema": [{"AttributeName": "title", "KeyType": "HASH"}, {"AttributeName": "owner", "KeyType": "RANGE"}],
    "Projection": {"ProjectionType": "ALL"},
}


@pytest.fixture
def notes() -> Iterator[str]:
    """A table of notes: by owner and day, and by title in an index."""
    with mock_aws():
        client = boto3.client("dynamodb", region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
        names = ("owner", "day", "title")
        client.create_table(
            TableName="notes",
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in names],
            KeySchema=[{"AttributeName": "day", "KeyType": "RANGE"}, {"AttributeName": "owner", "KeyType": "HASH"}],
            GlobalSecondaryIndexes=[BY_TITLE],
            BillingMode="PAY_PER_REQUEST",
        )
        yield "notes"


def wanted(operation: str, parameters: dict[str, Any]) -> tuple[iam.Wanted, ...]:
    return iam.describe_call("dynamodb", operation, parameters, region="us-east-1", account="123456789012")


def keys(operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """The keys of DynamoDB's own of a call that wants one thing."""
    (one,) = wanted(operation, parameters)
    return {key.partition(":")[2]: value for key, value in one.keys.items() if key.startswith("dynamodb:")}


@pytest.mark.parametrize(
    ("operation", "parameters", "expected"),
    [
        ("GetItem", {"Key": KEY}, ("alice",)),
        ("PutItem", {"Item": {**KEY, "text": {"S": "hello"}}}, ("alice",)),
        ("UpdateItem", {"Key": KEY, "UpdateExpression": "SET a = :a"}, ("alice",)),
        (
            "Query",
            {
                "KeyConditionExpression": "#o = :o and #d = :d",
                "ExpressionAttributeNames": {"#o": "owner", "#d": "day"},
            }
            | {"ExpressionAttributeValues": {":o": ALICE, ":d": {"S": "monday"}}},
            ("alice",),
        ),
        (
            "Query",
            {
                "IndexName": "by-title",
                "KeyConditionExpression": "owner = :o AND :t = title",
                "ExpressionAttributeValues": {":o": ALICE, ":t": {"S": "hello"}},
            },
            ("hello",),
        ),
        (
            "Query",
            {"KeyConditions": {"owner": {"ComparisonOperator": "EQ", "AttributeValueList": [ALICE]}}},
            ("alice",),
        ),
        ("Scan", {}, None),
    ],
)
def test_leading_keys(notes: str, operation: str, parameters: dict[str, Any], expected: tuple[str, ...] | None) -> None:
    assert keys(operation, {"TableName": notes, **parameters}).get("LeadingKeys") == expected


def test_leading_keys_of_a_batch_are_those_of_all_its_items(notes: str) -> None:
    requests = [{"PutRequest": {"Item": KEY}}, {"DeleteRequest": {"Key": {**KEY, "owner": {"S": "bob"}}}}]

    assert keys("BatchWriteItem", {"RequestItems": {notes: requests}})["LeadingKeys"] == ("alice", "bob")
    read = keys("BatchGetItem", {"RequestItems": {notes: {"Keys": [KEY], "ProjectionExpression": "title"}}})
    assert read == {"LeadingKeys": ("alice",), "Attributes": ("owner", "day", "title"), "Select": "SPECIFIC_ATTRIBUTES"}


def test_what_a_transaction_does_is_wanted_one_by_one(notes: str) -> None:
    items = [
        {"Put": {"TableName": notes, "Item": KEY}},
        {"Update": {"TableName": notes, "Key": KEY | {"owner": {"S": "bob"}}}},
    ]

    found = wanted("TransactWriteItems", {"TransactItems": items})

    assert [
        (one.action, one.keys["dynamodb:LeadingKeys"], one.keys["dynamodb:EnclosingOperation"]) for one in found
    ] == [
        ("dynamodb:PutItem", ("alice",), "TransactWriteItems"),
        ("dynamodb:UpdateItem", ("bob",), "TransactWriteItems"),
    ]


@pytest.mark.parametrize(
    ("value", "expected"), [({"S": "alice"}, "alice"), ({"N": "12"}, "12"), ({"B": b"\x01\x02"}, "AQI=")]
)
def test_a_key_of_one_attribute_tells_without_asking(value: dict[str, Any], expected: str) -> None:
    assert keys("GetItem", {"TableName": "notes", "Key": {"id": value}})["LeadingKeys"] == (expected,)


@pytest.mark.parametrize(
    ("operation", "parameters", "expected"),
    [
        ("GetItem", {"ProjectionExpression": "title, #t.pages[0].lines"}, ("id", "title", "text")),
        (
            "UpdateItem",
            {
                "UpdateExpression": "SET #t = if_not_exists(title, :a) + :b, stars[1] = :c REMOVE draft",
                "ConditionExpression": "attribute_exists(id) AND NOT (size(#t) BETWEEN :a AND :b)",
            },
            ("id", "text", "title", "stars", "draft"),
        ),
        ("DeleteItem", {"Expected": {"open": {"Exists": False}}}, ("open", "id")),
        ("GetItem", {"AttributesToGet": ["title"]}, ("id", "title")),
    ],
)
def test_attributes_are_those_that_a_request_names(
    operation: str, parameters: dict[str, Any], expected: tuple[str, ...]
) -> None:
    call = {"TableName": "notes", "Key": {"id": ALICE}, "ExpressionAttributeNames": {"#t": "text"}, **parameters}

    assert sorted(keys(operation, call)["Attributes"]) == sorted(expected)


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, "ALL_ATTRIBUTES"),
        ({"IndexName": "by-title"}, "ALL_PROJECTED_ATTRIBUTES"),
        ({"ProjectionExpression": "title"}, "SPECIFIC_ATTRIBUTES"),
        ({"Select": "COUNT"}, "COUNT"),
    ],
)
def test_select_is_what_is_read(parameters: dict[str, Any], expected: str) -> None:
    assert keys("Scan", {"TableName": "notes", **parameters})["Select"] == expected


def test_return_values_are_those_that_are_given() -> None:
    call = {"TableName": "notes", "Key": {"id": ALICE}}

    assert keys("DeleteItem", {**call, "ReturnValues": "ALL_OLD"})["ReturnValues"] == "ALL_OLD"
    assert "ReturnValues" not in keys("DeleteItem", call)


def test_a_table_that_is_not_there_has_no_leading_key(notes: str) -> None:
    assert "LeadingKeys" not in keys("PutItem", {"TableName": f"{notes}-of-others", "Item": KEY})


@pytest.mark.usefixtures("cognito")
def test_a_table_that_nobody_tells_of_is_an_error_that_says_what_to_do() -> None:
    message = (
        r"nothing answers its describe_table\(TableName='notes'\): use moto's mock_aws or a local endpoint, or say"
    )
    with pytest.raises(UsageError, match=message):
        keys("PutItem", {"TableName": "notes", "Item": KEY})
