"""A pytest plugin whose fixture ``mocks`` lets pytest-cognito answer for Cognito."""

import pytest


@pytest.fixture
def mocks(cognito: object) -> None:
    """The mock of the plugin, as long as the test runs."""
