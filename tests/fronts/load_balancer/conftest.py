"""A load balancer in front of an application that tells what it was sent, and a user of the pool behind it."""

from __future__ import annotations

import pytest

from pytest_cognito import Cognito, LoadBalancer, User, UserPool
from tests.support.balanced import echo


@pytest.fixture
def pool(cognito_user_pool: UserPool) -> UserPool:
    return cognito_user_pool


@pytest.fixture
def alice(pool: UserPool) -> User:
    return pool.create_user("alice", email="alice@example.com")


@pytest.fixture
def balancer(cognito: Cognito, pool: UserPool) -> LoadBalancer:
    return cognito.load_balancer(echo(), pool, scope="openid email")
