"""The same on moto."""

import os
from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from benchmarks.sign_in import set_up_and_sign_in


@pytest.fixture
def aws() -> Iterator[None]:
    with mock_aws():
        yield


@pytest.mark.parametrize("number", range(int(os.environ["BENCHMARK_TESTS"])))
def test_sign_in(number: int, aws: None) -> None:
    assert set_up_and_sign_in(boto3.client("cognito-idp", region_name="us-east-1"))
