"""What goes over the wire: headers, errors, origins, connections."""

from __future__ import annotations

import http.client
import json
import socket
import time

import pytest

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.server.socket import Server
from pytest_cognito.world import World

from .loopback import PYTHONS_WORDS, Wire, authorization

LIST = b'{"MaxResults":10}'


def test_an_answer(wire: Wire) -> None:
    answer = wire.call("ListUserPools", LIST)

    assert (answer.status, json.loads(answer.body)) == (200, {"UserPools": []})
    assert answer.headers["content-type"] == "application/x-amz-json-1.1"
    assert len(answer.headers["x-amzn-requestid"]) == 36
    assert "access-control-allow-origin" not in answer.headers


def test_an_error(wire: Wire) -> None:
    answer = wire.call("DescribeUserPool", b'{"UserPoolId":"us-east-1_abc"}')

    said = "User pool us-east-1_abc does not exist."
    assert (answer.status, json.loads(answer.body)) == (400, {"__type": "ResourceNotFoundException", "message": said})
    assert answer.headers["x-amzn-errortype"] == "ResourceNotFoundException:"
    assert answer.headers["x-amzn-errormessage"] == said


def test_an_error_of_sts_is_xml(wire: Wire) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Authorization": authorization(service="sts")}

    answer = wire.send("POST", "/", headers, b"Action=Nothing&Version=2011-06-15")

    assert answer.headers["content-type"] == "text/xml"
    said = b"<Code>InvalidAction</Code><Message>Could not find operation Nothing for version 2011-06-15</Message>"
    assert b"<Type>Sender</Type>" + said in answer.body


@pytest.mark.parametrize(
    ("operation", "body", "code"),
    [
        ("CreateNothing", b"{}", "UnknownOperationException"),
        ("ListUserPools", b"{", "SerializationException"),
        ("ListUserPools", b"\xff\x00", "SerializationException"),
        ("ListUserPools", b'{"a": NaN}', "SerializationException"),
        ("ListUserPools", b'"\\ud800"', "SerializationException"),
        ("ListUserPools", b"[" * 5000, "SerializationException"),
        ("ListUserPools", b"[]", "SerializationException"),
        ("ListUserPools", b"{}", "InvalidParameterException"),
    ],
)
def test_what_can_not_be_understood(wire: Wire, operation: str, body: bytes, code: str) -> None:
    answer = wire.call(operation, body)

    assert (answer.status, json.loads(answer.body)["__type"]) == (400, code)
    assert answer.headers["x-amzn-errortype"] == f"{code}:"
    assert not PYTHONS_WORDS.search(json.loads(answer.body)["message"])


def test_a_call_that_has_to_be_signed(wire: Wire) -> None:
    answer = wire.call("ListUserPools", LIST, sign=False)

    assert answer.status == 400
    assert json.loads(answer.body) == {
        "__type": "MissingAuthenticationTokenException",
        "message": "Missing Authentication Token",
    }


def test_a_call_that_has_not_to_be_signed(wire: Wire) -> None:
    answer = wire.call("GetUser", b'{"AccessToken":"nonsense"}', sign=False)

    assert json.loads(answer.body)["__type"] == "NotAuthorizedException"


def test_sts_has_another_word_for_it(wire: Wire) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}

    answer = wire.send("POST", "/", form, b"Action=GetCallerIdentity&Version=2011-06-15")

    assert answer.status == 403
    assert b"<Code>MissingAuthenticationToken</Code>" in answer.body


def test_the_region_of_the_signature(wire: Wire, world: World) -> None:
    wire.call("ListUserPools", LIST, Authorization=authorization("ap-south-1"))

    assert world.calls[-1].region == "ap-south-1"


def test_the_region_of_the_host(wire: Wire, world: World) -> None:
    wire.call("ListUserPools", LIST, Host="cognito-idp.sa-east-1.amazonaws.com")

    assert world.calls[-1].region == "sa-east-1"


def test_a_host_answers_for_its_own_service(wire: Wire) -> None:
    answer = wire.call("ListUserPools", LIST, Host="cognito-identity.us-east-1.amazonaws.com")

    assert json.loads(answer.body)["__type"] == "UnknownOperationException"


