"""GraphQL APIs with API keys."""

from __future__ import annotations

import pytest

from pytest_cognito import Cognito, GraphQLApi, UsageError, User
from tests.support.graphql_apis import NO_AUTHORIZATION, NOT_AUTHORIZED, SCHEMA, Resolver, refused

QUERY = "{ notes { id } }"


@pytest.fixture
def keyed(cognito: Cognito, notes: Resolver) -> GraphQLApi:
    return cognito.appsync(SCHEMA, {"Query.notes": notes}, "API_KEY")


def test_a_key(keyed: GraphQLApi, notes: Resolver) -> None:
    assert keyed.query(QUERY, auth=keyed.api_key)["notes"]
    assert notes.identity is None


def test_without_a_right_key(keyed: GraphQLApi, cognito_user: User) -> None:
    assert refused(keyed.query(QUERY)) == NO_AUTHORIZATION
    assert refused(keyed.query(QUERY, auth=cognito_user)) == NO_AUTHORIZATION
    assert refused(keyed.query(QUERY, auth=f"{keyed.api_key}x")) == NOT_AUTHORIZED


def test_a_key_expires(keyed: GraphQLApi, cognito: Cognito) -> None:
    week, longer = keyed.api_key, keyed.create_api_key(days=30)
    assert keyed.api_key == longer
    cognito.clock.advance(days=8)
    assert refused(keyed.query(QUERY, auth=week)) == NOT_AUTHORIZED
    assert "the key has expired" in cognito.calls[-1].explanation[-1]
    assert keyed.query(QUERY, auth=longer)["notes"]


def test_mistakes(keyed: GraphQLApi, api: GraphQLApi) -> None:
    with pytest.raises(UsageError, match="from 1 to 365"):
        keyed.create_api_key(days=366)
    with pytest.raises(UsageError, match='authorization="API_KEY"'):
        api.create_api_key()
    with pytest.raises(UsageError, match='authorization="API_KEY"'):
        _ = api.api_key
