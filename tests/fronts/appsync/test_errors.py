"""What a GraphQL API says of requests, queries and values that are not right."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_cognito import Cognito, GraphQLApi, UsageError
from tests.support.functions import failing
from tests.support.graphql_apis import SCHEMA, Resolver, refused

UNPARSED = (400, "MalformedHttpRequestException", "Unable to parse GraphQL query.")


@pytest.fixture
def keyed(cognito: Cognito, notes: Resolver) -> GraphQLApi:
    resolvers = {"Query.notes": notes, "Query.fails": failing, "Query.when": lambda event, context: "yesterday"}
    return cognito.appsync(SCHEMA, resolvers, "API_KEY")


def place(column: int, line: int = 1) -> list[dict[str, Any]]:
    return [{"line": line, "column": column, "sourceName": None}]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", (400, "MalformedHttpRequestException", "Request body is empty.")),
        ("meow", UNPARSED),
        ("{}", UNPARSED),
        ("{}}", UNPARSED),
        ("[]", UNPARSED),
        ('{"query": "{ notes"}', UNPARSED),
        ('{"query": "fragment A on Note { id }"}', UNPARSED),
        ('{"query": "query A { never } query B { never }"}', (400, "BadRequestException", "Missing operation name.")),
    ],
)
def test_bodies(keyed: GraphQLApi, body: str, expected: tuple[int, str, str]) -> None:
    response = keyed.post("/graphql", data=body, headers={"x-api-key": keyed.api_key})
    (error,) = response.json()["errors"]
    assert (response.status_code, error["errorType"], error["message"]) == expected


def test_other_paths_and_methods(keyed: GraphQLApi) -> None:
    for response in (keyed.post("/graphiql", json={}), keyed.put("/graphql", json={})):
        assert (response.status_code, response.json()["errors"][0]["errorType"]) == (404, "UnknownOperationException")
    preflight = keyed.options("/graphql", headers={"Access-Control-Request-Headers": "authorization"})
    assert preflight.headers["access-control-allow-headers"] == "authorization"


def test_a_query_in_the_address(keyed: GraphQLApi) -> None:
    parameters = {"query": "query($n: Int) { notes(first: $n) { id } }", "variables": '{"n": 1}'}
    response = keyed.get("/graphql", params=parameters, headers={"x-api-key": keyed.api_key})
    assert response.json() == {"data": {"notes": [{"id": "1"}, {"id": "2"}]}}
    wrong = keyed.get("/graphql", params={**parameters, "variables": "{"}, headers={"x-api-key": keyed.api_key})
    assert (wrong.status_code, keyed.get("/graphql").status_code) == (400, 400)


def test_operation_names(keyed: GraphQLApi) -> None:
    query = "query A { a: never } query B { b: never }"
    assert keyed.query(query, auth=keyed.api_key, operation_name="B").data == {"b": None}
    assert refused(keyed.query(query, auth=keyed.api_key, operation_name="C"))[0] == 400


@pytest.mark.parametrize(
    ("query", "column", "message"),
    [
        ("{badfield}", 2, "FieldUndefined: Field 'badfield' in type 'Query' is undefined @ 'badfield'"),
        ("{ notes { x } }", 11, "FieldUndefined: Field 'x' in type 'Note' is undefined @ 'notes/x'"),
        ("{ note { id } }", 3, "MissingFieldArgument: Missing field argument id @ 'note'"),
        ("{ note(id: 1, x: 2) { id } }", 15, "UnknownArgument: Unknown field argument x @ 'note'"),
        ("query($a: Nope) { never }", 11, "UnknownType: Unknown type Nope"),
        ("{ note(id: $id) { id } }", 12, "UndefinedVariable: Undefined variable id @ 'note'"),
        ('{ note(id: "1") }', 3, "SubSelectionRequired: Sub selection required for type Note of field note @ 'note'"),
    ],
)
def test_queries_that_do_not_fit_the_schema(keyed: GraphQLApi, query: str, column: int, message: str) -> None:
    answer = keyed.query(query, auth=keyed.api_key)
    assert (answer.status_code, answer.data) == (200, None)
    wanted = {"path": None, "locations": place(column), "message": f"Validation error of type {message}"}
    assert wanted in answer.errors


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({}, "Variable 'note' has coerced Null value for NonNull type 'NoteInput!'"),
        ({"note": {}}, "Variable 'note' has coerced Null value for NonNull type 'String!'"),
        ({"note": "x"}, "Variable 'note' has an invalid value."),
        ({"note": {"title": "a", "stars": "b"}}, "Variable 'note' has an invalid value."),
        (
            {"note": {"titel": "a"}},
            "The variables input contains a field that is not defined for input object type 'NoteInput' ",
        ),
    ],
)
def test_variables(keyed: GraphQLApi, variables: dict[str, Any], message: str) -> None:
    answer = keyed.query("mutation($note: NoteInput!) { putNote(note: $note) { id } }", variables, auth=keyed.api_key)
    assert (answer.status_code, answer.data, answer.messages) == (200, None, [message])
    assert answer.errors[0]["locations"] == (None if "contains" in message else place(10))


def test_functions_that_fail(keyed: GraphQLApi) -> None:
    answer = keyed.query("{ never fails }", auth=keyed.api_key)
    assert answer.data == {"never": None, "fails": None}
    assert answer.errors == [
        {
            "path": ["fails"],
            "data": None,
            "errorType": "Lambda:Unhandled",
            "errorInfo": None,
            "locations": place(9),
            "message": "not today",
        }
    ]


def test_functions_that_return_nothing_in_time(cognito: Cognito) -> None:
    def slow(event: object, context: object) -> int:
        cognito.clock.advance(seconds=31)
        return 1

    api = cognito.appsync(SCHEMA, {"Query.fails": slow}, "API_KEY")
    (error,) = api.query("{ fails }", auth=api.api_key).errors
    assert (error["errorType"], error["message"]) == ("Lambda:ExecutionTimeoutException", "Execution timed out.")
    never_json = cognito.appsync(SCHEMA, {"Query.fails": lambda event, context: object()}, "API_KEY")
    assert never_json.query("{ fails }", auth=never_json.api_key).errors[0]["errorType"] == "Lambda:IllegalArgument"


@pytest.mark.parametrize(
    ("returned", "query", "data", "message"),
    [
        (
            [{"id": "1"}],
            "{ notes { id title } }",
            {"notes": None},
            "Cannot return null for non-nullable type: 'String' within parent 'Note' (/notes[0]/title)",
        ),
        (
            "x",
            "{ notes { id } }",
            {"notes": None},
            "Can't resolve value (/notes) : type mismatch error, expected type LIST",
        ),
        (
            [{"id": "1", "stars": "many"}],
            "{ notes { id stars } }",
            {"notes": [{"id": "1", "stars": None}]},
            "Can't serialize value (/notes[0]/stars) : Expected type 'Int'.",
        ),
    ],
)
def test_values_that_do_not_fit_the_schema(
    keyed: GraphQLApi, notes: Resolver, returned: Any, query: str, data: Any, message: str
) -> None:
    notes.returned = returned
    answer = keyed.query(query, auth=keyed.api_key)
    assert (answer.data, answer.messages) == (data, [message])


def test_scalars_that_do_not_fit(keyed: GraphQLApi) -> None:
    answer = keyed.query('{ when(at: "2030-01-01T00:00Z") }', auth=keyed.api_key)
    assert answer.messages == [
        "Can't serialize value (/when) : Unable to serialize `yesterday` as a valid DateTime Object."
    ]
    invalid = keyed.query("query($at: AWSDateTime!) { when(at: $at) }", {"at": "2030"}, auth=keyed.api_key)
    assert invalid.messages == ["Variable 'at' has an invalid value."]


def test_introspection(cognito: Cognito, keyed: GraphQLApi) -> None:
    query = '{ __typename __type(name: "Note") { name fields { name } } }'
    assert keyed.query(query, auth=keyed.api_key)["__type"]["name"] == "Note"
    closed = cognito.appsync(SCHEMA, {}, "API_KEY", introspection="DISABLED")
    answer = closed.query(query, auth=closed.api_key)
    assert answer.messages == [
        "Validation error of type FieldUndefined: Field '__type' in type 'Query' is undefined @ '__type'"
    ]


def test_limits(cognito: Cognito, notes: Resolver) -> None:
    api = cognito.appsync(
        SCHEMA,
        {"Query.notes": notes, "Note.author": Resolver({})},
        "API_KEY",
        query_depth_limit=3,
        resolver_count_limit=2,
    )
    answer = api.query("{ notes { author { name } } }", auth=api.api_key)
    assert answer.data == {"notes": [{"author": {"name": None}}, {"author": None}]}
    deep = api.query("{ notes { ...A } } fragment A on Note { author { notes { id } } }", auth=api.api_key)
    assert "depth limit of 3" in deep.messages[0]
    with pytest.raises(UsageError, match="from 0, for none, to 75"):
        cognito.appsync(SCHEMA, {}, "API_KEY", query_depth_limit=76)


def test_a_subscription_by_http(keyed: GraphQLApi) -> None:
    (error,) = keyed.query("subscription { onAddNote { id } }", auth=keyed.api_key).errors
    assert error["errorType"] == "OperationNotSupported"


@pytest.mark.parametrize("operation", ["mutation", "subscription"])
def test_an_operation_that_the_schema_does_not_have(cognito: Cognito, operation: str) -> None:
    api = cognito.appsync("type Query { a(of: ID): ID }", {}, "API_KEY")
    answer = api.query(f"{operation} {{ a }}", auth=api.api_key)
    assert (answer.data, answer.messages) == (None, [f"Schema is not configured for {operation}s."])


def test_scalars_that_the_schema_does_not_use(cognito: Cognito) -> None:
    api = cognito.appsync("type Query { a: ID }", {"Query.a": lambda event, context: "x"}, "API_KEY")
    answer = api.query("query($x: Int, $y: AWSDate) { a @include(if: true) }", auth=api.api_key)
    assert [message.partition(":")[0] for message in answer.messages] == ["Validation error of type UnusedVariable"] * 2


@pytest.mark.parametrize("depth", [100, 400, 5000])
def test_queries_that_are_very_deep(cognito: Cognito, depth: int) -> None:
    api = cognito.appsync("type Query { a: A } type A { a: A }", {"Query.a": lambda event, context: {}}, "API_KEY")
    answer = api.query(f"{'{ a ' * depth}{{ __typename }}{'}' * depth}", auth=api.api_key)
    assert answer.data == {"a": {"a": None}} or answer.messages == ["Unable to parse GraphQL query."]


def test_a_mistake_of_the_test_is_raised(cognito: Cognito) -> None:
    api = cognito.appsync(SCHEMA, {"Query.fails": "arn:aws:lambda:us-east-1:123456789012:function:nope"}, "API_KEY")
    with pytest.raises(UsageError, match="nothing runs that function here"):
        api.query("{ fails }", auth=api.api_key)


@pytest.mark.parametrize(
    ("schema", "resolvers", "message"),
    [
        ("type Nope { id: ID }", {}, "There is no top level schema object defined"),
        ("type Query { a: Nope }", {}, "Unknown type 'Nope'"),
        ("type Query { a: ID @nope }", {}, "Unknown directive '@nope'"),
        ("type Query {", {}, "Syntax Error"),
        ("type Query { a: ID }", {"Query.b": failing}, "has no field 'b'"),
        ("type Query { a: ID }", {"Querry.a": failing}, "did you mean 'Query'"),
        ("type Query { a: ID }", {"Query": {"a": 1}}, "the resolver of Query.a"),
        ("type Query { a: ID }", {"Query.a": []}, "up to 10 functions"),
        ("type Query { a: ID }", {"Query.a": {"function": failing, "maxBatchSize": 2001}}, "from 0 to 2000"),
        (
            """
            type Query { a: ID }
            type Mutation { put: ID }
            type Subscription { b: ID @aws_subscribe(mutations: ["pu"]) }
            """,
            {},
            "did you mean 'put'",
        ),
    ],
)
def test_mistakes_in_an_api(cognito: Cognito, schema: str, resolvers: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        cognito.appsync(schema, resolvers, "API_KEY")


WORDS = (
    "{",
    "}",
    "(",
    ")",
    "query",
    "mutation",
    "notes",
    "id",
    "...",
    "on",
    "Note",
    "$a",
    ":",
    "Int",
    '"x"',
    "@skip",
    "!",
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.one_of(
        st.binary(max_size=20),
        st.recursive(
            st.none() | st.integers() | st.text(max_size=3),
            lambda of: st.lists(of) | st.dictionaries(st.sampled_from(["query", "variables", "operationName"]), of),
        ).map(lambda value: json.dumps(value).encode()),
        st.lists(st.sampled_from(WORDS)).map(lambda words: json.dumps({"query": " ".join(words)}).encode()),
    )
)
def test_any_body_has_an_answer(keyed: GraphQLApi, body: bytes) -> None:
    response = keyed.post("/graphql", data=body, headers={"x-api-key": keyed.api_key})
    assert response.status_code in (200, 400)
    assert response.json()["errors"] or response.json()["data"]
