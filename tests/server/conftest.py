"""The loopback server in both its forms."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pytest_cognito.server.socket import Server
from pytest_cognito.world import World

from .loopback import Command, Wire, start


@pytest.fixture
def world() -> World:
    return World(seed="server", region="us-east-1")


@pytest.fixture
def server(world: World) -> Iterator[Server]:
    with Server(world) as server:
        yield server


@pytest.fixture
def command() -> Iterator[Command]:
    command = start("--port", "0")
    yield command
    command.process.kill()
    command.process.communicate()


@pytest.fixture
def wire(server: Server) -> Iterator[Wire]:
    with Wire(server.endpoint_url) as wire:
        yield wire
