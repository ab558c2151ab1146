"""Many clients at a time."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from pytest_cognito.server.socket import Server
from pytest_cognito.world import World

from .loopback import Wire

CLIENTS, EACH = 16, 10


def test_nothing_gets_lost(server: Server, wire: Wire, world: World) -> None:
    def create(number: int) -> list[str]:
        bodies = [json.dumps({"PoolName": f"pool-{number}-{turn}"}).encode() for turn in range(EACH)]
        with Wire(server.endpoint_url) as own:
            answers = [own.call("CreateUserPool", body) for body in bodies]
        return [json.loads(answer.body)["UserPool"]["Name"] for answer in answers]

    with ThreadPoolExecutor(CLIENTS) as pool:
        made = [name for names in pool.map(create, range(CLIENTS)) for name in names]

    listed = json.loads(wire.call("ListUserPools", b'{"MaxResults":60}').body)["UserPools"]
    assert len(set(made)) == CLIENTS * EACH
    assert len(listed) == 60
    assert {call.result["UserPool"]["Name"] for call in world.calls.of("CreateUserPool") if call.result} == set(made)


def test_of_many_sign_ups_with_one_name_one_wins(server: Server, wire: Wire) -> None:
    pool = json.loads(wire.call("CreateUserPool", b'{"PoolName":"app"}').body)["UserPool"]["Id"]
    asked = json.dumps({"UserPoolId": pool, "ClientName": "app"}).encode()
    client = json.loads(wire.call("CreateUserPoolClient", asked).body)["UserPoolClient"]

    def sign_up(_: int) -> int:
        body = {"ClientId": client["ClientId"], "Username": "ann", "Password": "Correct-horse-7"}
        with Wire(server.endpoint_url) as own:
            return own.call("SignUp", json.dumps(body).encode(), sign=False).status

    with ThreadPoolExecutor(CLIENTS) as threads:
        assert sorted(threads.map(sign_up, range(CLIENTS))) == [200] + [400] * (CLIENTS - 1)


def test_calls_that_wait_leave_a_thread_for_others(server: Server, wire: Wire, world: World) -> None:
    answered = threading.Event()

    def wait(seconds: float) -> None:
        answered.wait(timeout=30)

    def list_pools(_: int) -> int:
        with Wire(server.endpoint_url) as own:
            return own.call("ListUserPools", b'{"MaxResults":1}').status

    world.faults.slow_down("ListUserPools", seconds=1)
    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(CLIENTS) as threads:
        patch.setattr("pytest_cognito.endpoints.api.time.sleep", wait)
        waiting = [threads.submit(list_pools, number) for number in range(CLIENTS)]
        # Were it to wait for one of them, it would wait until the time-out, and none would be running any more.
        answer = wire.call("DescribeUserPool", b'{"UserPoolId":"us-east-1_none"}')
        still_waiting = not any(one.done() for one in waiting)
        answered.set()

        assert (answer.status, still_waiting) == (400, True)
        assert [one.result() for one in waiting] == [200] * CLIENTS
