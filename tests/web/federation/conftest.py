"""A pool with a domain, and applications whose users sign in by identity providers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import pytest
import responses

from pytest_cognito import Cognito, UserPool
from tests.support import federated
from tests.support.federated import Federated

MakeFederated: TypeAlias = Callable[..., Federated]


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return federated.make_pool(cognito)


@pytest.fixture
def make(cognito: Cognito, pool: UserPool) -> MakeFederated:
    """Make an application whose users sign in by one type of provider; ``settings`` are those of the provider."""

    def make(kind: str = "Google", *others: str, client: dict[str, Any] | None = None, **settings: Any) -> Federated:
        name = federated.add_provider(cognito, pool, kind, **settings)
        return Federated(pool, federated.make_client(pool, name, *others, **(client or {})))

    return make


@pytest.fixture
def stubs() -> Iterator[Any]:
    """Stubs of the test's own, by the library responses; what they don't know is asked as ever."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as stubs:
        stubs.add_passthru("https://")
        yield stubs
