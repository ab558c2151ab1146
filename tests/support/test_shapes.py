from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from pytest_cognito.aws.model import operation_model
from tests.support.shapes import problems

RIGHT = {"Username": "alice", "UserAttributes": [{"Name": "sub"}], "UserCreateDate": datetime(2024, 1, 1, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, []),
        ({"Colour": 1}, ["AdminGetUserResponse.Colour: unknown member"]),
        ({"Enabled": 1}, ["AdminGetUserResponse.Enabled: 1 is no bool"]),
        ({"Username": None}, ["AdminGetUserResponse.Username: None is no str"]),
        ({"UserAttributes": [{}]}, ["AdminGetUserResponse.UserAttributes[0].Name: missing"]),
        (
            {"UserCreateDate": datetime(2024, 1, 1)},  # noqa: DTZ001 - that is what is wrong with it
            ["AdminGetUserResponse.UserCreateDate: datetime.datetime(2024, 1, 1, 0, 0) has no time zone"],
        ),
    ],
)
def test_an_answer_is_held_against_its_shape(changes: dict[str, Any], told: list[str]) -> None:
    assert problems(operation_model("cognito-idp", "AdminGetUser").output_shape, {**RIGHT, **changes}) == told


def test_an_operation_without_an_answer_answers_nothing() -> None:
    assert problems(None, {}) == []
    assert problems(None, {"a": 1}) == ["answer: {'a': 1} where nothing is to be answered"]
