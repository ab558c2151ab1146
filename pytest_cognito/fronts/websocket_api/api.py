"""`WebSocketApi`: a WebSocket API of API Gateway."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Mapping
from typing import Any, Self
from urllib.parse import unquote, urlencode

from pytest_cognito.fronts.api_gateway.stages import Stage
from pytest_cognito.fronts.client import Parameters, as_requests_response
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.front import Front
from pytest_cognito.fronts.targets import functions
from pytest_cognito.fronts.websocket_api import events, management, texts
from pytest_cognito.fronts.websocket_api.authorizers import CONNECT, WebSocketAuthorizer, WebSocketIam
from pytest_cognito.fronts.websocket_api.connection import WebSocketConnection
from pytest_cognito.http.messages import LOOPBACK, Request, Response
from pytest_cognito.kernel.calls import Call, depth
from pytest_cognito.kernel.functions import Function
from pytest_cognito.lambda_functions.failures import Failure
from pytest_cognito.world import World

DISCONNECT = "$disconnect"
DEFAULT = "$default"
_LIMIT = dt.timedelta(seconds=29)
_SUCCESSES = range(200, 300)
_SELECTED = "$request.body."


class WebSocketApi(Front):
    """A WebSocket API: ``api.connect(params={"token": token})`` is a client's connection.

    The functions of the routes answer by the management API, ``boto3.client("apigatewaymanagementapi",
    endpoint_url=api.endpoint_url)``, whose calls of PostToConnection arrive at the `WebSocketConnection`.
    """

    service = "execute-api"

    def __init__(
        self,
        world: World,
        api_id: str,
        region: str,
        *,
        routes: Mapping[str, str | Function],
        authorizer: WebSocketAuthorizer | WebSocketIam | None = None,
        stage: str = "prod",
        stage_variables: Mapping[str, str] | None = None,
        selection: str = "$request.body.action",
    ) -> None:
        self.stage = Stage(api_id, region, stage, dict(stage_variables or {}))
        self.authorizer = authorizer
        self.selection = selection
        self.connections: dict[str, WebSocketConnection] = {}
        self._functions = dict(routes)
        super().__init__(world, self.stage.host, region)

    @property
    def id(self) -> str:
        return self.stage.api_id

    @property
    def url(self) -> str:
        """The address that clients connect to, which begins with ``wss://`` and ends with the stage."""
        return f"wss://{self.host}{self.stage.prefix}"

    @property
    def endpoint_url(self) -> str:
        """The address of the management API, by which the application answers."""
        return f"https://{self.host}{self.stage.prefix}"

    def connect(
        self, *, headers: Mapping[str, str] | None = None, params: Parameters | None = None, address: str = LOOPBACK
    ) -> WebSocketConnection:
        """A client's connection: its ``status_code`` is 101, or that of the refusal."""
        query = urlencode(params, doseq=True) if params else ""
        url = f"{self.endpoint_url}{f'?{query}' if query else ''}"
        key = base64.b64encode(self.world.ids.data(16)).decode()
        sent = {
            "host": self.host,
            "user-agent": "pytest-cognito",
            "connection": "upgrade",
            "upgrade": "websocket",
            "sec-websocket-key": key,
            "sec-websocket-version": "13",
            **{name.lower(): value for name, value in (headers or {}).items()},
        }
        request = Request("GET", url, sent, address=address).encoded()
        exchange = self._exchange(CONNECT, dict(params or {}), request)
        connection = WebSocketConnection(
            self, base64.b64encode(self.world.ids.data(11)).decode(), request, exchange.now
        )
        try:
            response = self._admitted(exchange, connection)
        except Exception as error:
            self.world.calls.failed(exchange.call, error)
            raise
        connection.is_open = response.status == 101  # switching protocols
        if connection.is_open:
            self.connections[connection.id] = connection
        exchange.call.result = {"status": response.status}
        connection.response = as_requests_response(request, response)
        return connection

    def deliver(self, connection: WebSocketConnection, message: str) -> None:
        """A message of a client arrives."""
        if len(message.encode()) > management.LARGEST:
            self.disconnect(connection, texts.TOO_BIG, "Message Too Long")
            return
        content = _json(message)
        key = self._selected(content)
        told = content if isinstance(content, dict) else {"message": message}
        exchange = self._exchange(key, told, connection.request)
        connection.active = exchange.now
        function = self._functions.get(key)
        if function is None:
            exchange.explain(f"no route takes the message; there is {', '.join(self._functions)}")
            connection.received.append(texts.message_of(exchange, connection.id, texts.FORBIDDEN))
            exchange.call.result = {"status": 403}
            return
        event = events.of_message(self.stage, exchange, connection, message)
        if self._invoked(exchange, function, event) is None:
            connection.received.append(texts.message_of(exchange, connection.id, texts.INTERNAL_ERROR))

    def disconnect(self, connection: WebSocketConnection, code: int, reason: str) -> None:
        """A connection ends. What the function of ``$disconnect`` returns or raises changes nothing."""
        self.connections.pop(connection.id, None)
        connection.is_open, connection.close_code = False, code
        exchange = self._exchange(DISCONNECT, {}, connection.request)
        function = self._functions.get(DISCONNECT)
        if function is not None:
            self._invoked(exchange, function, events.of_end(self.stage, exchange, connection, code, reason))
        exchange.call.result = {"status": 200}

    def admit(self, exchange: Exchange) -> Response:
        """See `Front`. Over HTTP the management API alone is there: clients of a test connect by `connect`."""
        if exchange.path.startswith(management.PATH):
            return management.answer(self, exchange)
        exchange.explain("a client of a WebSocket API connects by api.connect(…) in a test")
        return texts.answer(exchange, "", 426, texts.NO_UPGRADE)

    def path(self, request: Request) -> str:
        """See `Front`."""
        inside = self.stage.inside(request)
        return unquote(request.path if inside is None else inside)

    def inherited_by(self, world: World) -> Self:
        """See `Front`. The connections are those of the world in which they were made."""
        heir = super().inherited_by(world)
        heir.connections = {}
        return heir

    def _admitted(self, exchange: Exchange, connection: WebSocketConnection) -> Response:
        """The response to a handshake: 101 if the authorizer and the function of ``$connect`` let it be."""
        if self.authorizer is not None:
            refusal = self.authorizer.authorize(exchange, self.stage, connection)
            if refusal is not None:
                return refusal
        function = self._functions.get(CONNECT)
        if function is None:
            return Response(101)
        event = events.of_handshake(self.stage, exchange, connection)
        status = self._invoked(exchange, function, event)
        if status is None:
            return texts.answer(exchange, connection.id, 502, texts.INTERNAL_ERROR)
        return Response(101) if status in _SUCCESSES else texts.answer(exchange, connection.id, status, texts.FORBIDDEN)

    def _invoked(self, exchange: Exchange, function: str | Function, event: dict[str, Any]) -> int | None:
        """The status that a function has returned; None for one that gave none."""
        try:
            result = functions.invoke(exchange, function, exchange.route, event, _LIMIT)
        except Failure as failure:
            exchange.explain(f"the function of {exchange.route} gave no response: {failure.reason}")
            exchange.call.result = {"status": 500}
            return None
        status = result.get("statusCode") if isinstance(result, Mapping) else None
        answered = status if isinstance(status, int) else 200
        exchange.call.result = {"status": answered}
        if exchange.route == CONNECT and not isinstance(status, int):
            exchange.explain("the function of $connect returned no statusCode")
            return None
        return answered

    def _selected(self, value: Any) -> str:
        """The route that the content of a message selects: ``$default`` for one that names none, or is no JSON."""
        for name in self.selection.removeprefix(_SELECTED).split("."):
            value = value.get(name) if isinstance(value, dict) else None
        if not isinstance(value, str) or value in (CONNECT, DISCONNECT) or value not in self._functions:
            return DEFAULT
        return value

    def _exchange(self, route: str, parameters: Mapping[str, Any], request: Request) -> Exchange:
        world = self.world
        call = Call(self.service, route, parameters, self.region, world.ids.request_id(), depth.get())
        world.calls.add(call)
        return Exchange(world, request, call, world.clock.now(), "/", route)


def _json(message: str) -> Any:
    """The content of a message; None for what is no JSON."""
    try:
        return json.loads(message)
    except ValueError:
        return None
