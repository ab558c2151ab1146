"""Condition operators, one by one: values that match, that don't, and keys that are absent."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pytest_cognito import UsageError
from pytest_cognito.iam.policies.conditions import OPERATORS
from tests.support.evaluated import allows

TOPIC = "arn:aws:sns:eu-west-1:123456789012:orders"

MATCHES: tuple[tuple[str, Any, Any, bool], ...] = (
    ("StringEquals", "red", "red", True),
    ("StringEquals", "red", "Red", False),
    ("StringEquals", "r*", "red", False),
    ("StringEquals", "r*", "r*", True),
    ("StringEquals", ["blue", "red"], "red", True),
    ("StringEquals", "", "", True),
    ("StringEqualsIgnoreCase", "RED", "red", True),
    ("StringEqualsIgnoreCase", "r*", "red", False),
    ("StringLike", "r*", "red", True),
    ("StringLike", "r?d", "red", True),
    ("StringLike", "r?", "red", False),
    ("StringLike", "R*", "red", False),
    ("StringLike", "a*b", "a\nb", True),
    ("StringLike", "home/", "home/alice", False),
    ("NumericEquals", "5", "5.0", True),
    ("NumericEquals", 5, 5, True),
    ("NumericLessThan", "10", "9", True),
    ("NumericLessThan", "10", "10", False),
    ("NumericLessThanEquals", "10", "10", True),
    ("NumericGreaterThan", "10", "10.5", True),
    ("NumericGreaterThan", "10", "-11", False),
    ("NumericGreaterThanEquals", "10", "10", True),
    ("NumericEquals", "5", "five", False),
    ("DateEquals", "2030-01-31T00:00:00Z", "2030-01-31", True),
    ("DateEquals", "2030-01-31T00:00:00Z", "2030-01-31T01:00:00+01:00", True),
    ("DateEquals", "1893456000", "2030-01-01T00:00:00Z", True),
    ("DateEquals", "2030-01", "2030-01-01T00:00Z", True),
    ("DateLessThan", "2030-01-31T00:00:00Z", "2030-01-30T23:59:59.999Z", True),
    ("DateLessThan", "2030-01-31T00:00:00Z", dt.datetime(2030, 1, 31, tzinfo=dt.UTC), False),
    ("DateLessThanEquals", "2030-01-31T00:00:00Z", "2030-01-31T00:00:00Z", True),
    ("DateGreaterThan", "2030-01-31T00:00:00Z", "2030-02-01", True),
    ("DateGreaterThan", "2030-01-31T00:00:00Z", "tomorrow", False),
    ("DateGreaterThanEquals", "2030-01-31T00:00:00Z", "2030-01-31", True),
    ("Bool", "true", "true", True),
    ("Bool", True, True, True),
    ("Bool", "TRUE", "true", True),
    ("Bool", "false", "true", False),
    ("Bool", "yes", "yes", False),
    ("BinaryEquals", "aGVsbG8=", "aGVsbG8=", True),
    ("BinaryEquals", "aGVsbG8=", "eA==", False),
    ("BinaryEquals", "aGVsbG8", "aGVsbG8", False),
    ("IpAddress", "203.0.113.0/24", "203.0.113.7", True),
    ("IpAddress", "203.0.113.7", "203.0.113.7", True),
    ("IpAddress", "203.0.113.0/24", "203.0.114.7", False),
    ("IpAddress", "2001:db8::/32", "2001:db8:1::7", True),
    ("IpAddress", "0.0.0.0/0", "2001:db8::1", False),
    ("IpAddress", "203.0.113.0/24", "nowhere", False),
    ("ArnEquals", TOPIC, TOPIC, True),
    ("ArnEquals", "arn:aws:sns:*:*:orders", TOPIC, True),
    ("ArnLike", "arn:aws:sns:eu-*:123456789012:*", TOPIC, True),
    ("ArnLike", "arn:aws:sns:*:orders", TOPIC, False),
    ("ArnLike", "arn:aws:sqs:*:*:*", TOPIC, False),
    ("ArnLike", "arn:aws:sns:*:*:o?ders", TOPIC, True),
    ("ArnLike", "arn:aws:s3:::notes/*", "arn:aws:s3:::notes/a:b/c", True),
    ("ArnLike", "arn:aws:sns:*:*:*", "no ARN", False),
)
OPPOSITES = {
    "StringEquals": "StringNotEquals",
    "StringEqualsIgnoreCase": "StringNotEqualsIgnoreCase",
    "StringLike": "StringNotLike",
    "NumericEquals": "NumericNotEquals",
    "DateEquals": "DateNotEquals",
    "IpAddress": "NotIpAddress",
    "ArnEquals": "ArnNotEquals",
    "ArnLike": "ArnNotLike",
}


@pytest.mark.parametrize(("operator", "wanted", "given", "matches"), MATCHES)
def test_an_operator_and_its_opposite(operator: str, wanted: Any, given: Any, matches: bool) -> None:
    keys = {"app:Key": given}

    assert allows({"Condition": {operator: {"app:key": wanted}}}, keys=keys) is matches
    assert allows({"Condition": {f"{operator}IfExists": {"APP:KEY": wanted}}}, keys=keys) is matches
    if operator in OPPOSITES:
        assert allows({"Condition": {OPPOSITES[operator]: {"app:Key": wanted}}}, keys=keys) is not matches


def test_every_operator_is_tested() -> None:
    tested = {operator for operator, *_ in MATCHES} | set(OPPOSITES.values()) | {"Null"}

    assert {operator.name for operator in OPERATORS.values()} == tested


@pytest.mark.parametrize("name", sorted(operator.name for operator in OPERATORS.values() if operator.name != "Null"))
def test_a_key_that_is_absent(name: str) -> None:
    wanted = "2030-01-01" if name.startswith("Date") else "1"

    def holds(operator: str) -> bool:
        return allows({"Condition": {operator: {"app:Key": wanted}}})

    assert holds(name) is OPERATORS[name.lower()].negated
    assert holds(f"{name}IfExists")
    assert holds(f"ForAllValues:{name}")
    assert not holds(f"ForAnyValue:{name}")
    assert holds(f"ForAnyValue:{name}IfExists")


@pytest.mark.parametrize(
    ("operator", "wanted", "given", "holds"),
    [
        ("ForAllValues:StringEquals", ["a", "b"], ("a", "b"), True),
        ("ForAllValues:StringEquals", ["a", "b"], ("a", "c"), False),
        ("ForAllValues:StringEquals", ["a"], (), True),
        ("ForAllValues:StringEquals", ["a"], "", True),
        ("ForAllValues:StringEquals", ["a"], "a", True),
        ("ForAllValues:StringNotEquals", ["a", "b"], ("c", "d"), True),
        ("ForAllValues:StringNotEquals", ["a", "b"], ("a", "d"), False),
        ("ForAnyValue:StringEquals", ["a", "b"], ("x", "b"), True),
        ("ForAnyValue:StringEquals", ["a", "b"], ("x", "y"), False),
        ("ForAnyValue:StringEquals", ["a"], (), False),
        ("ForAnyValue:StringNotEquals", ["a"], ("a", "x"), True),
        ("ForAnyValue:StringNotEquals", ["a"], ("a",), False),
        ("ForAnyValue:StringLike", "auth*", ("authenticated", "provider"), True),
        # Without either, AWS finds no match for a key with several values.
        ("StringEquals", ["a", "b"], ("a", "b"), False),
        ("StringNotEquals", ["x"], ("a", "b"), False),
        ("StringEquals", "a", ("a",), True),
        ("StringNotEquals", "a", ("a",), False),
    ],
)
def test_keys_with_several_values(operator: str, wanted: Any, given: Any, holds: bool) -> None:
    assert allows({"Condition": {operator: {"app:Key": wanted}}}, keys={"app:Key": given}) is holds


@pytest.mark.parametrize(
    ("wanted", "keys", "holds"),
    [
        ("true", {}, True),
        ("false", {}, False),
        (True, {"app:Key": "a"}, False),
        ("false", {"app:Key": "a"}, True),
        ("true", {"app:Key": ()}, True),
        ("true", {"app:Key": ""}, True),
        (["true", "false"], {"app:Key": "a"}, True),
    ],
)
def test_null(wanted: Any, keys: dict[str, Any], holds: bool) -> None:
    assert allows({"Condition": {"Null": {"app:Key": wanted}}}, keys=keys) is holds


def test_all_keys_of_all_operators_have_to_hold() -> None:
    condition = {"StringEquals": {"app:A": "1", "app:B": ["2", "3"]}, "Bool": {"app:C": "true"}}
    keys: dict[str, Any] = {"app:A": "1", "app:B": "3", "app:C": True}

    assert allows({"Condition": condition}, keys=keys)
    for name in keys:
        assert not allows({"Condition": condition}, keys={**keys, name: "4"})


def test_what_is_no_value_of_a_key() -> None:
    with pytest.raises(UsageError, match=r"the condition key app:Key is None: give text, a number"):
        allows({"Condition": {"Null": {"app:Key": "true"}}}, keys={"app:Key": None})
