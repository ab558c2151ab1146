"""Client libraries and verifiers of tokens that know nothing of pytest-cognito, as applications use them.

Without a library its tests are skipped; in the tox environment ``clients``, which has them all, that is an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from pytest_cognito import AppClient, User, UserPool
from tests.support.hosted import PREFIX
from tests.support.web_apps import DJANGO, is_installed, web_client

if all(map(is_installed, DJANGO)):
    from tests.support import django_project  # noqa: F401 (its settings come before what reads them)

if TYPE_CHECKING:
    from django.test import Client


@pytest.fixture
def pool(cognito_user_pool: UserPool) -> UserPool:
    """The test's pool, with a domain."""
    cognito_user_pool.call("CreateUserPoolDomain", Domain=PREFIX)
    return cognito_user_pool


@pytest.fixture
def web(pool: UserPool) -> AppClient:
    """The app client of the application, with a secret."""
    return web_client(pool)


@pytest.fixture
def alice(cognito_user: User) -> User:
    return cognito_user


@pytest.fixture
def site(db: None) -> Iterator[Client]:
    """A client of the Django project, as behind a proxy that speaks HTTPS. ``db`` is pytest-django's."""
    from django.core.cache import cache
    from django.test import Client

    yield Client(headers={"host": "app.example.com", "x-forwarded-proto": "https"})
    cache.clear()
