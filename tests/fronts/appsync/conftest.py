"""What the tests of GraphQL APIs share."""

from __future__ import annotations

import pytest

from pytest_cognito import Cognito, GraphQLApi, UserPool
from tests.support.graphql_apis import SCHEMA, Resolver


@pytest.fixture
def notes() -> Resolver:
    """The resolver of ``Query.notes``."""
    return Resolver()


@pytest.fixture
def api(cognito: Cognito, cognito_user_pool: UserPool, notes: Resolver) -> GraphQLApi:
    """An API for the users of the pool."""
    return cognito.appsync(SCHEMA, {"Query.notes": notes, "Query.admin": Resolver("secret")}, cognito_user_pool)
