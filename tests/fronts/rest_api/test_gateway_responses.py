"""What a REST API answers by itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
import requests

from pytest_cognito import Cognito, GatewayResponse, Tokens, UsageError, UserPool
from pytest_cognito.fronts.rest_api.api import RestApi
from tests.fronts.rest_api.conftest import echo

CORS = {"Access-Control-Allow-Origin": "'*'", "Access-Control-Allow-Headers": "'Authorization'"}
LIMIT = 10 * 1024 * 1024


@pytest.fixture
def make(cognito: Cognito, cognito_user_pool: UserPool) -> Any:
    def make(**responses: GatewayResponse) -> RestApi:
        return cognito.rest_api(
            {"GET /notes": echo, "POST /uploads": (echo, None), "GET /broken": (lambda event, context: None, None)},
            authorizer=cognito_user_pool,
            stage_variables={"support": "help@example.com"},
            gateway_responses=responses,
        )

    return make


def test_the_defaults(make: Any, tokens: Tokens) -> None:
    api = make()
    refused = {
        "/notes": (401, "UnauthorizedException", '{"message":"Unauthorized"}'),
        "/unknown": (403, "MissingAuthenticationTokenException", '{"message":"Missing Authentication Token"}'),
        "/broken": (502, "InternalServerErrorException", '{"message": "Internal server error"}'),
    }
    for path, expected in refused.items():
        response = api.get(path)
        assert (response.status_code, response.headers["x-amzn-ErrorType"], response.text) == expected
        assert response.headers["Content-Type"] == "application/json"
        assert {"x-amzn-RequestId", "x-amz-apigw-id"} <= response.headers.keys()
        assert "Access-Control-Allow-Origin" not in response.headers
    assert "x-amzn-ErrorType" not in api.get("/notes", headers={"Authorization": tokens.id_token}).headers


def test_another_stage_is_forbidden(make: Any) -> None:
    api = make()
    api_url = api.url.removesuffix("/prod")
    for path in ("/dev/notes", "/", "/production/notes"):
        response = requests.get(f"{api_url}{path}", timeout=5)
        assert (response.status_code, response.json()) == (403, {"message": "Forbidden"})
        assert response.headers["x-amzn-ErrorType"] == "ForbiddenException"


def test_what_is_too_large(make: Any) -> None:
    response = make().post("/uploads", data=b"x" * (LIMIT + 1))

    assert response.status_code == 413
    assert response.json() == {"message": "HTTP content length exceeded 10485760 bytes."}


def test_cors_headers_of_all_4xx(make: Any) -> None:
    api = make(DEFAULT_4XX=GatewayResponse(headers=CORS))

    for path, status in (("/notes", 401), ("/unknown", 403)):
        response = api.get(path)
        assert response.status_code == status
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["Access-Control-Allow-Headers"] == "Authorization"
    assert "Access-Control-Allow-Origin" not in api.get("/broken").headers


def test_the_type_itself_comes_before_the_default(make: Any) -> None:
    api = make(
        UNAUTHORIZED=GatewayResponse(status=403),
        DEFAULT_4XX=GatewayResponse(status=400, headers={"X-All": "1"}),
        DEFAULT_5XX=GatewayResponse(status=503),
    )

    response = api.get("/notes")
    assert (response.status_code, response.text) == (403, '{"message":"Unauthorized"}')
    assert "X-All" not in response.headers
    assert api.get("/unknown").status_code == 400
    assert api.get("/broken").status_code == 503


TEMPLATE = """{"error": $context.error.messageString, "raw": "$context.error.message", "type":
"$context.error.responseType", "request": "$context.requestId", "stage": "$context.stage", "ip":
"$context.identity.sourceIp", "path": "$context.resourcePath", "mail": "$stageVariables.support", "origin":
"$method.request.header.Origin", "page": "$method.request.querystring.page", "none":
"$context.nothing.there", "$5": 1}"""


def test_a_template(make: Any) -> None:
    api = make(UNAUTHORIZED=GatewayResponse(body=TEMPLATE))

    response = api.get("/notes?page=2", headers={"Origin": "https://app.example.com"}, address="192.0.2.7")

    assert response.json() == {
        "error": "Unauthorized",
        "raw": "Unauthorized",
        "type": "UNAUTHORIZED",
        "request": response.headers["x-amzn-RequestId"],
        "stage": "prod",
        "ip": "192.0.2.7",
        "path": "/notes",
        "mail": "help@example.com",
        "origin": "https://app.example.com",
        "page": "2",
        "none": "",
        "$5": 1,
    }


def test_headers_say_where_a_value_comes_from(make: Any) -> None:
    headers = {
        "Access-Control-Allow-Origin": "method.request.header.Origin",
        "X-Type": "context.error.responseType",
        "X-Support": "stageVariables.support",
        "X-Plain": "no-store, method.request",
    }
    response = make(UNAUTHORIZED=GatewayResponse(headers=headers)).get(
        "/notes", headers={"Origin": "https://a.example"}
    )

    assert {name: response.headers[name] for name in headers} == {
        "Access-Control-Allow-Origin": "https://a.example",
        "X-Type": "UNAUTHORIZED",
        "X-Support": "help@example.com",
        "X-Plain": "no-store, method.request",
    }


def test_a_template_of_another_type(make: Any) -> None:
    api = make(UNAUTHORIZED=GatewayResponse(templates={"application/xml": "<error>$context.error.message</error>"}))

    response = api.get("/notes")
    assert (response.headers["Content-Type"], response.text) == ("application/xml", "<error>Unauthorized</error>")
    api = make(UNAUTHORIZED=GatewayResponse(templates={"text/plain": "no", "application/json": "{}"}))
    assert api.get("/notes").json() == {}


@pytest.mark.parametrize(
    ("responses", "text"),
    [
        ({"UNAUTHORISED": GatewayResponse()}, "did you mean 'UNAUTHORIZED'"),
        ({"UNAUTHORIZED": {"status": 403}}, "takes a GatewayResponse"),
    ],
)
def test_gateway_responses_that_are_none(cognito: Cognito, responses: Mapping[str, Any], text: str) -> None:
    with pytest.raises(UsageError, match=text):
        cognito.rest_api({"GET /notes": echo}, gateway_responses=responses)


@pytest.mark.parametrize("settings", [{"status": 1000}, {"status": "401"}, {"body": {"error": 1}}])
def test_settings_that_cannot_be_meant(settings: Any) -> None:
    with pytest.raises(UsageError, match="takes a"):
        GatewayResponse(**settings)


def test_a_failed_authorizer_has_a_null_message(cognito: Cognito) -> None:
    responses = {
        "AUTHORIZER_CONFIGURATION_ERROR": GatewayResponse(status=401, body='{"m": $context.error.messageString}')
    }
    api = cognito.rest_api({"GET /": echo}, authorizer=lambda event, context: {}, gateway_responses=responses)

    response = api.get("/", headers={"Authorization": "x"})

    assert (response.status_code, json.loads(response.text)) == (401, {"m": None})


def test_keys(cognito: Cognito) -> None:
    """API keys: one that is made, some that are given, and one that a Lambda authorizer finds."""
    api = cognito.rest_api({"GET /notes": echo, "GET /health": echo}, api_key_required=["GET /notes"])
    (key,) = api.api_keys

    for headers in ({}, {"x-api-key": "another"}):
        response = api.get("/notes", headers=headers)
        assert (response.status_code, response.text) == (403, '{"message":"Forbidden"}')
        assert response.headers["x-amzn-ErrorType"] == "ForbiddenException"
    identity = api.get("/notes", headers={"x-api-key": key}).json()["requestContext"]["identity"]
    assert identity["apiKey"] == key
    assert identity["apiKeyId"]
    assert api.get("/health").status_code == 200


def test_keys_of_the_test_and_of_an_authorizer(cognito: Cognito) -> None:
    def authorizer(event: Any, context: Any) -> Any:
        statement = {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "*"}
        key = event["headers"]["Authorization"]
        return {
            "principalId": "a",
            "policyDocument": {"Version": "2012-10-17", "Statement": [statement]},
            "usageIdentifierKey": key,
        }

    given = cognito.rest_api({"GET /": echo}, api_key_required=True, api_keys=["k1", "k2"])
    found = cognito.rest_api(
        {"GET /": echo}, authorizer=authorizer, api_key_required=True, api_keys=["k1"], api_key_source="AUTHORIZER"
    )

    assert [given.get("/", headers={"X-Api-Key": key}).status_code for key in ("k1", "k2", "k3")] == [200, 200, 403]
    assert [found.get("/", headers={"Authorization": key}).status_code for key in ("k1", "k2")] == [200, 403]
