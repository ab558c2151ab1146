"""GraphQL APIs with a Lambda authorizer."""

from __future__ import annotations

from typing import Any

import pytest
from aws_lambda_powertools.utilities.data_classes.appsync_authorizer_event import (
    AppSyncAuthorizerEvent,
    AppSyncAuthorizerResponse,
)

from pytest_cognito import Cognito, GraphQLApi
from tests.support.graphql_apis import (
    NO_AUTHORIZATION,
    NOT_AUTHORIZED,
    SCHEMA,
    Resolver,
    denied,
    refused,
    without_place,
)

QUERY = "query Notes($n: Int) { notes(first: $n) { id title } }"


def make(cognito: Cognito, notes: Resolver, authorizer: Any, **configured: object) -> GraphQLApi:
    configuration = {"authorizerUri": authorizer, **configured}
    mode = {"authenticationType": "AWS_LAMBDA", "lambdaAuthorizerConfig": configuration}
    return cognito.appsync(SCHEMA, {"Query.notes": notes}, mode)


def test_its_event_and_its_answer(cognito: Cognito, notes: Resolver) -> None:
    seen: list[AppSyncAuthorizerEvent] = []

    def authorizer(event: dict[str, Any], context: object) -> dict[str, Any]:
        seen.append(AppSyncAuthorizerEvent(event))
        return AppSyncAuthorizerResponse(
            authorize=event["authorizationToken"] == "letmein",
            resolver_context={"tenant": "t1"},
            deny_fields=["Note.title"],
        ).asdict()

    api = cognito.appsync(SCHEMA, {"Query.notes": notes}, authorizer)
    answer = api.query(QUERY, {"n": 2}, auth="letmein", operation_name="Notes", headers={"X-Tenant": "t"})
    assert answer.status_code == 200
    assert {error["path"][-1] for error in answer.errors} == {"title"}
    assert without_place(answer.errors[0]) == denied("title", "Note")
    assert notes.identity == {"resolverContext": {"tenant": "t1"}}
    context = seen[0].request_context
    assert (context.api_id, context.account_id, context.query_string) == (api.id, "123456789012", QUERY)
    assert (context.operation_name, context.variables) == ("Notes", {"n": 2})
    assert context.request_id == cognito.calls[-1].request_id
    assert seen[0]["requestHeaders"]["x-tenant"] == "t"

    assert refused(api.query(QUERY, auth="wrong")) == NOT_AUTHORIZED
    assert refused(api.query(QUERY)) == NO_AUTHORIZATION


@pytest.mark.parametrize(
    "answer",
    [{}, {"isAuthorized": False}, {"isAuthorized": "true"}, None, {"isAuthorized": True, "resolverContext": {"a": {}}}],
)
def test_answers_that_do_not_authorize(cognito: Cognito, notes: Resolver, answer: Any) -> None:
    api = make(cognito, notes, lambda event, context: answer)
    assert refused(api.query("{ notes { id } }", auth="x")) == NOT_AUTHORIZED
    assert notes.events == []


def test_a_function_that_fails(cognito: Cognito, notes: Resolver) -> None:
    def authorizer(event: object, context: object) -> None:
        raise ValueError("no database")

    assert refused(make(cognito, notes, authorizer).query("{ notes { id } }", auth="x")) == NOT_AUTHORIZED
    assert "no database" in cognito.calls[-1].explanation[-1]


def test_a_function_that_takes_too_long(cognito: Cognito, notes: Resolver) -> None:
    def authorizer(event: object, context: object) -> dict[str, Any]:
        cognito.clock.advance(seconds=11)
        return {"isAuthorized": True}

    assert refused(make(cognito, notes, authorizer).query("{ notes { id } }", auth="x")) == NOT_AUTHORIZED


def test_a_token_that_does_not_match_is_not_shown_to_it(cognito: Cognito, notes: Resolver) -> None:
    authorizer = Resolver({"isAuthorized": True})
    api = make(cognito, notes, authorizer, identityValidationExpression="tenant-[a-z]+")
    assert refused(api.query("{ notes { id } }", auth="abc")) == NOT_AUTHORIZED
    assert authorizer.events == []
    assert api.query("{ notes { id } }", auth="tenant-a")["notes"]


@pytest.mark.parametrize(
    ("configured", "override", "lives"), [(0, None, 0), (60, None, 60), (60, 5, 5), (0, 30, 30), (60, 0, 0)]
)
def test_how_long_an_answer_is_good(
    cognito: Cognito, notes: Resolver, configured: int, override: int | None, lives: int
) -> None:
    authorizer = Resolver({"isAuthorized": True, "ttlOverride": override})
    api = make(cognito, notes, authorizer, authorizerResultTtlInSeconds=configured)
    cognito.clock.freeze("2030-01-01T12:00Z")
    api.query("{ notes { id } }", auth="a")
    if lives:
        cognito.clock.advance(seconds=lives - 1)
        api.query("{ notes { id } }", auth="a")
        assert len(authorizer.events) == 1
        api.query("{ notes { id } }", auth="b")
        assert len(authorizer.events) == 2
    cognito.clock.advance(seconds=1)
    asked = len(authorizer.events)
    api.query("{ notes { id } }", auth="a")
    assert len(authorizer.events) == asked + 1


@pytest.mark.parametrize(("own", "denied_here"), [(True, True), (False, False)])
def test_fields_denied_by_arn(cognito: Cognito, notes: Resolver, own: bool, denied_here: bool) -> None:
    fields: list[str] = []
    api = cognito.appsync(
        SCHEMA, {"Query.notes": notes}, lambda event, context: {"isAuthorized": True, "deniedFields": fields}
    )
    arn = api.arn if own else f"{api.arn}x"
    fields.append(f"{arn}/types/Query/fields/notes")
    assert bool(api.query("{ notes { id } }", auth="x").errors) is denied_here
