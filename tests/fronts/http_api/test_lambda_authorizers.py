"""Lambda authorizers of HTTP APIs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event import (
    APIGatewayAuthorizerEventV2,
    APIGatewayAuthorizerRequestEvent,
    APIGatewayAuthorizerResponseV2,
    APIGatewayRouteArn,
)

from pytest_cognito import Cognito, LambdaAuthorizer, UsageError
from tests.support.fronts import policy, told

HEADER = {"Authorization": "secret"}
UNAUTHORIZED = (401, '{"message":"Unauthorized"}')
FORBIDDEN = (403, '{"message":"Forbidden"}')
ERROR = (500, '{"message":"Internal Server Error"}')
Asked = list[dict[str, Any]]


@pytest.fixture
def asked() -> Asked:
    return []


@pytest.fixture
def simple(asked: Asked) -> Callable[..., Any]:
    """An authorizer that knows one secret, and notes its events."""

    def authorize(event: dict[str, Any], context: Any) -> Any:
        asked.append(event)
        allowed = APIGatewayAuthorizerEventV2(event).identity_source[0] == "secret"
        return APIGatewayAuthorizerResponseV2(authorize=allowed, context={"user": "ann", "roles": ["a"]}).asdict()

    return authorize


def answer(response: Any) -> tuple[int, str]:
    return response.status_code, response.text


def test_a_simple_response_decides(cognito: Cognito, simple: Any, asked: Asked) -> None:
    api = cognito.http_api({"GET /notes/{id}": told}, authorizer=simple, stage="dev", stage_variables={"a": "b"})
    assert answer(api.get("/notes/1")) == UNAUTHORIZED
    assert asked == []
    assert answer(api.get("/notes/1", headers={"Authorization": "wrong"})) == FORBIDDEN
    assert api.get("/notes/1?x=y", headers=HEADER, cookies={"c": "d"}).json() == {
        "lambda": {"user": "ann", "roles": ["a"]}
    }
    event = APIGatewayAuthorizerEventV2(asked[-1])
    assert (event.version, event.get_type, event.route_key) == ("2.0", "REQUEST", "GET /notes/{id}")
    assert isinstance(event.parsed_arn, APIGatewayRouteArn)
    assert event.route_arn == f"arn:aws:execute-api:us-east-1:123456789012:{api.id}/dev/GET/notes/1"
    assert (event.raw_path, event.raw_query_string, event.cookies) == ("/dev/notes/1", "x=y", ["c=d"])
    assert (event.path_parameters, event.stage_variables) == ({"id": "1"}, {"a": "b"})
    assert event.request_context.http.method == "GET"
    assert "body" not in asked[-1]


def test_a_policy_decides_about_the_route(cognito: Cognito) -> None:
    def authorize(event: dict[str, Any], context: Any) -> Any:
        read = event["routeArn"].partition("/$default/")[0] + "/$default/GET/*"
        return {"principalId": "ann", "policyDocument": policy("Allow", read), "context": {"n": 1, "list": [1]}}

    authorizer = LambdaAuthorizer(authorize, simple_responses=False)
    api = cognito.http_api({"ANY /notes": told}, authorizer=authorizer)
    assert api.get("/notes", headers=HEADER).json() == {"lambda": {"principalId": "ann", "n": 1, "list": [1]}}
    assert answer(api.put("/notes", headers=HEADER)) == FORBIDDEN
    assert any("no identity-based policy allows" in line for line in cognito.calls[-1].explanation)


def test_format_1_0(cognito: Cognito, asked: Asked) -> None:
    def authorize(event: dict[str, Any], context: Any) -> Any:
        asked.append(event)
        return {"principalId": "ann", "policyDocument": policy("Allow", event["methodArn"]), "context": {"n": 1}}

    sources = ["$request.header.Authorization", "$request.querystring.tenant"]
    authorizer = LambdaAuthorizer(authorize, payload_format="1.0", identity_sources=sources)
    api = cognito.http_api({"GET /notes": told}, authorizer=authorizer, payload_format="1.0")
    assert answer(api.get("/notes", headers=HEADER)) == UNAUTHORIZED
    response = api.get("/notes?tenant=t1", headers=HEADER)
    assert response.status_code == 500  # format 1.0 asks for a statusCode
    event = APIGatewayAuthorizerRequestEvent(asked[-1])
    assert (asked[-1]["type"], asked[-1]["identitySource"], asked[-1]["authorizationToken"]) == (
        "REQUEST",
        "secret,t1",
        "secret,t1",
    )
    assert event.method_arn.endswith("/$default/GET/notes")
    assert (event.http_method, event.path, event.request_context.resource_path) == ("GET", "/notes", "/notes")


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        ({"errorMessage": "Unauthorized"}, UNAUTHORIZED),
        ({"isAuthorized": "yes"}, ERROR),
        ({"policyDocument": policy("Allow", "*"), "principalId": "ann"}, ERROR),
        ({"isAuthorized": True, "context": {}}, (200, '{"lambda":null}')),
        ({"isAuthorized": True, "context": "x"}, ERROR),
        (None, ERROR),
        (True, ERROR),
    ],
)
def test_what_a_simple_response_is(cognito: Cognito, result: Any, expected: tuple[int, str]) -> None:
    api = cognito.http_api(told, authorizer=lambda event, context: result)
    assert answer(api.get("/", headers=HEADER)) == expected


@pytest.mark.parametrize(
    "result",
    [
        {"isAuthorized": True},
        {"principalId": "ann"},
        {"policyDocument": policy("Allow", "*")},
        {"principalId": "ann", "policyDocument": {"Statement": [{"Effect": "Perhaps"}]}},
        {"principalId": "ann", "policyDocument": policy("Allow", "*"), "context": {"claims": "x"}},
        {"principalId": "ann", "policyDocument": policy("Allow", "*"), "context": {"list": [1]}},
    ],
)
def test_what_is_no_policy_in_format_1_0(cognito: Cognito, result: Any) -> None:
    api = cognito.http_api(told, authorizer=LambdaAuthorizer(lambda event, context: result, payload_format="1.0"))
    assert answer(api.get("/", headers=HEADER)) == ERROR


@pytest.mark.parametrize(("message", "expected"), [("Unauthorized", UNAUTHORIZED), ("no database", ERROR)])
def test_an_authorizer_that_raises(cognito: Cognito, message: str, expected: tuple[int, str]) -> None:
    def authorize(event: Any, context: Any) -> Any:
        raise RuntimeError(message)

    api = cognito.http_api(told, authorizer=authorize)
    assert answer(api.get("/", headers=HEADER)) == expected


def test_an_answer_is_remembered_for_all_routes_and_its_time(cognito: Cognito, simple: Any, asked: Asked) -> None:
    routes = {"GET /notes": told, "GET /tags": told}
    api = cognito.http_api(routes, authorizer=LambdaAuthorizer(simple, ttl=60))
    for path in ("/notes", "/tags", "/notes"):
        assert api.get(path, headers=HEADER).json()["lambda"]["user"] == "ann"
    assert len(asked) == 1
    assert "its answer is remembered" in cognito.calls[-1].explanation[0]
    api.get("/notes", headers={"Authorization": "wrong"})
    assert len(asked) == 2
    cognito.clock.advance(seconds=60)
    api.get("/notes", headers=HEADER)
    assert len(asked) == 3


def test_an_answer_is_remembered_by_route_where_the_route_is_an_identity_source(
    cognito: Cognito, simple: Any, asked: Asked
) -> None:
    sources = ["$request.header.Authorization", "$context.routeKey"]
    authorizer = LambdaAuthorizer(simple, identity_sources=sources, ttl=60)
    api = cognito.http_api({"GET /notes": told, "GET /tags": told}, authorizer=authorizer)
    for path in ("/notes", "/tags", "/notes"):
        api.get(path, headers=HEADER)
    assert [event["identitySource"][1] for event in asked] == ["GET /notes", "GET /tags"]


def test_a_remembered_policy_decides_about_each_route(cognito: Cognito) -> None:
    def authorize(event: dict[str, Any], context: Any) -> Any:
        return {"principalId": "ann", "policyDocument": policy("Allow", event["routeArn"])}

    authorizer = LambdaAuthorizer(authorize, simple_responses=False, ttl=60)
    api = cognito.http_api({"GET /notes": told, "GET /tags": told}, authorizer=authorizer)
    assert [api.get(path, headers=HEADER).status_code for path in ("/notes", "/tags")] == [200, 403]


def test_without_identity_sources_every_request_is_asked_about(cognito: Cognito) -> None:
    authorizer = LambdaAuthorizer(lambda event, context: {"isAuthorized": True}, identity_sources=[])
    assert cognito.http_api(told, authorizer=authorizer).get("/").json() == {"lambda": None}


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        ({"payload_format": "3.0"}, '"2.0" or "1.0"'),
        ({"payload_format": "1.0", "simple_responses": True}, "leave simple_responses out"),
        ({"identity_sources": "$request.header.A"}, r"write \['\$request"),
        ({"identity_sources": ["Authorization"]}, "an identity source is text such as"),
        ({"ttl": 3601}, "from 0 to 3600"),
        ({"identity_sources": [], "ttl": 60}, "remembered by its identity sources"),
        ({"function": "authorize"}, "no ARN of a Lambda function"),
    ],
)
def test_an_authorizer_that_api_gateway_would_not_take(arguments: dict[str, Any], advice: str) -> None:
    with pytest.raises(UsageError, match=advice):
        LambdaAuthorizer(**{"function": told, **arguments})
