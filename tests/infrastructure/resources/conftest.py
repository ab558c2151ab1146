"""What the tests of resources share."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_cognito import Cognito
from tests.support.stacks import Templates


@pytest.fixture
def templates(cognito: Cognito, tmp_path: Path) -> Templates:
    return Templates(cognito, tmp_path)
