"""The events of HTTP APIs in both formats, as aws-lambda-powertools reads them."""

from __future__ import annotations

from typing import Any

import pytest
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEvent, APIGatewayProxyEventV2

from pytest_cognito import Cognito, HttpApi, Tokens, UserPool
from tests.support.fronts import echo

ROUTES = {"ANY /notes/{id}": echo, "POST /files/{path+}": echo, "$default": echo}
COOKIES = {"a": "1", "b": "2"}
NOW = "2030-03-12T19:03:58Z"


@pytest.fixture
def api(cognito: Cognito, cognito_user_pool: UserPool) -> HttpApi:
    return cognito.http_api(ROUTES, authorizer=cognito_user_pool, stage_variables={"table": "notes"}, id="a1b2c3d4e5")


@pytest.fixture
def old(cognito: Cognito, cognito_user_pool: UserPool) -> HttpApi:
    return cognito.http_api(ROUTES, authorizer=cognito_user_pool, payload_format="1.0", stage="dev")


@pytest.mark.cognito(now=NOW)
def test_a_request_in_format_2(api: HttpApi, cognito_tokens: Tokens) -> None:
    headers = {**cognito_tokens.auth_header, "X-Forwarded-For": "192.0.2.1", "User-Agent": "app"}
    response = api.get(
        "/notes/a%20b?tag=x&tag=y&q=", headers=headers, cookies={"a": "1", "b": "2"}, address="192.0.2.7"
    )
    event = APIGatewayProxyEventV2(response.json())
    context = event.request_context
    assert (event.version, event.route_key, event.raw_path) == ("2.0", "ANY /notes/{id}", "/notes/a b")
    assert event.raw_query_string == "tag=x&tag=y&q="
    assert event.query_string_parameters == {"tag": "x,y", "q": ""}
    assert event.path_parameters == {"id": "a b"}
    assert event.stage_variables == {"table": "notes"}
    assert event.cookies == ["a=1", "b=2"]
    assert "cookie" not in event.headers
    assert event.headers["x-forwarded-for"] == "192.0.2.1, 192.0.2.7"
    assert (context.api_id, context.account_id, context.stage) == ("a1b2c3d4e5", "123456789012", "$default")
    assert context.domain_name == "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com"
    assert (context.http.method, context.http.path, context.http.source_ip) == ("GET", "/notes/a b", "192.0.2.7")
    assert (context.http.user_agent, context.http.protocol) == ("app", "HTTP/1.1")
    assert (context.time, context.time_epoch) == ("12/Mar/2030:19:03:58 +0000", 1899572638000)
    assert context.request_id == response.headers["apigw-requestid"]
    assert context.authorizer is not None
    assert context.authorizer.jwt_claim["username"] == "alice"
    assert (event.body, event.is_base64_encoded) == (None, False)


def test_what_a_request_has_not_is_left_out_of_format_2(api: HttpApi, cognito_tokens: Tokens) -> None:
    event = api.get("/", headers=cognito_tokens.auth_header).json()
    assert not {"cookies", "queryStringParameters", "pathParameters", "body"} & event.keys()
    assert event["routeKey"] == event["requestContext"]["routeKey"] == "$default"


@pytest.mark.cognito(now=NOW)
def test_a_request_in_format_1(old: HttpApi, cognito_tokens: Tokens) -> None:
    headers = {**cognito_tokens.auth_header, "x-custom": "1"}
    response = old.get("/notes/7?tag=x&tag=y", headers=headers)
    event = APIGatewayProxyEvent(response.json())
    context = event.request_context
    assert (event.version, event.resource, event.path) == ("1.0", "/notes/{id}", "/dev/notes/7")
    assert (event.http_method, event.path_parameters) == ("GET", {"id": "7"})
    assert event["headers"]["X-Custom"] == "1"
    assert event["multiValueHeaders"]["Host"] == [old.host]
    assert event["queryStringParameters"] == {"tag": "y"}
    assert event["multiValueQueryStringParameters"] == {"tag": ["x", "y"]}
    assert (event["stageVariables"], event["body"], event["isBase64Encoded"]) == (None, None, False)
    assert (context.resource_path, context.http_method, context.stage) == ("/notes/{id}", "GET", "dev")
    assert (context.request_time, context.request_time_epoch) == ("12/Mar/2030:19:03:58 +0000", 1899572638000)
    assert context.identity.source_ip == "127.0.0.1"
    assert context.authorizer is not None
    assert context.authorizer.claims is not None
    assert (context.authorizer.claims["username"], event["requestContext"]["authorizer"]["scopes"]) == ("alice", None)


@pytest.mark.parametrize(
    ("content_type", "data", "expected"),
    [
        ("application/json", '{"a": "ä"}', ('{"a": "ä"}', False)),
        ("application/problem+json", "{}", ("{}", False)),
        ("text/csv; charset=utf-8", "a,b", ("a,b", False)),
        ("application/x-www-form-urlencoded", "a=b", ("YT1i", True)),
        ("image/png", b"\x89PNG", ("iVBORw==", True)),
        ("text/plain", b"\xff", ("/w==", True)),
    ],
)
def test_a_body_is_text_or_base64_by_its_type(
    api: HttpApi, old: HttpApi, cognito_tokens: Tokens, content_type: str, data: Any, expected: tuple[str, bool]
) -> None:
    for each in (api, old):
        headers = {**cognito_tokens.auth_header, "Content-Type": content_type}
        event = each.post("/files/a/b", data=data, headers=headers).json()
        assert (event["body"], event["isBase64Encoded"]) == expected
        assert event["pathParameters"] == {"path": "a/b"}
