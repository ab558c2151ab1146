"""What the tests of the pages share: a pool with a domain of each version, and a client with pages."""

from __future__ import annotations

import pytest

from pytest_cognito import Cognito, User, UserPool
from tests.support import pages
from tests.support.pages import Site


@pytest.fixture(params=[pages.CLASSIC, pages.MANAGED], ids=["classic", "managed"])
def pool(request: pytest.FixtureRequest, cognito: Cognito) -> UserPool:
    return pages.make_pool(cognito, request.param)


@pytest.fixture
def client(pool: UserPool) -> Site:
    return pages.make_client(pool)


@pytest.fixture
def alice(pool: UserPool) -> User:
    return pool.user("alice")
