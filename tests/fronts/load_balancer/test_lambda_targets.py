"""Lambda functions behind a load balancer: their events, and what becomes of what they return."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from aws_lambda_powertools.event_handler import ALBResolver
from aws_lambda_powertools.utilities.data_classes import ALBEvent

from pytest_cognito import Cognito, User, UserPool
from tests.support.balanced import OIDC, said

Event = dict[str, Any]


class Function:
    """A function that keeps its event and returns what it is told to."""

    def __init__(self, result: Any) -> None:
        self.result = result
        self.events: list[Event] = []

    def __call__(self, event: Event, context: object) -> Any:
        self.events.append(event)
        return self.result


OK: Event = {"statusCode": 200, "statusDescription": "200 OK", "headers": {"Content-Type": "text/plain"}, "body": "ok"}


def test_the_event_as_powertools_reads_it(cognito: Cognito, pool: UserPool, alice: User) -> None:
    function = Function(OK)
    notes = cognito.load_balancer(function, pool).signed_in(alice)
    response = notes.post("/notes/a%20b?q=x%20y&q=z&e", json={"a": 1}, headers={"X-Test": "T"})
    assert (response.status_code, response.text) == (200, "ok")
    assert set(function.events[0]) == {
        *("requestContext", "httpMethod", "path", "queryStringParameters", "headers", "body", "isBase64Encoded")
    }
    event = ALBEvent(function.events[0])
    arn = event.request_context.elb_target_group_arn
    assert arn.startswith("arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/app/")
    assert (event.http_method, event.path) == ("POST", "/notes/a%20b")
    assert event["queryStringParameters"] == {"q": "z", "e": ""}
    assert event.json_body == {"a": 1}
    assert event.headers["x-test"] == "T"
    assert event.headers[f"{OIDC}identity"] == alice.sub
    assert event.headers["x-forwarded-proto"] == "https"
    assert all(name == name.lower() for name in function.events[0]["headers"])


def test_values_of_a_name_in_lists(cognito: Cognito) -> None:
    result = {"statusCode": 200, "multiValueHeaders": {"Set-Cookie": ["a=1", "b=2"]}, "body": ""}
    function = Function(result)
    balancer = cognito.load_balancer(function, action="forward", multi_value_headers=True)
    response = balancer.get("/?q=x%20y&q=z", headers={"X-Test": "T"})
    event = function.events[0]
    assert event["multiValueQueryStringParameters"] == {"q": ["x%20y", "z"]}
    assert event["multiValueHeaders"]["x-test"] == ["T"]
    assert "headers" not in event
    assert dict(response.cookies) == {"a": "1", "b": "2"}


@pytest.mark.parametrize(
    ("headers", "body", "expected"),
    [
        ({"Content-Type": "text/csv"}, b"a,b", ("a,b", False)),
        ({"Content-Type": "application/json", "Content-Encoding": "gzip"}, b"\x1f", ("Hw==", True)),
        ({"Content-Type": "image/png"}, b"\x89", ("iQ==", True)),
        ({}, b"", ("", False)),
    ],
)
def test_bodies_of_requests(cognito: Cognito, headers: dict[str, str], body: bytes, expected: tuple[str, bool]) -> None:
    function = Function(OK)
    cognito.load_balancer(function, action="forward").post("/", data=body, headers=headers)
    event = function.events[0]
    assert (event["body"], event["isBase64Encoded"]) == expected


def test_bodies_of_responses(cognito: Cognito) -> None:
    encoded = base64.b64encode(b"\x00\x01").decode()
    function = Function(
        {"statusCode": 201, "isBase64Encoded": True, "body": encoded, "headers": {"Content-Length": "9"}}
    )
    response = cognito.load_balancer(function, action="forward").get("/")
    assert (response.status_code, response.content) == (201, b"\x00\x01")
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Length"] == "2"


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (None, "not a dict"),
        ({"body": "ok"}, "statusCode is None"),
        ({"statusCode": "200"}, "statusCode is '200'"),
        ({"statusCode": 200, "body": {"a": 1}}, "json.dumps"),
        ({"statusCode": 200, "isBase64Encoded": "false"}, "isBase64Encoded"),
        ({"statusCode": 200, "isBase64Encoded": True, "body": "?"}, "no Base64"),
        ({"statusCode": 200, "headers": {"X-Count": 1}}, "'X-Count'"),
        ({"statusCode": 200, "headers": ["a"]}, "headers is list"),
        ({"statusCode": 200, "body": "x" * (1024 * 1024 + 1)}, "more than 1048576"),
    ],
)
def test_results_that_are_no_responses(cognito: Cognito, result: Any, words: str) -> None:
    response = cognito.load_balancer(Function(result), action="forward").get("/")
    assert response.status_code == 502
    assert "<center><h1>502 Bad Gateway</h1></center>" in response.text
    assert "LambdaInvalidResponse: " in said(cognito, "GET /")
    assert words in said(cognito, "GET /")


def test_a_function_that_fails_or_takes_too_long(cognito: Cognito) -> None:
    def fails(event: Event, context: object) -> Event:
        raise ValueError("no such note")

    def slow(event: Event, context: object) -> Event:
        cognito.clock.advance(seconds=61)
        return OK

    assert cognito.load_balancer(fails, action="forward").get("/").status_code == 502
    assert "no such note" in said(cognito, "GET /")
    assert cognito.load_balancer(slow, action="forward").get("/").status_code == 504


def test_a_body_that_is_too_large_for_a_function(cognito: Cognito) -> None:
    function = Function(OK)
    response = cognito.load_balancer(function, action="forward").post("/", data="x" * (1024 * 1024 + 1))
    assert response.status_code == 413
    assert function.events == []


def test_a_resolver_of_powertools(cognito: Cognito, pool: UserPool, alice: User) -> None:
    app = ALBResolver()

    @app.get("/notes/<name>")
    def note(name: str) -> dict[str, str]:
        return {"name": name, "user": app.current_event.headers[f"{OIDC}identity"]}

    notes = cognito.load_balancer(app, pool).signed_in(alice)
    assert notes.get("/notes/first").json() == {"name": "first", "user": alice.sub}
