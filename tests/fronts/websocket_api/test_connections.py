"""Connections of a WebSocket API: who may connect, and what the functions are told."""

from __future__ import annotations

from typing import Any

import pytest
from aws_lambda_powertools.utilities.data_classes import APIGatewayWebSocketEvent

from pytest_cognito import Cognito, IdentityPool, UsageError, User, UserPool, WebSocketAuthorizer
from tests.support.fronts import policy, signed

Asked = list[dict[str, Any]]
NOW = "2030-03-12T19:03:58Z"


def accept(event: dict[str, Any], context: Any) -> Any:
    return {"statusCode": 200}


@pytest.fixture
def asked() -> Asked:
    return []


@pytest.fixture
def authorize(asked: Asked) -> Any:
    """An authorizer that knows one token."""

    def authorize(event: dict[str, Any], context: Any) -> Any:
        asked.append(event)
        effect = "Allow" if event["queryStringParameters"]["token"] == "t0ken" else "Deny"
        return {"principalId": "ann", "policyDocument": policy(effect, event["methodArn"]), "context": {"admin": True}}

    return authorize


@pytest.mark.cognito(now=NOW)
def test_an_authorizer_decides_about_a_connection(cognito: Cognito, authorize: Any, asked: Asked) -> None:
    api = cognito.websocket_api({"$connect": accept}, authorizer=authorize, id="a1b2c3d4e5")
    refused = api.connect(params={"token": "wrong"})
    assert (refused.status_code, refused.is_open) == (403, False)
    assert refused.response.json()["message"] == "User is not authorized to access this resource"
    assert api.connect(params={"token": "t0ken"}, headers={"X-Custom": "1"}).status_code == 101
    event = asked[-1]
    assert event["type"] == "REQUEST"
    assert event["methodArn"] == "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/$connect"
    assert (event["headers"]["X-Custom"], event["multiValueQueryStringParameters"]) == ("1", {"token": ["t0ken"]})
    context = event["requestContext"]
    assert (context["eventType"], context["routeKey"], context["messageDirection"]) == ("CONNECT", "$connect", "IN")
    assert (context["connectedAt"], context["requestTime"]) == (1899572638000, "12/Mar/2030:19:03:58 +0000")


def test_every_later_event_tells_what_the_authorizer_said(cognito: Cognito, authorize: Any) -> None:
    events: list[APIGatewayWebSocketEvent] = []

    def note(event: dict[str, Any], context: Any) -> Any:
        events.append(APIGatewayWebSocketEvent(event))
        return {"statusCode": 200}

    routes = {"$connect": note, "$disconnect": note, "$default": note}
    api = cognito.websocket_api(routes, authorizer=authorize, stage_variables={"table": "notes"})
    connection = api.connect(params={"token": "t0ken"})
    connection.send("Hello")
    connection.close(1001, "gone")
    assert [event.request_context.event_type for event in events] == ["CONNECT", "MESSAGE", "DISCONNECT"]
    assert [event.request_context.route_key for event in events] == ["$connect", "$default", "$disconnect"]
    assert {event.request_context.connection_id for event in events} == {connection.id}
    for event in events:
        told = event["requestContext"]["authorizer"]
        assert (told["principalId"], told["admin"]) == ("ann", "true")
    assert (events[1].body, events[1].request_context.message_id is not None) == ("Hello", True)
    assert events[2].request_context.disconnect_status_code == 1001
    assert events[2].request_context.disconnect_reason == "gone"


def test_without_an_identity_source_the_authorizer_is_not_asked(cognito: Cognito, authorize: Any, asked: Asked) -> None:
    authorizer = WebSocketAuthorizer(authorize, ["route.request.querystring.token", "route.request.header.X-Tenant"])
    api = cognito.websocket_api({"$connect": accept}, authorizer=authorizer)
    for connection in (api.connect(), api.connect(params={"token": "t0ken"})):
        assert connection.status_code == 401
        assert connection.response.json()["message"] == "Unauthorized"
    assert asked == []
    assert api.connect(params={"token": "t0ken"}, headers={"x-tenant": "t1"}).is_open


