"""What is behind a front: itself, Cognito, bodies of every kind, methods without a body, and errors."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
import requests
from aws_lambda_powertools.event_handler import ALBResolver, APIGatewayHttpResolver, APIGatewayRestResolver
from flask import Flask, Response

from pytest_cognito import Cognito, UsageError, UserPool

PICTURE = b"\x89PNG\r\n\x1a\n" * 5


def http_api(cognito: Cognito, app: Any) -> Any:
    return cognito.http_api(app)


def rest_api(cognito: Cognito, app: Any) -> Any:
    return cognito.rest_api(app, binary_media_types=["*/*"])


def load_balancer(cognito: Cognito, app: Any) -> Any:
    return cognito.load_balancer(app, action="forward")


FRONTS = [http_api, rest_api, load_balancer]
Front = Callable[[Cognito, Any], Any]


@pytest.mark.parametrize("front", FRONTS)
def test_a_function_asks_cognito_and_its_own_api(cognito: Cognito, cognito_user_pool: UserPool, front: Front) -> None:
    made: list[Any] = []

    def handler(event: dict[str, Any], context: Any) -> Any:
        if event.get("rawPath", event.get("path")) == "/pools":
            pools = boto3.client("cognito-idp", region_name="us-east-1").list_user_pools(MaxResults=1)
            return {"statusCode": 200, "body": pools["UserPools"][0]["Id"]}
        return {
            "statusCode": 200,
            "body": requests.get(f"{made[0].url}/pools", timeout=5).text + made[0].get("/pools").text,
        }

    made.append(front(cognito, handler))
    assert made[0].get("/").text == cognito_user_pool.id * 2


@pytest.fixture
def app() -> Flask:
    app = Flask(__name__)

    @app.route("/picture", methods=["GET", "POST"])
    def picture() -> Response:
        return Response(PICTURE, mimetype="image/png")

    @app.get("/pieces")
    def pieces() -> Response:
        def each() -> Iterator[str]:
            yield from ("a", "b")

        return Response(each())

    @app.get("/broken")
    def broken() -> Response:
        def each() -> Iterator[str]:
            yield "a"
            raise LookupError("in the middle of a response")

        return Response(each())

    return app


@pytest.mark.parametrize("front", FRONTS)
def test_bodies_and_methods_of_an_application(cognito: Cognito, app: Flask, front: Front) -> None:
    made = front(cognito, app)
    assert made.get("/picture").content == requests.get(f"{made.url}/picture", timeout=5).content == PICTURE
    assert made.get("/pieces").text == "ab"
    for head in (made.head("/picture"), requests.head(f"{made.url}/picture", timeout=5)):
        assert (head.content, head.headers["content-length"]) == (b"", str(len(PICTURE)))
    assert set(made.options("/picture").headers["allow"].split(", ")) == {"GET", "HEAD", "POST", "OPTIONS"}
    with pytest.raises(LookupError, match="in the middle of a response"):
        made.get("/broken")


@pytest.mark.parametrize("front", FRONTS)
def test_what_a_function_raises_is_in_the_report(cognito: Cognito, front: Front) -> None:
    def handler(event: dict[str, Any], context: Any) -> Any:
        raise LookupError("no such note")

    assert front(cognito, handler).get("/").status_code in (500, 502)
    assert "no such note" in "".join(cognito.calls.of("GET /")[-1].explanation)


@pytest.mark.parametrize(
    ("front", "resolver"),
    [(http_api, APIGatewayHttpResolver), (rest_api, APIGatewayRestResolver), (load_balancer, ALBResolver)],
)
def test_a_resolver_of_powertools_reads_the_events_of_its_front_alone(
    cognito: Cognito, front: Front, resolver: Any
) -> None:
    app = resolver()

    @app.get("/notes")  # type: ignore[untyped-decorator, unused-ignore]
    def notes() -> dict[str, Any]:
        return {
            "tag": app.current_event.query_string_parameters["tag"],
            "agent": app.current_event.headers["user-agent"],
        }

    said = front(cognito, app).get("/notes", params={"tag": "red"})
    assert json.loads(said.text) == {"tag": "red", "agent": "pytest-cognito"}
    for other in FRONTS:
        if other is not front:
            with pytest.raises(UsageError, match="which reads events of another format"):
                other(cognito, app)
