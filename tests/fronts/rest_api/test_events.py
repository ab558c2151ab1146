"""The proxy event, as aws-lambda-powertools reads it, and what API Gateway makes of results."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event import APIGatewayProxyEvent

from pytest_cognito import Cognito
from pytest_cognito.fronts.rest_api.api import RestApi
from tests.fronts.rest_api.conftest import echo

CONTEXT = (
    *("resourceId", "resourcePath", "httpMethod", "extendedRequestId", "requestTime", "path", "accountId", "protocol"),
    *("stage", "domainPrefix", "requestTimeEpoch", "requestId", "identity", "domainName", "deploymentId", "apiId"),
)
IDENTITY = (
    *("cognitoIdentityPoolId", "accountId", "cognitoIdentityId", "caller", "sourceIp", "principalOrgId", "accessKey"),
    *("cognitoAuthenticationType", "cognitoAuthenticationProvider", "userArn", "userAgent", "user"),
)
MALFORMED = (502, '{"message": "Internal server error"}')


@pytest.fixture
def api(cognito: Cognito) -> RestApi:
    routes = {"GET /notes/{id}": echo, "POST /notes": echo, "ANY /files/{proxy+}": echo, "GET /": echo}
    return cognito.rest_api(
        routes, id="a1b2c3d4e5", stage="dev", stage_variables={"table": "notes"}, binary_media_types=["image/png"]
    )


@pytest.mark.cognito(now="2030-01-02T03:04:05Z")
def test_the_event(api: RestApi, cognito: Cognito) -> None:
    response = api.get(
        "/notes/a%20b?x=1&x=%C3%A9&y=", headers={"X-Trace": "7", "cookie": "a=1; b=2"}, address="192.0.2.7"
    )
    sent = response.json()

    assert list(sent) == [
        *("resource", "path", "httpMethod", "headers", "multiValueHeaders", "queryStringParameters"),
        *("multiValueQueryStringParameters", "pathParameters", "stageVariables", "requestContext", "body"),
        "isBase64Encoded",
    ]
    event = APIGatewayProxyEvent(sent)
    assert (event.resource, event.path, event.http_method) == ("/notes/{id}", "/notes/a%20b", "GET")
    assert event.path_parameters == {"id": "a b"}
    assert event.query_string_parameters == {"x": "é", "y": ""}
    assert event.multi_value_query_string_parameters == {"x": ["1", "é"], "y": [""]}
    assert event.stage_variables == {"table": "notes"}
    assert (event.body, event.is_base64_encoded) == (None, False)
    headers = sent["headers"]
    assert (headers["X-Trace"], headers["Cookie"]) == ("7", "a=1; b=2")
    assert headers["Host"] == "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com"
    assert (headers["X-Forwarded-For"], headers["X-Forwarded-Port"], headers["X-Forwarded-Proto"]) == (
        "192.0.2.7",
        "443",
        "https",
    )
    assert headers["X-Amzn-Trace-Id"].startswith("Root=1-")
    assert sent["multiValueHeaders"] == {name: [value] for name, value in headers.items()}


@pytest.mark.cognito(now="2030-01-02T03:04:05Z")
def test_its_context(api: RestApi) -> None:
    response = api.get("/notes/1", address="192.0.2.7")
    sent = response.json()["requestContext"]
    context = APIGatewayProxyEvent(response.json()).request_context

    assert set(sent) == set(CONTEXT)
    assert set(sent["identity"]) == set(IDENTITY)
    assert (context.stage, context.path, context.resource_path) == ("dev", "/dev/notes/1", "/notes/{id}")
    assert (context.api_id, context.account_id, context.protocol) == ("a1b2c3d4e5", "123456789012", "HTTP/1.1")
    assert (context.request_time, context.request_time_epoch) == ("02/Jan/2030:03:04:05 +0000", 1893553445000)
    assert (context.identity.source_ip, context.identity.user_agent) == ("192.0.2.7", "pytest-cognito")
    assert context.request_id == response.headers["x-amzn-RequestId"]
    assert context.extended_request_id == response.headers["x-amz-apigw-id"]
    assert context.domain_name == "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com"


def test_bodies(api: RestApi) -> None:
    assert api.post("/notes", json={"a": "é"}).json()["body"] == '{"a": "\\u00e9"}'
    text = api.post("/notes", data="é", headers={"Content-Type": "text/plain"}).json()
    assert (text["body"], text["isBase64Encoded"]) == ("é", False)
    image = api.post("/notes", data=b"\x89PNG", headers={"Content-Type": "image/png"}).json()
    assert (base64.b64decode(image["body"]), image["isBase64Encoded"]) == (b"\x89PNG", True)


def test_what_is_empty_is_null(api: RestApi) -> None:
    event = api.get("/").json()

    assert (event["resource"], event["path"]) == ("/", "/")
    assert (event["pathParameters"], event["queryStringParameters"], event["body"]) == (None, None, None)


def test_a_greedy_path(api: RestApi) -> None:
    event = api.put("/files/a/b%2Fc%25.txt").json()

    assert event["pathParameters"] == {"proxy": "a/b/c%25.txt"}
    assert event["requestContext"]["resourcePath"] == "/files/{proxy+}"


def returning(cognito: Cognito, result: Any, **settings: Any) -> RestApi:
    return cognito.rest_api({"GET /": lambda event, context: result}, **settings)


@pytest.mark.parametrize(
    ("result", "status", "body"),
    [
        ({"statusCode": 201, "body": "made"}, 201, "made"),
        ({"statusCode": "404"}, 404, ""),
        ({}, 200, ""),
        ({"body": None, "headers": None, "multiValueHeaders": None, "isBase64Encoded": False}, 200, ""),
    ],
)
def test_results(cognito: Cognito, result: Any, status: int, body: str) -> None:
    response = returning(cognito, result).get("/")

    assert (response.status_code, response.text) == (status, body)
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["X-Amzn-Trace-Id"].endswith(";Sampled=0")


def test_headers_of_a_result(cognito: Cognito) -> None:
    headers = {"content-type": "text/plain", "X-Count": 3, "X-Flag": True, "Set-Cookie": "lost=1"}
    several = {"set-cookie": ["a=1", "b=2"]}

    response = returning(cognito, {"headers": headers, "multiValueHeaders": several}).get("/")

    assert response.headers["Content-Type"] == "text/plain"
    assert (response.headers["X-Count"], response.headers["X-Flag"]) == ("3", "true")
    assert dict(response.cookies) == {"a": "1", "b": "2"}


def test_headers_that_are_the_gateways_own(cognito: Cognito, api: RestApi) -> None:
    own = {
        "Date": "today",
        "Server": "app",
        "Content-Length": "3",
        "Transfer-Encoding": "chunked",
        "WWW-Authenticate": "B",
    }

    headers = returning(cognito, {"headers": own, "body": "abc"}).get("/").headers
    assert (headers["x-amzn-Remapped-Date"], headers["x-amzn-Remapped-Server"]) == ("today", "app")
    assert headers["x-amzn-Remapped-Content-Length"] == "3"
    assert headers["WWW-Authenticate"] == "B"
    assert not {"Date", "Server", "Transfer-Encoding"} & headers.keys()
    sent = api.post("/notes", json={}, headers={"TE": "trailers", "X-Own": "1"}).json()["headers"]
    assert sent["X-Own"] == "1"
    assert not {"Te", "Content-Length"} & sent.keys()


@pytest.mark.parametrize(
    ("result", "why"),
    [
        ("text", "it is no object but text"),
        (None, "it is no object but null"),
        ([1], "it is no object but a list"),
        ({"statusCode": 200, "cookies": []}, "it has cookies; there are body, headers"),
        ({"statusCode": 99}, "statusCode is no status code"),
        ({"statusCode": True}, "statusCode is no status code"),
        ({"body": {"a": 1}}, "body is no text but an object: json.dumps makes text of it"),
        ({"headers": {"a": ["b"]}}, "the header a is no text but a list"),
        ({"headers": ["a"]}, "headers and multiValueHeaders are no objects"),
        ({"multiValueHeaders": {"a": "b"}}, "multiValueHeaders has no list for a"),
        ({"isBase64Encoded": "yes"}, "isBase64Encoded is neither true nor false"),
    ],
)
def test_malformed_results(cognito: Cognito, result: Any, why: str) -> None:
    response = returning(cognito, result).get("/")

    assert (response.status_code, response.text) == MALFORMED
    assert response.headers["x-amzn-ErrorType"] == "InternalServerErrorException"
    (line,) = cognito.calls[-1].explanation
    assert why in line


def test_a_function_that_fails(cognito: Cognito) -> None:
    def fails(event: Any, context: Any) -> Any:
        raise ValueError("a bug of the application")

    def dawdles(event: Any, context: Any) -> Any:
        cognito.clock.advance(seconds=30)
        return {}

    api = cognito.rest_api(
        {"GET /fails": fails, "GET /dawdles": dawdles, "GET /nan": lambda event, context: {"a": {1}}}
    )

    assert (api.get("/fails").status_code, api.get("/fails").text) == MALFORMED
    assert (api.get("/nan").status_code, api.get("/nan").text) == MALFORMED
    late = api.get("/dawdles")
    assert (late.status_code, late.text) == (504, '{"message": "Endpoint request timed out"}')


def test_binary_responses_are_for_clients_that_accept_them(cognito: Cognito) -> None:
    image = {
        "headers": {"Content-Type": "image/png"},
        "isBase64Encoded": True,
        "body": base64.b64encode(b"\x89P").decode(),
    }
    some, every = (returning(cognito, image, binary_media_types=[kind]) for kind in ("image/png", "*/*"))

    assert some.get("/", headers={"Accept": "image/png, */*"}).content == b"\x89P"
    assert some.get("/").content == base64.b64encode(b"\x89P")
    assert cognito.calls[-1].explanation == ("the body stays Base64: */* is no binary media type of the API",)
    assert every.get("/").content == b"\x89P"
    broken = returning(cognito, {**image, "body": "no Base64"}, binary_media_types=["*/*"]).get("/")
    assert (broken.status_code, json.loads(broken.text)["message"]) == (502, "Internal server error")
