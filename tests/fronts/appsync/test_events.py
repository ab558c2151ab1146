"""The events of direct Lambda resolvers, of batches and of pipelines."""

from __future__ import annotations

from typing import Any

import pytest
from aws_lambda_powertools.event_handler import AppSyncResolver
from aws_lambda_powertools.utilities.data_classes import AppSyncResolverEvent
from aws_lambda_powertools.utilities.data_classes.appsync_resolver_event import AppSyncIdentityCognito

from pytest_cognito import Cognito, GraphQLApi, Tokens, UserPool
from tests.support.graphql_apis import NOTES, SCHEMA, Resolver

QUERY = """
query Notes($first: Int, $with: Boolean!) {
  all: notes(first: $first, tags: ["a"]) {
    id
    by: author { name }
    ...More
    ... on Note @include(if: $with) { owner }
    stars @skip(if: true)
  }
}
fragment More on Note { title }
"""


@pytest.fixture
def authors() -> Resolver:
    return Resolver({"name": "alice"})


@pytest.fixture
def full(cognito: Cognito, cognito_user_pool: UserPool, notes: Resolver, authors: Resolver) -> GraphQLApi:
    return cognito.appsync(SCHEMA, {"Query": {"notes": notes}, "Note": {"author": authors}}, cognito_user_pool)


def test_an_event(full: GraphQLApi, notes: Resolver, authors: Resolver, cognito_tokens: Tokens) -> None:
    headers = {"Cookie": "a=b", "X-Tenant": "t1", "X-Forwarded-For": "203.0.113.1, 198.51.100.2"}
    answer = full.query(QUERY, {"first": 2, "with": True}, auth=cognito_tokens, headers=headers)
    assert answer["all"][1] == {"id": "2", "by": {"name": "alice"}, "title": "Bread", "owner": None}
    (event,) = notes.events
    assert set(event) == {"arguments", "identity", "source", "request", "prev", "info", "stash"}
    assert event["request"]["domainName"] is None
    assert "cookie" not in event["request"]["headers"]
    assert (event["source"], event["prev"], event["stash"]) == (None, None, {})
    assert event["info"]["selectionSetGraphQL"] == (
        "{\n  id\n  by: author {\n    name\n  }\n  ...More\n  ... on Note @include(if: $with) {\n    owner\n  }\n"
        "  stars @skip(if: true)\n}"
    )
    assert event["identity"]["sourceIp"] == ["203.0.113.1", "198.51.100.2", "127.0.0.1"]

    read = AppSyncResolverEvent(event)
    assert (read.type_name, read.field_name) == ("Query", "notes")
    assert read.arguments == {"first": 2, "tags": ["a"]}
    assert read.request_headers["X-TENANT"] == "t1"
    assert event["info"]["variables"] == {"first": 2, "with": True}
    assert read.info.selection_set_list == ["id", "by", "by/name", "title", "owner"]
    assert isinstance(read.identity, AppSyncIdentityCognito)
    assert read.identity.username == "alice"
    assert read.identity.claims == cognito_tokens.claims

    below = [AppSyncResolverEvent(each) for each in authors.events]
    assert [each.source for each in below] == NOTES
    assert (below[0].type_name, below[0].field_name, below[0].info.selection_set_list) == ("Note", "author", ["name"])


def test_a_resolver_of_powertools(cognito: Cognito, cognito_user_pool: UserPool, cognito_tokens: Tokens) -> None:
    app: Any = AppSyncResolver()  # type: ignore[no-untyped-call]

    @app.resolver(type_name="Query", field_name="note")  # type: ignore[untyped-decorator]
    def note(id: str) -> dict[str, Any]:  # the argument is called so in the schema
        username = app.current_event.identity.username
        return {"id": id, "title": f"of {username}"}

    @app.resolver(type_name="Note", field_name="author")  # type: ignore[untyped-decorator]
    def author() -> dict[str, str]:
        return {"name": app.current_event.source["title"]}

    api = cognito.appsync(SCHEMA, {"Query.note": app, "Note.author": app}, cognito_user_pool)
    answer = api.query('{ note(id: "7") { id title author { name } } }', auth=cognito_tokens)
    assert answer["note"] == {"id": "7", "title": "of alice", "author": {"name": "of alice"}}


def test_a_batch(cognito: Cognito, cognito_user_pool: UserPool, cognito_tokens: Tokens) -> None:
    sizes: list[int] = []

    def authors(events: list[dict[str, Any]], context: object) -> list[Any]:
        sizes.append(len(events))
        return [
            {"errorMessage": "unknown", "errorType": "NotFound"}
            if event["source"]["id"] == "1"
            else {"data": {"name": event["source"]["id"]}}
            for event in events
        ]

    notes = [{"id": str(number), "title": "x"} for number in range(5)]
    resolvers = {"Query.notes": Resolver(notes), "Note.author": {"function": authors, "maxBatchSize": 2}}
    api = cognito.appsync(SCHEMA, resolvers, cognito_user_pool)
    answer = api.query("{ notes { author { name } other: author { name } } }", auth=cognito_tokens)
    assert answer.data is not None
    assert [each["author"] and each["author"]["name"] for each in answer.data["notes"]] == ["0", None, "2", "3", "4"]
    assert [(error["path"], error["errorType"], error["message"]) for error in answer.errors] == [
        (["notes", 1, "author"], "NotFound", "unknown"),
        (["notes", 1, "other"], "NotFound", "unknown"),
    ]
    assert sizes == [2, 2, 1, 2, 2, 1]


@pytest.mark.parametrize("returned", [["x"], "x", {}])
def test_a_batch_without_a_result_for_each(cognito: Cognito, returned: Any) -> None:
    resolvers = {"Query.notes": Resolver(), "Note.author": {"function": Resolver(returned), "maxBatchSize": 10}}
    api = cognito.appsync(SCHEMA, resolvers, "API_KEY")
    answer = api.query("{ notes { author { name } } }", auth=api.api_key)
    assert answer.data == {"notes": [{"author": None}, {"author": None}]}
    assert "results for a batch of 2" in answer.messages[0]


def test_a_pipeline(cognito: Cognito) -> None:
    first, second = Resolver(["a"]), Resolver([{"id": "1", "title": "b"}])
    api = cognito.appsync(SCHEMA, {"Query.notes": [first, second]}, "API_KEY")
    assert api.query("{ notes { title } }", auth=api.api_key)["notes"] == [{"title": "b"}]
    assert first.events[0]["prev"] == {"result": {}}
    read: Any = AppSyncResolverEvent(second.events[0])
    assert read.prev_result == ["a"]


def test_enums_and_input_objects(cognito: Cognito) -> None:
    schema = "type Query { a(of: In): String } input In { kind: Kind = ONE json: AWSJSON } enum Kind { ONE TWO }"
    resolver = Resolver("x")
    api = cognito.appsync(schema, {"Query.a": resolver}, "API_KEY")
    api.query('{ a(of: {json: "{\\"b\\": [1]}"}) }', auth=api.api_key)
    api.query("query($in: In) { a(of: $in) }", {"in": {"kind": "TWO"}}, auth=api.api_key)
    assert [event["arguments"] for event in resolver.events] == [
        {"of": {"kind": "ONE", "json": {"b": [1]}}},
        {"of": {"kind": "TWO"}},
    ]
