"""The same with a boto3 client made in each test."""

import os

import boto3
import pytest

from benchmarks.sign_in import set_up_and_sign_in


@pytest.mark.parametrize("number", range(int(os.environ["BENCHMARK_TESTS"])))
def test_sign_in(number: int, cognito: object) -> None:
    assert set_up_and_sign_in(boto3.client("cognito-idp", region_name="us-east-1"))
