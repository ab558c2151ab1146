"""The time of these tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine


@pytest.fixture
def time_stands_still() -> Iterator[None]:
    """The machine's time stops; Cognito's moves only as the test advances its clock."""
    with time_machine.travel(1_800_000_000, tick=False):
        yield
