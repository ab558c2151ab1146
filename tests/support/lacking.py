"""What a machine may lack without which some tests can't run."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def lacking(what: str) -> NoReturn:
    """Skip the test and say what is missing; in the tox environment ``browsers`` it fails where CI is set."""
    if os.environ.get("PYTEST_COGNITO_BROWSERS"):
        pytest.fail(what)
    pytest.skip(what)
