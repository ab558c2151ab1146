"""The server's own pages, and the names of the server under which they are read."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from pytest_cognito.server.socket import Server
from pytest_cognito.world import World

from .loopback import Wire

OUTBOX = "/_cognito/outbox"
FOREIGN = [
    "rebound.example.com",
    "rebound.example.com:80",
    "localhost.example.com",
    "notlocalhost",
    "192.0.2.1",
    "",
    "[",
]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_health(wire: Wire, method: str) -> None:
    answer = wire.send(method, "/health", {"Host": "anything.example.com"})

    assert (answer.status, answer.body) == (200, b"ok\n" if method == "GET" else b"")


def test_the_server_is_well_without_a_mock() -> None:
    with Server(lambda: None) as server, Wire(server.endpoint_url) as wire:
        assert wire.send("GET", "/health").status == 200
        assert wire.send("GET", OUTBOX).status == 503


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:9229", "localhost.", "notes.localhost:80", "127.0.0.1:1", "127.9.9.9", "[::1]:80"]
)
def test_names_of_this_machine(wire: Wire, host: str) -> None:
    assert wire.send("GET", OUTBOX, {"Host": host}).status == 200


def test_the_name_of_the_machine(wire: Wire) -> None:
    assert wire.send("GET", OUTBOX, {"Host": f"{socket.gethostname()}:9229"}).status == 200


@pytest.mark.parametrize("path", [OUTBOX, f"{OUTBOX}/", "/_cognito", "/_cognito/nothing"])
@pytest.mark.parametrize("host", FOREIGN)
def test_another_name_is_refused(wire: Wire, host: str, path: str) -> None:
    answer = wire.send("GET", path, {"Host": host})

    assert answer.status == 403
    assert b"--host" in answer.body


@pytest.fixture
def open_server() -> Iterator[Server]:
    """A server that listens on every address of the machine."""
    with Server(World(), host="0.0.0.0") as server:
        yield server


@pytest.mark.parametrize(("host", "status"), [("192.0.2.1:80", 200), ("rebound.example.com", 403)])
def test_a_server_on_every_address_has_no_other_names(open_server: Server, host: str, status: int) -> None:
    with Wire(open_server.endpoint_url) as wire:
        assert wire.send("GET", OUTBOX, {"Host": host}).status == status


def test_the_name_that_the_server_was_started_with() -> None:
    with Server(World(), host="localhost") as server, Wire(server.endpoint_url) as wire:
        assert wire.send("GET", OUTBOX, {"Host": "localhost"}).status == 200


def test_another_page(wire: Wire) -> None:
    answer = wire.send("GET", "/_cognito/inbox")

    assert (answer.status, OUTBOX.encode() in answer.body) == (404, True)


@pytest.mark.parametrize("method", ["POST", "DELETE", "OPTIONS"])
def test_the_outbox_is_read_alone(wire: Wire, method: str) -> None:
    assert wire.send(method, OUTBOX).status == 405


def test_the_pages_are_no_calls(wire: Wire, world: World) -> None:
    for path in ("/health", OUTBOX, "/_cognito/inbox"):
        wire.send("GET", path)

    assert len(world.calls) == 0
