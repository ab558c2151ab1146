"""A pool, and what explains the failure of a call on it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito import Cognito, UserPool

Explained = Callable[[Callable[[], object]], list[str]]


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    """A pool with the user alice."""
    pool = cognito.create_user_pool(AutoVerifiedAttributes=["email"])
    pool.create_user("alice", email="alice@example.com")
    return pool


@pytest.fixture
def explained(cognito: Cognito) -> Explained:
    """What explains the failure of what is done."""

    def explanation(fail: Callable[[], object]) -> list[str]:
        with pytest.raises(AWSError):
            fail()
        return [re.sub(r"\b\d\d:\d\d:\d\d\b", "TIME", line) for line in cognito.calls[-1].explanation]

    return explanation