def test_a_browser_asks_before_it_calls(wire: Wire) -> None:
    asked = "authorization,content-type,x-amz-target,x-amz-user-agent,amz-sdk-request,amz-sdk-invocation-id"
    headers = {
        "Origin": "http://localhost:3000",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": asked,
    }

    answer = wire.send("OPTIONS", "/", headers)

    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["access-control-allow-headers"] == asked
    assert answer.headers["access-control-allow-methods"] == "POST,GET,DELETE"  # what operations are called by


@pytest.mark.parametrize("body", [LIST, b"{}"], ids=["answer", "error"])
def test_a_browser_may_read_the_answer(wire: Wire, body: bytes) -> None:
    answer = wire.call("ListUserPools", body, Origin="http://localhost:3000")

    assert answer.headers["access-control-allow-origin"] == "*"
    exposed = answer.headers["access-control-expose-headers"].lower().split(",")
    assert {"x-amzn-requestid", "x-amzn-errortype", "x-amzn-errormessage"} <= set(exposed)


def test_a_connection_is_kept(wire: Wire) -> None:
    wire.call("ListUserPools", LIST)
    first = wire.connection.sock

    for body in (LIST, b"{}", b"{"):
        wire.call("ListUserPools", body)
        wire.send("GET", "/us-east-1_none/.well-known/jwks.json")

    assert wire.connection.sock is first


def test_small_answers_are_not_held_back(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nagle's algorithm and a delayed acknowledgement would take 40 ms for each."""
    options = []
    accept = socket.socket.accept

    def watched(listening: socket.socket) -> tuple[socket.socket, object]:
        accepted, address = accept(listening)
        options.append(accepted)
        return accepted, address

    monkeypatch.setattr(socket.socket, "accept", watched)
    wire.call("ListUserPools", LIST)

    assert [bool(one.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)) for one in options] == [True]


def test_an_injected_error(wire: Wire, world: World) -> None:
    world.faults.throttle("ListUserPools")

    refused, answered = wire.call("ListUserPools", LIST), wire.call("ListUserPools", LIST)

    assert (refused.status, json.loads(refused.body)["__type"]) == (400, "TooManyRequestsException")
    assert answered.status == 200
    first = world.calls[0].error
    assert isinstance(first, AWSError)
    assert first.code == "TooManyRequestsException"


def test_cognito_sync_throttles_by_another_status(wire: Wire, world: World) -> None:
    world.faults.throttle("ListIdentityPoolUsage")

    signed = {"Authorization": authorization(service="cognito-sync")}
    assert [wire.send("GET", "/identitypools", signed).status for _ in range(2)] == [429, 200]


def test_a_slash_in_the_name_of_a_dataset(wire: Wire) -> None:
    """It is part of the name, and not of the path."""
    resource = "us-east-1%3A12345678-dead-beef-cafe-123456789012"
    path = f"/identitypools/{resource}/identities/{resource}/datasets/a%2Frecords"
    answer = wire.send("GET", path, {"Authorization": authorization(service="cognito-sync")})

    said = json.loads(answer.body)["message"]
    assert said.startswith("1 validation error detected: Value 'a/records' at 'datasetName' failed to satisfy")


@pytest.mark.parametrize("status", [500, 503, 599])
def test_an_injected_status(wire: Wire, world: World, status: int) -> None:
    world.faults.fail("*", status=status)

    assert wire.call("ListUserPools", LIST).status == status


def test_an_injected_time_out(wire: Wire, world: World) -> None:
    world.faults.time_out("ListUserPools")

    with pytest.raises(http.client.RemoteDisconnected):
        wire.call("ListUserPools", LIST)

    assert wire.call("ListUserPools", LIST).status == 200


def test_an_injected_delay(wire: Wire, world: World) -> None:
    world.faults.slow_down("ListUserPools", seconds=0.2, times=1)

    began = time.perf_counter()
    answer = wire.call("ListUserPools", LIST)

    assert (answer.status, time.perf_counter() - began >= 0.2) == (200, True)


def test_a_function_chooses_the_world() -> None:
    worlds: list[World | None] = [None]
    with Server(lambda: worlds[-1]) as server, Wire(server.endpoint_url) as wire:
        refused = wire.call("ListUserPools", LIST)
        assert (refused.status, len(refused.headers["x-amzn-requestid"])) == (503, 36)

        worlds.append(World())
        assert wire.call("ListUserPools", LIST).status == 200
