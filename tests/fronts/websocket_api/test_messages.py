"""Messages of a WebSocket API in both directions."""

from __future__ import annotations

import json
from typing import Any

import boto3
import pytest
import requests
from botocore.exceptions import ClientError

from pytest_cognito import Cognito, IdentityPool, UsageError, User, WebSocketApi, WebSocketConnection
from tests.support.fronts import REGION, policy
from tests.support.refusals import refusal


def reply(event: dict[str, Any], context: Any) -> Any:
    """A function that sends what it got back to the client."""
    where = event["requestContext"]
    client = boto3.client(
        "apigatewaymanagementapi", endpoint_url=f"https://{where['domainName']}/{where['stage']}", region_name=REGION
    )
    said = {"route": where["routeKey"], "body": event["body"]}
    client.post_to_connection(ConnectionId=where["connectionId"], Data=json.dumps(said).encode())
    return {"statusCode": 200}


@pytest.fixture
def api(cognito: Cognito) -> WebSocketApi:
    return cognito.websocket_api({"send": reply, "$default": reply, "broken": lambda event, context: event["nothing"]})


@pytest.fixture
def connection(api: WebSocketApi) -> WebSocketConnection:
    return api.connect()


@pytest.fixture
def client(api: WebSocketApi) -> Any:
    return boto3.client("apigatewaymanagementapi", endpoint_url=api.endpoint_url, region_name=REGION)


@pytest.mark.parametrize(
    ("message", "route"),
    [
        ({"action": "send"}, "send"),
        ({"action": "other"}, "$default"),
        ({"action": "$connect"}, "$default"),
        ({"action": ["send"]}, "$default"),
        ({"text": "Hello"}, "$default"),
        (["send"], "$default"),
        ("Hello", "$default"),
    ],
)
def test_a_message_takes_the_route_that_it_names(connection: WebSocketConnection, message: Any, route: str) -> None:
    connection.send(message)
    body = message if isinstance(message, str) else json.dumps(message)
    assert connection.receive_json() == {"route": route, "body": body}
    with pytest.raises(UsageError, match="has sent no message"):
        connection.receive_text()


def test_another_selection(cognito: Cognito) -> None:
    connection = cognito.websocket_api(
        {"send": reply}, route_selection_expression="$request.body.message.kind"
    ).connect()
    connection.send({"message": {"kind": "send"}})
    assert connection.receive_json()["route"] == "send"


def test_a_message_without_a_route_is_forbidden(cognito: Cognito) -> None:
    connection = cognito.websocket_api({"send": reply}).connect()
    connection.send({"action": "other"})
    said = connection.receive_json()
    assert (said["message"], said["connectionId"], sorted(said)) == (
        "Forbidden",
        connection.id,
        ["connectionId", "message", "requestId"],
    )


def test_a_function_that_raises_is_an_internal_error(connection: WebSocketConnection) -> None:
    connection.send({"action": "broken"})
    said = connection.receive_json()
    assert (said["message"], said["connectionId"]) == ("Internal server error", connection.id)
    assert connection.is_open


def test_a_connection_that_is_closed(api: WebSocketApi, connection: WebSocketConnection, client: Any) -> None:
    connection.close()
    assert (connection.is_open, connection.close_code) == (False, 1000)
    connection.close()
    with pytest.raises(UsageError, match="is not open: code 1000"):
        connection.send("Hello")
    for call in (client.get_connection, client.delete_connection):
        assert refusal(call, ConnectionId=connection.id).code == "GoneException"
    assert refusal(client.post_to_connection, ConnectionId=connection.id, Data=b"x").code == "GoneException"


def test_a_message_that_is_too_large(connection: WebSocketConnection, client: Any) -> None:
    large = refusal(client.post_to_connection, ConnectionId=connection.id, Data=b"x" * (128 * 1024 + 1))
    assert large.code == "PayloadTooLargeException"
    connection.send("x" * (128 * 1024 + 1))
    assert (connection.is_open, connection.close_code) == (False, 1009)


def test_the_management_api_tells_of_a_connection_and_ends_it(
    cognito: Cognito, connection: WebSocketConnection, client: Any
) -> None:
    cognito.clock.advance(minutes=5)
    connection.send("Hello")
    said = client.get_connection(ConnectionId=connection.id)
    assert round((said["LastActiveAt"] - said["ConnectedAt"]).total_seconds()) == 300
    assert said["Identity"] == {"SourceIp": "127.0.0.1", "UserAgent": "pytest-cognito"}
    client.delete_connection(ConnectionId=connection.id)
    assert not connection.is_open


def test_the_credentials_of_the_world_need_a_permission(
    api: WebSocketApi, connection: WebSocketConnection, cognito_identity_pool: IdentityPool, cognito_user: User
) -> None:
    identity = cognito_identity_pool.identity_of(cognito_user)

    def post() -> Any:
        own = identity.credentials().session().client("apigatewaymanagementapi", endpoint_url=api.endpoint_url)
        return own.post_to_connection(ConnectionId=connection.id, Data=b"Hello")

    with pytest.raises(ClientError, match="ForbiddenException"):
        post()
    manage = policy("Allow", "arn:aws:execute-api:*:*:*/prod/POST/@connections/*", "execute-api:ManageConnections")
    cognito_identity_pool.set_roles(authenticated=cognito_identity_pool.create_role("chat", [manage]))
    post()
    assert connection.receive_text() == "Hello"


def test_plain_requests_are_no_clients(api: WebSocketApi, connection: WebSocketConnection) -> None:
    assert requests.get(api.endpoint_url, timeout=5).status_code == 426
    assert requests.get(f"{api.endpoint_url}/@connections/{connection.id}", timeout=5).status_code == 403


def test_the_report_tells_of_each_message(cognito: Cognito, connection: WebSocketConnection) -> None:
    connection.send({"action": "send", "token": "s3cret"})
    (call,) = [each for each in cognito.calls if each.operation == "send"]
    assert "s3cret" not in repr(call)
    connection.send({"action": "broken"})
    assert "the function of broken gave no response: 'nothing'" in cognito.calls[-1].explanation