def test_identity_sources_of_the_stage_and_the_context(cognito: Cognito, authorize: Any, asked: Asked) -> None:
    authorizer = WebSocketAuthorizer(authorize, ["stageVariables.tenant", "context.identity.sourceIp"])
    token = {"token": "t0ken"}
    without = cognito.websocket_api({"$connect": accept}, authorizer=authorizer)
    assert (without.connect(params=token).status_code, asked) == (401, [])
    tenant = cognito.websocket_api({"$connect": accept}, authorizer=authorizer, stage_variables={"tenant": "t1"})
    assert tenant.connect(params=token).is_open


@pytest.mark.parametrize("source", ["$request.header.A", "method.request.header.A", "$context.routeKey", "A"])
def test_identity_sources_of_other_kinds_of_apis(source: str, authorize: Any) -> None:
    with pytest.raises(UsageError, match=r"such as 'route\.request\.header\.Authorization'"):
        WebSocketAuthorizer(authorize, [source])


@pytest.mark.parametrize(("message", "status"), [("Unauthorized", 401), ("no database", 500)])
def test_an_authorizer_that_raises(cognito: Cognito, message: str, status: int) -> None:
    def authorize(event: Any, context: Any) -> Any:
        raise RuntimeError(message)

    assert cognito.websocket_api({}, authorizer=authorize).connect().status_code == status


def test_an_authorizer_that_returns_no_policy(cognito: Cognito) -> None:
    api = cognito.websocket_api({}, authorizer=lambda event, context: {"isAuthorized": True})
    assert api.connect().status_code == 500


def test_iam_decides_by_the_credentials_of_an_identity_pool(
    cognito: Cognito, cognito_identity_pool: IdentityPool, cognito_user: User
) -> None:
    identities: list[dict[str, Any]] = []

    def connect(event: dict[str, Any], context: Any) -> Any:
        identities.append(event["requestContext"]["identity"])
        return {"statusCode": 200}

    api = cognito.websocket_api({"$connect": connect}, authorizer="AWS_IAM")
    identity = cognito_identity_pool.identity_of(cognito_user)
    assert api.connect().status_code == 403
    headers = signed(identity.credentials(), "GET", api.endpoint_url)
    assert api.connect(headers=headers).status_code == 403
    role = cognito_identity_pool.create_role("chat", [policy("Allow", "arn:aws:execute-api:*:*:*/prod/$connect")])
    cognito_identity_pool.set_roles(authenticated=role)
    assert api.connect(headers=signed(identity.credentials(), "GET", api.endpoint_url)).is_open
    assert identities[0]["cognitoIdentityId"] == identity.id
    expired = identity.credentials().expired()
    assert api.connect(headers=signed(expired, "GET", api.endpoint_url)).status_code == 403


@pytest.mark.parametrize(
    ("result", "status"), [({"statusCode": 204}, 101), ({"statusCode": 401}, 401), (None, 502), ({}, 502)]
)
def test_the_function_of_connect_decides_too(cognito: Cognito, result: Any, status: int) -> None:
    assert cognito.websocket_api({"$connect": lambda event, context: result}).connect().status_code == status


def test_a_function_of_connect_that_raises_lets_nobody_in(cognito: Cognito) -> None:
    connection = cognito.websocket_api({"$connect": lambda event, context: event["nothing"]}).connect()
    assert (connection.status_code, connection.response.json()["message"]) == (502, "Internal server error")
    with pytest.raises(UsageError, match="it was refused with 502"):
        connection.send("Hello")


def test_mistakes(cognito: Cognito, cognito_user_pool: UserPool) -> None:
    with pytest.raises(UsageError, match="no authorizer for user pools"):
        cognito.websocket_api({}, authorizer=cognito_user_pool)
    with pytest.raises(UsageError, match="routes takes a dict"):
        cognito.websocket_api([accept])  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="route_selection_expression is such as"):
        cognito.websocket_api({}, route_selection_expression="action")
    with pytest.raises(UsageError, match="the handler of 'send' is 7"):
        cognito.websocket_api({"send": 7})
    with pytest.raises(UsageError, match=r"route\.request\.header\.Authorization"):
        WebSocketAuthorizer(accept, ["$request.header.Authorization"])
    with pytest.raises(UsageError, match=r"write \['route"):
        WebSocketAuthorizer(accept, "route.request.header.Authorization")
