"""A pytest plugin whose fixture ``mocks`` lets moto answer for every service."""

from collections.abc import Iterator

import pytest
from moto import mock_aws


@pytest.fixture
def mocks() -> Iterator[None]:
    with mock_aws():
        yield
