"""What functions behind an HTTP API return, and what the client gets of it."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito import Cognito, UsageError

ERROR = (500, '{"message":"Internal Server Error"}')


@pytest.mark.parametrize(
    ("result", "body"),
    [({"a": "ä"}, '{"a":"ä"}'), ("Hello from Lambda!", "Hello from Lambda!"), ([1], "[1]"), (None, "null")],
)
def test_what_has_no_status_is_the_body(cognito: Cognito, result: Any, body: str) -> None:
    response = cognito.http_api(lambda event, context: result).get("/")
    assert (response.status_code, response.text) == (200, body)
    assert response.headers["content-type"] == "application/json"


def test_status_headers_cookies_and_a_binary_body(cognito: Cognito) -> None:
    result = {
        "statusCode": "201",
        "headers": {"Content-Type": "image/png", "X-Number": 7, "X-True": True},
        "cookies": ["a=1; Path=/", "b=2"],
        "body": "iVBORw==",
        "isBase64Encoded": True,
    }
    response = cognito.http_api(lambda event, context: result).get("/")
    assert (response.status_code, response.content) == (201, b"\x89PNG")
    assert (response.headers["x-number"], response.headers["x-true"]) == ("7", "true")
    assert response.cookies.get_dict() == {"a": "1", "b": "2"}
    assert response.headers["content-length"] == "4"


def test_a_body_without_a_type_is_plain_text(cognito: Cognito) -> None:
    response = cognito.http_api(lambda event, context: {"statusCode": 200, "body": "hi"}).get("/")
    assert response.headers["content-type"] == "text/plain;charset=UTF-8"


def test_several_values_of_a_header_in_format_1(cognito: Cognito) -> None:
    result = {"statusCode": 200, "headers": {"X-One": "a", "x-more": "no"}, "multiValueHeaders": {"X-More": ["b", "c"]}}
    response = cognito.http_api(lambda event, context: result, payload_format="1.0").get("/")
    assert (response.headers["x-one"], response.headers["x-more"]) == ("a", "b, c")


@pytest.mark.parametrize(
    "result",
    [
        {"statusCode": 99},
        {"statusCode": "many"},
        {"statusCode": True},
        {"statusCode": 200, "body": {"a": 1}},
        {"statusCode": 200, "body": "%", "isBase64Encoded": True},
        {"statusCode": 200, "headers": ["a"]},
        {"statusCode": 200, "headers": {"a": ["b"]}},
        {"statusCode": 200, "cookies": "a=1"},
        {1, 2},
    ],
)
def test_what_is_no_response_is_an_internal_error(cognito: Cognito, result: Any) -> None:
    response = cognito.http_api(lambda event, context: result).get("/")
    assert (response.status_code, response.text) == ERROR
    assert response.headers["apigw-requestid"]
    assert "no response" in cognito.calls[-1].explanation[0]


@pytest.mark.parametrize("result", [{"a": 1}, "text", None, {"statusCode": 200, "multiValueHeaders": {"a": "b"}}])
def test_format_1_asks_for_a_whole_response(cognito: Cognito, result: Any) -> None:
    response = cognito.http_api(lambda event, context: result, payload_format="1.0").get("/")
    assert (response.status_code, response.text) == ERROR


def test_a_function_that_raises_is_an_internal_error(cognito: Cognito) -> None:
    response = cognito.http_api(lambda event, context: event["nothing"]).get("/")
    assert (response.status_code, response.text) == ERROR
    (invocation,) = cognito.calls[-1].invocations
    assert isinstance(invocation.error, KeyError)
    assert invocation.outcome() == "raised KeyError: 'nothing'"


def test_a_function_that_takes_too_long_is_unavailable(cognito: Cognito) -> None:
    def slow(event: Any, context: Any) -> Any:
        assert 29_000 < context.get_remaining_time_in_millis() <= 30_000
        cognito.clock.advance(seconds=31)

    response = cognito.http_api(slow).get("/")
    assert (response.status_code, response.text) == (503, '{"message":"Service Unavailable"}')


def test_a_function_by_its_arn(cognito: Cognito) -> None:
    arn = "arn:aws:lambda:us-east-1:123456789012:function:notes"
    api = cognito.http_api({"GET /notes": arn})
    with pytest.raises(UsageError, match="Pass the function itself in place of its ARN"):
        api.get("/notes")
    cognito.triggers.register(arn, lambda event, context: context.function_name)
    assert api.get("/notes").text == "notes"


def test_a_function_that_returns_a_coroutine_is_a_mistake(cognito: Cognito) -> None:
    async def main() -> None: ...

    api = cognito.http_api({"GET /notes": lambda event, context: main()})
    with pytest.raises(UsageError, match="the function for GET /notes is a coroutine function"):
        api.get("/notes")
