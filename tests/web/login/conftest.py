"""What the tests of the pages share: a pool with a domain and with alice, and a client with pages."""

from __future__ import annotations

import pytest

from pytest_cognito import Cognito, User, UserPool
from tests.support import pages
from tests.support.pages import Site


@pytest.fixture
def pool(request: pytest.FixtureRequest, cognito: Cognito) -> UserPool:
    """A pool whose pages are those of the classic hosted UI, unless a test asks for both versions."""
    return pages.make_pool(cognito, getattr(request, "param", pages.CLASSIC))


@pytest.fixture
def client(pool: UserPool) -> Site:
    return pages.make_client(pool)


@pytest.fixture
def alice(pool: UserPool) -> User:
    return pool.user("alice")
