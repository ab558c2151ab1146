"""What to write where a fixture of a wider scope takes one of a test: pytest says only that it can't."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

_HINT = """
The fixtures of pytest-cognito are made anew for each test. What several tests share is made in one of two ways:
  * once for all, and each test gets it as it was: override cognito_seed in conftest.py
        @pytest.fixture(scope="session")
        def cognito_seed():
            def seed(cognito):
                cognito.create_user_pool(id="us-east-1_Shared001")
            return seed
  * one mock that stays active, and each test sees what the one before left: in the fixture, write
        with mock_cognito(seed="shared") as cognito:
            yield cognito.create_user_pool()"""


def add_hint(report: pytest.TestReport, excinfo: pytest.ExceptionInfo[Any], names: Iterable[str]) -> None:
    """Add the hint to the report of a test that failed because of the scope of a fixture with one of these names."""
    text = str(report.longrepr)
    if isinstance(excinfo.value, pytest.fail.Exception) and any(
        f"ScopeMismatch: You tried to access the function scoped fixture {name} " in text for name in names
    ):
        report.longrepr = f"{text}\n{_HINT}"
