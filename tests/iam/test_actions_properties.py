"""What holds for IAM actions whatever names a call has."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pytest_cognito import iam
from pytest_cognito.iam.actions import expressions

ARN = re.compile(r"arn:aws:[a-z0-9-]+:[a-z0-9-]*:[0-9]*:.+", re.DOTALL)
NAMES = st.text("aB1-_./:[ \né", max_size=12).map(lambda end: f"x{end}")
ATTRIBUTES = st.text("abc_019", max_size=5).map(lambda end: f"x{end}")


CALLS = [
    ("s3", "GetObject", ["Bucket", "Key"]),
    ("s3", "CopyObject", ["Bucket", "Key", "CopySource"]),
    ("sqs", "SendMessage", ["QueueUrl"]),
    ("lambda", "Invoke", ["FunctionName", "Qualifier"]),
    ("ssm", "GetParameter", ["Name"]),
    ("kms", "Encrypt", ["KeyId"]),
    ("events", "PutRule", ["Name", "EventBusName"]),
]


@given(st.sampled_from(CALLS), st.data())
def test_a_resource_is_an_arn(call: tuple[str, str, list[str]], data: st.DataObject) -> None:
    service, operation, members = call
    parameters: dict[str, Any] = {member: data.draw(NAMES, member) for member in members}
    if "QueueUrl" in parameters:
        parameters["QueueUrl"] = f"https://queue.example.com/123456789012/{parameters['QueueUrl']}"
    if "CopySource" in parameters:
        parameters["CopySource"] = f"notes/{parameters['CopySource']}"

    found = iam.describe_call(service, operation, parameters, region="eu-west-1", account="123456789012")

    assert found
    assert [one.resource for one in found if not ARN.fullmatch(one.resource)] == []


@given(st.lists(ATTRIBUTES, min_size=1, max_size=4, unique=True), st.data())
def test_a_projection_is_about_the_attributes_that_it_names(names: list[str], data: st.DataObject) -> None:
    steps = st.lists(st.sampled_from([".inner", "[0]", " . inner", ".#x", "[ 12 ]"]), max_size=3).map("".join)
    substitutes = {f"#{number}": name for number, name in enumerate(names) if data.draw(st.booleans())}
    written = {name: placeholder for placeholder, name in substitutes.items()}

    projection = ", ".join(written.get(name, name) + data.draw(steps) for name in names)

    assert list(expressions.attributes(projection, substitutes)) == names


@given(ATTRIBUTES, st.sampled_from(["= :v", "<> :v", ">= :v", "BETWEEN :v AND :w", "IN (:v, :w)"]))
def test_a_condition_is_an_equality_only_with_an_equals_sign(name: str, condition: str) -> None:
    values = {":v": {"S": "a"}, ":w": {"S": "b"}}

    found = expressions.equalities(f"first = :w and {name} {condition}", {}, values)

    expected = {"first": {"S": "b"}} | ({name: {"S": "a"}} if condition == "= :v" else {})
    assert found == expected
