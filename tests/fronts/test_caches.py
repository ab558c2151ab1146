"""What Lambda authorizers have said is remembered by one API in one world, and for its time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pytest_cognito import Cognito, LambdaAuthorizer, RequestAuthorizer, TokenAuthorizer
from pytest_cognito.world import World
from tests.support.every_front import BODY, QUERY
from tests.support.fronts import policy

Asked = list[str]
TTL = 60


def simple(asked: Asked) -> Any:
    def authorize(event: dict[str, Any], context: Any) -> Any:
        asked.append(event["type"])
        return {"isAuthorized": True}

    return LambdaAuthorizer(authorize, ttl=TTL)


def by_policy(kind: Any) -> Callable[[Asked], Any]:
    def make(asked: Asked) -> Any:
        def authorize(event: dict[str, Any], context: Any) -> Any:
            asked.append(event["type"])
            return {"principalId": "ann", "policyDocument": policy("Allow", "*")}

        return kind(authorize, ttl=TTL)

    return make


def http_api(cognito: Cognito, asked: Asked) -> Any:
    return cognito.http_api(lambda event, context: BODY, authorizer=simple(asked))


def rest_api(kind: Any) -> Any:
    return lambda cognito, asked: cognito.rest_api(lambda event, context: BODY, authorizer=by_policy(kind)(asked))


def appsync(cognito: Cognito, asked: Asked) -> Any:
    def authorize(event: dict[str, Any], context: Any) -> Any:
        asked.append(event["authorizationToken"])
        return {"isAuthorized": True, "ttlOverride": TTL}

    schema = "type Query { hello: String }"
    return cognito.appsync(schema, {"Query.hello": lambda event, context: "hi"}, authorization=authorize)


def ask(front: Any, token: str) -> None:
    headers = {"Authorization": token}
    assert front.post("/graphql", headers=headers, json=QUERY).status_code == 200


@pytest.mark.parametrize(
    "make",
    [http_api, rest_api(TokenAuthorizer), rest_api(RequestAuthorizer), appsync],
    ids=["http_api", "token", "request", "appsync"],
)
def test_what_was_said_is_remembered(cognito: Cognito, make: Any) -> None:
    asked: Asked = []
    front = make(cognito, asked)
    for token in ("a", "a", "b"):
        ask(front, token)
    assert len(asked) == 2
    heir = World(parent=cognito.world).sites.find(front.host)
    ask(heir, "a")
    assert len(asked) == 3  # a world that begins with it has asked nobody yet
    ask(make(cognito, asked), "a")
    assert len(asked) == 4  # neither has another API
    cognito.clock.advance(seconds=TTL - 1)
    ask(front, "a")
    assert len(asked) == 4
    cognito.clock.advance(seconds=1)
    ask(front, "a")
    assert len(asked) == 5
