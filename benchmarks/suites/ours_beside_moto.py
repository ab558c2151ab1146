"""A pytest plugin whose fixture ``mocks`` lets pytest-cognito answer for Cognito and moto for the other services."""

from collections.abc import Iterator

import pytest
from moto import mock_aws


@pytest.fixture
def mocks(cognito: object) -> Iterator[None]:
    with mock_aws():
        yield
