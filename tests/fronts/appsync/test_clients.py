"""Clients of a GraphQL API: HTTP libraries at its address, the loopback server, and asynchronous tests."""

from __future__ import annotations

import asyncio
import sys
import urllib.request

import httpx
import pytest
import requests

from pytest_cognito import Cognito, GraphQLApi, Server, Tokens, UsageError, mock_cognito
from tests.support.graphql_apis import Resolver

QUERY = {"query": "{ notes { id } }"}
DATA = {"data": {"notes": [{"id": "1"}, {"id": "2"}]}}


def test_http_libraries(api: GraphQLApi, cognito_tokens: Tokens) -> None:
    assert api.graphql_url.endswith(".appsync-api.us-east-1.amazonaws.com/graphql")
    headers = {"Authorization": cognito_tokens.id_token}
    assert requests.post(api.graphql_url, json=QUERY, headers=headers, timeout=5).json() == DATA
    assert httpx.post(api.graphql_url, json=QUERY, headers=headers).json() == DATA
    request = urllib.request.Request(api.graphql_url, b'{"query": "{ notes { id } }"}', headers)
    with urllib.request.urlopen(request) as response:
        assert response.headers["Content-Type"] == "application/json;charset=UTF-8"


def test_asynchronous_tests(api: GraphQLApi, cognito_tokens: Tokens) -> None:
    async def ask() -> None:
        answer = await api.aquery(QUERY["query"], auth=cognito_tokens)
        assert answer["notes"] == DATA["data"]["notes"]
        async with httpx.AsyncClient() as client:
            headers = {"Authorization": cognito_tokens.id_token}
            assert (await client.post(api.graphql_url, json=QUERY, headers=headers)).json() == DATA

    asyncio.run(ask())


def test_the_loopback_server(api: GraphQLApi, cognito_server: Server, cognito_tokens: Tokens) -> None:
    url = f"{cognito_server.endpoint_url}/_provider/{api.host}/graphql"
    headers = {"Authorization": cognito_tokens.id_token}
    assert requests.post(url, json=QUERY, headers=headers, timeout=5).json() == DATA
    assert requests.post(url, json=QUERY, timeout=5).status_code == 401


def test_an_answer(api: GraphQLApi, cognito_tokens: Tokens) -> None:
    answer = api.query(QUERY["query"])
    assert repr(answer) == "<GraphQLAnswer 401 None 'Valid authorization header not provided.'>"
    with pytest.raises(LookupError, match="401: Valid authorization header not provided"):
        answer["notes"]
    with pytest.raises(UsageError, match="auth takes tokens"):
        api.query("{ notes { id } }", auth=5)
    with pytest.raises(UsageError, match="query takes a text"):
        api.query(5)  # type: ignore[arg-type]


def test_the_log_of_calls(api: GraphQLApi, cognito: Cognito, cognito_tokens: Tokens) -> None:
    api.query('{ notes(tags: ["secret"]) { id } }', auth=cognito_tokens)
    call = cognito.calls[-1]
    assert (call.service, call.operation, call.result) == ("appsync", "POST /graphql", {"status": 200})
    assert call.explanation[0] == '{ notes(tags: ["…"]) { id } }'
    assert [each.source for each in call.invocations] == ["Query.notes"]


def test_without_graphql_core(cognito: Cognito, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(sys.modules):
        if name.startswith("pytest_cognito.fronts.appsync.") and not name.endswith((".making", ".modes")):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "graphql", None)
    with pytest.raises(UsageError, match=r'GraphQL APIs need graphql.*pip install "pytest-cognito\[appsync\]"'):
        cognito.appsync("type Query { a: ID }", {}, "API_KEY")


def test_what_a_seed_has_made() -> None:
    """A world that begins with what is here has its own copy of the API."""
    with mock_cognito() as outer:
        api = outer.appsync("type Query { notes: String }", {"Query.notes": Resolver("x")}, "API_KEY")
        heir = api.inherited_by(outer.world)
        heir.create_api_key()
        assert (len(api.keys), len(heir.keys), heir.api_key in api.keys) == (1, 2, False)
        assert api.arn == f"arn:aws:appsync:us-east-1:123456789012:apis/{api.id}"
