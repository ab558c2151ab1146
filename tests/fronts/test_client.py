"""A test's own requests: what they take, and what they would do without a word."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from pytest_cognito import Cognito, HttpApi, UsageError
from tests.support.fronts import echo


@pytest.fixture
def api(cognito: Cognito) -> HttpApi:
    return cognito.http_api(echo)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"auth": ("ann", "secret")}, "no 'auth': write headers="),
        ({"timeout": 5}, "no 'timeout': nothing waits"),
        ({"allow_redirects": True}, "a redirect is not followed"),
        ({"files": {}}, "no 'files': pass the body as data="),
        ({"header": {}}, "did you mean 'headers'"),
        ({"headers": {"X-Number": 1}}, "the header 'X-Number' is text without line breaks"),
        ({"headers": {"X-Split": "a\r\nX-Other: b"}}, "the header 'X-Split' is text without line breaks"),
        ({"headers": {"X-List": ["a", None]}}, "the header 'X-List' is text without line breaks"),
    ],
)
def test_what_would_go_unnoticed_is_a_mistake(api: HttpApi, options: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        api.get("/", **options)  # type: ignore[arg-type, misc, unused-ignore]


def test_what_is_none_is_left_out(api: HttpApi) -> None:
    event = api.post("/", params=None, headers=None, cookies=None, json=None, data=None).json()
    assert {"body", "cookies", "queryStringParameters", "content-type"}.isdisjoint({*event, *event["headers"]})


def test_a_parameter_or_a_header_may_come_more_than_once(api: HttpApi) -> None:
    event = api.get("/", params=[("a", "1"), ("a", "2")], headers={"X-Tag": ["red", "blue"]}).json()
    assert event["queryStringParameters"] == {"a": "1,2"}
    assert event["headers"]["x-tag"] == "red,blue"


def test_a_response_says_its_status_as_requests_do(cognito: Cognito) -> None:
    refused = cognito.http_api(lambda event, context: {"statusCode": 403}).get("/")
    assert refused.reason == "Forbidden"
    with pytest.raises(requests.HTTPError, match="403 Client Error: Forbidden for url"):
        refused.raise_for_status()
