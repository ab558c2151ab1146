"""Making an HTTP API: routes, stages, and mistakes."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito import Cognito, JwtAuthorizer, LambdaAuthorizer, UsageError, UserPool
from tests.support.fronts import echo, told

NOT_FOUND = (404, '{"message":"Not Found"}')


def test_what_no_route_takes_is_not_found(cognito: Cognito, cognito_user_pool: UserPool) -> None:
    api = cognito.http_api({"GET /notes": told}, authorizer=cognito_user_pool)
    for response in (api.get("/tags"), api.post("/notes"), api.get("/notes/")):
        assert (response.status_code, response.text) == NOT_FOUND
    assert cognito.calls[-1].explanation == ("no route takes GET /notes/; there is GET /notes",)


def test_a_named_stage_is_the_beginning_of_the_path(cognito: Cognito) -> None:
    api = cognito.http_api({"GET /notes": echo, "GET /": echo}, stage="dev")
    assert api.url.endswith(".amazonaws.com/dev")
    event = api.get("/notes").json()
    assert (event["rawPath"], event["requestContext"]["http"]["path"]) == ("/dev/notes", "/dev/notes")
    assert event["requestContext"]["stage"] == "dev"
    assert api.get(api.url).json()["rawPath"] == "/dev/"


def test_what_is_on_no_stage_is_not_found(cognito: Cognito) -> None:
    import requests

    api = cognito.http_api({"GET /notes": echo}, stage="dev")
    response = requests.get(f"https://{api.host}/notes", timeout=5)
    assert (response.status_code, response.text) == NOT_FOUND


def test_an_id_and_a_region_can_be_pinned(cognito: Cognito) -> None:
    api = cognito.http_api(echo, id="a1b2c3d4e5", region="eu-west-1")
    assert api.url == "https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com"
    assert (api.id, api.region, api.routes) == ("a1b2c3d4e5", "eu-west-1", ["$default"])
    assert cognito.calls.of("GET /") == []
    api.get("/")
    (call,) = cognito.calls.of("GET /")
    assert (call.service, call.region, call.result) == ("execute-api", "eu-west-1", {"status": 200})


@pytest.mark.parametrize(
    ("value", "advice"),
    [
        ((), "has 0 values: write handler"),
        ((told, None, [], []), "has 4 values"),
        ((told, "AWS_IAM", "scope"), r"are a list: write \['scope'\]"),
        ((told, "notes/read"), r"are a list: write \['notes/read'\]"),
        ((told, "AWS_IAM", None), "has two authorizers: write handler"),
        ((told, ["notes"], ["tags"]), "has two lists of scopes: write handler"),
        ((told, None, ["notes"]), "only JWT authorizers look at"),
        ((told, "AWS_IAM", ["notes"]), "only JWT authorizers look at"),
        ((told, 7), "the route 'GET /' is 7: pass a user pool"),
        ((told, [7]), r"the route 'GET /' is \[7\]: pass a user pool"),
        (7, r"the handler of 'GET /' is 7: pass a function"),
        ("notes.handler", "no ARN of a Lambda function"),
    ],
)
def test_a_route_that_can_not_be_meant(cognito: Cognito, cognito_user_pool: UserPool, value: Any, advice: str) -> None:
    with pytest.raises(UsageError, match=advice):
        cognito.http_api({"GET /": value}, authorizer=cognito_user_pool)


def test_an_api_that_can_not_be_meant(cognito: Cognito) -> None:
    with pytest.raises(UsageError, match="has a route at least"):
        cognito.http_api({})
    with pytest.raises(UsageError, match="authorizer is 'us-east-1_Pool00001': pass a user pool"):
        cognito.http_api(echo, authorizer="us-east-1_Pool00001")
    with pytest.raises(UsageError, match=r'"2\.0" or "1\.0"'):
        cognito.http_api(told, payload_format="2")
    with pytest.raises(UsageError, match="begins with a slash"):
        cognito.http_api(told).get("notes")


@pytest.mark.parametrize(
    ("settings", "advice"),
    [
        ({"stage": "/dev"}, "without a slash"),
        ({"region": "Ireland"}, "the name of an AWS region"),
        ({"id": "Notes.Api"}, "lower-case letters and digits"),
    ],
)
def test_a_place_that_can_not_be_meant(cognito: Cognito, settings: dict[str, Any], advice: str) -> None:
    for make in (cognito.http_api, cognito.rest_api):
        with pytest.raises(UsageError, match=advice):
            make({"GET /": told}, **settings)
    with pytest.raises(UsageError, match=advice):
        cognito.websocket_api({}, **settings)


def test_an_authorizer_may_be_a_dataclass(cognito: Cognito, cognito_user_pool: UserPool) -> None:
    routes = {
        "GET /jwt": (told, JwtAuthorizer(cognito_user_pool.issuer)),
        "GET /function": (told, LambdaAuthorizer(lambda event, context: {"isAuthorized": True}, identity_sources=[])),
        "GET /iam": (told, "AWS_IAM"),
    }
    api = cognito.http_api(routes)
    assert [api.get(f"/{name}").status_code for name in ("jwt", "function", "iam")] == [401, 200, 403]
