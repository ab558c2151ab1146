"""Around a test of the mock, none is active."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pytest_cognito import active


@pytest.fixture(autouse=True)
def off_before_and_after() -> Iterator[None]:
    assert active.current() is None
    yield
    assert active.current() is None
