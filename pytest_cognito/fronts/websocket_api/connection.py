"""`WebSocketConnection`: a client of a WebSocket API, in a test."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito.fronts.websocket_api import texts
from pytest_cognito.http.messages import Request
from pytest_cognito.kernel.errors import UsageError

if TYPE_CHECKING:
    import requests

    from pytest_cognito.fronts.websocket_api.api import WebSocketApi


class WebSocketConnection:
    """A connection of a client: ``connection.send({"action": "sendmessage", "text": "Hello"})``.

    ``status_code`` and ``response`` are those of the handshake: 101 for a connection that is open. ``received`` are the
    messages of the application that the test has not taken yet, as text, and ``close_code`` is set once it is closed.
    """

    response: requests.Response

    def __init__(self, api: WebSocketApi, id: str, request: Request, connected: dt.datetime) -> None:
        self.api = api
        self.id = id
        self.request = request
        self.connected = self.active = connected
        self.authorizer: Mapping[str, Any] | None = None
        self.identity: Mapping[str, Any] = {}
        self.received: list[str] = []
        self.is_open = False
        self.close_code: int | None = None

    @property
    def status_code(self) -> int:
        return self.response.status_code

    def send(self, message: Mapping[str, Any] | list[Any] | str) -> None:
        """Send a message: text as it is, anything else as JSON. Its route's function has run when this returns."""
        if not self.is_open:
            why = f"it was refused with {self.status_code}" if self.close_code is None else f"code {self.close_code}"
            raise UsageError(f"the connection {self.id} is not open: {why}")
        self.api.deliver(self, message if isinstance(message, str) else json.dumps(message))

    def receive_text(self) -> str:
        """The oldest message that the application has sent and the test has not taken."""
        if not self.received:
            raise UsageError("the application has sent no message to the connection, or the test has taken them all")
        return self.received.pop(0)

    def receive_json(self) -> Any:
        """The oldest message, which is JSON."""
        return json.loads(self.receive_text())

    def close(self, code: int = texts.NORMAL, reason: str = "") -> None:
        """Close the connection; the function of ``$disconnect`` has run when this returns."""
        if self.is_open:
            self.api.disconnect(self, code, reason)

    def __repr__(self) -> str:
        return f"<Connection {self.id}{'' if self.is_open else ' (closed)'}>"
