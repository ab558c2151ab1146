"""What the server keeps of calls: no more than it has to, so that it can run for days."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pytest_cognito import gateway
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.server.socket import Server
from pytest_cognito.world import World

from .loopback import Command, Wire

FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:greet"


def errors_of(world: World) -> list[Exception]:
    return [call.error for call in world.calls if call.error is not None]


def test_a_refused_call_holds_no_frames(wire: Wire, world: World) -> None:
    wire.call("DescribeUserPool", b'{"UserPoolId":"us-east-1_none"}')
    wire.call("DescribeUserPool", b"{}")
    wire.call("DescribeUserPool", b"{")
    wire.call("DescribeUserPool", sign=False)
    wire.call("CreateUserImportJob")
    wire.send("GET", "/confirmUser?client_id=none&user_name=ann&confirmation_code=123456")

    errors = errors_of(world)

    assert len(errors) == 6
    assert [(error.__traceback__, error.__context__) for error in errors] == [(None, None)] * 6


@pytest.mark.parametrize("raised", [KeyError("spam"), UsageError("not so")], ids=["a bug", "a mistake"])
def test_an_exception_holds_no_frames(wire: Wire, raised: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def call(*_: Any, **__: Any) -> None:
        try:
            raise ValueError("handled")
        except ValueError:
            raise raised  # noqa: B904 - as an operation may

    monkeypatch.setattr(gateway, "call", call)
    wire.call("ListUserPools", b'{"MaxResults":1}')

    assert (raised.__traceback__, raised.__context__) == (None, None)


def test_a_time_out_holds_no_frames(wire: Wire, world: World) -> None:
    world.faults.time_out("ListUserPools")
    with pytest.raises(http.client.RemoteDisconnected):
        wire.call("ListUserPools", b'{"MaxResults":1}')

    assert [error.__traceback__ for error in errors_of(world)] == [None]


@pytest.fixture
def short() -> Iterator[tuple[World, Wire]]:
    """A world that remembers three of everything, and a server of it."""
    world = World(history=3)
    with Server(world) as server, Wire(server.endpoint_url) as wire:
        yield world, wire


def test_the_newest_are_remembered(short: tuple[World, Wire]) -> None:
    world, wire = short
    world.functions.register(FUNCTION, lambda event, _: event)

    def call(operation: str, **parameters: Any) -> Any:
        return json.loads(wire.call(operation, json.dumps(parameters).encode()).body)

    settings = {"AutoVerifiedAttributes": ["email"], "LambdaConfig": {"PreSignUp": FUNCTION}}
    pool = call("CreateUserPool", PoolName="app", **settings)["UserPool"]["Id"]
    client = call("CreateUserPoolClient", UserPoolId=pool, ClientName="app")["UserPoolClient"]["ClientId"]
    for number in range(5):
        attributes = [{"Name": "email", "Value": f"{number}@example.com"}]
        call("SignUp", ClientId=client, Username=str(number), Password="Correct-horse-7", UserAttributes=attributes)

    newest = ["2", "3", "4"]
    assert [one.parameters["Username"] for one in world.calls] == newest
    assert [message.username for message in world.outbox] == newest
    assert [invocation.event["userName"] for invocation in world.functions] == newest


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="/proc has the memory of a process on Linux alone")
def test_refused_calls_leave_nothing_behind(command: Command) -> None:
    status = Path(f"/proc/{command.process.pid}/status")
    body = json.dumps({"UserPoolId": "us-east-1_None", "Username": "x" * 20_000}).encode()

    def megabytes() -> float:
        return int(re.findall(r"VmRSS:\s+(\d+)", status.read_text())[0]) / 1024

    with Wire(command.endpoint_url) as wire:
        for _ in range(600):
            assert wire.call("AdminGetUser", body).status == 400
        before = megabytes()
        for _ in range(1000):
            assert wire.call("AdminGetUser", body).status == 400

    assert megabytes() - before < 8
