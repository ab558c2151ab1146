"""`start`, `stop` and `reset`, as suites use them that come from moto; and mocks that end in any order."""

from __future__ import annotations

import asyncio
import itertools
import os
from collections.abc import Sequence

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import EndpointConnectionError

from pytest_cognito import AWSError, Cognito, UsageError, active, mock_cognito
from tests.support import clients

from .pools import create, pool_names

NAMES = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION")


@pytest.fixture
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    for name in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
        monkeypatch.setenv(name, os.devnull)


def environment() -> list[str | None]:
    return [os.environ.get(name) for name in NAMES]


def test_a_mock_is_active_from_start_to_stop() -> None:
    mock = mock_cognito(region="eu-west-1")
    cognito = mock.start()
    assert isinstance(cognito, Cognito)
    create("a", region_name="eu-west-1")
    assert [pool.name for pool in cognito.pools] == ["a"]

    mock.stop()

    assert active.current() is None


def test_each_start_begins_a_new_world() -> None:
    mock = mock_cognito(region="us-east-1")
    for _ in range(2):
        mock.start()
        assert pool_names() == []
        create("a")
        mock.stop()


@pytest.mark.parametrize("method", ["stop", "reset"])
def test_what_is_not_active_says_so(method: str) -> None:
    mock = mock_cognito()
    with pytest.raises(UsageError, match=rf"{method}\(\) of a mock that is not active: call start\(\)"):
        getattr(mock, method)()
    with mock:
        pass
    with pytest.raises(UsageError, match="not active"):
        getattr(mock, method)()


def test_reset_forgets_everything_of_its_world_and_nothing_of_another() -> None:
    outer, inner = mock_cognito(region="us-east-1"), mock_cognito(region="us-east-1")
    with outer:
        create("outer")
        inner.start()
        create("inner")
        inner.reset()
        assert pool_names() == []
        create("later")
        assert pool_names() == ["later"]
        inner.stop()
        assert pool_names() == ["outer"]


def test_a_world_after_its_reset(cognito: Cognito) -> None:
    pool = cognito.create_user_pool(AutoVerifiedAttributes=["email"])
    pool.on("PreSignUp")(lambda event, context: event)
    idp = boto3.client("cognito-idp", region_name="us-east-1")
    idp.sign_up(
        ClientId=pool.client.id,
        Username="ann",
        Password="Corr3ct-horse!",
        UserAttributes=[{"Name": "email", "Value": "ann@example.com"}],
    )
    cognito.faults.throttle("ListUsers")
    moved = cognito.clock.advance(days=1)

    cognito.reset()

    assert (cognito.pools, len(cognito.calls), len(cognito.outbox), len(cognito.triggers)) == ([], 0, 0, 0)
    assert not cognito.faults.pending("ListUsers")
    assert all(len(table) == 0 for table in cognito.world.store.tables(with_history=True).values())
    assert cognito.clock.now() >= moved
    with pytest.raises(AWSError, match="does not exist"):
        pool.call("ListUsers")
    again = cognito.create_user_pool(AutoVerifiedAttributes=["email"])
    assert again.id != pool.id
    assert again.create_user("ann").sign_in().claims["iss"] == again.issuer


@pytest.mark.usefixtures("nothing_set")
@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_mocks_end_in_any_order(order: Sequence[int]) -> None:
    regions = ["eu-west-1", "us-west-2", "ap-south-1"]
    mocks = [mock_cognito(region=region) for region in regions]
    worlds = [mock.start().world for mock in mocks]

    for number in order:
        mocks[number].stop()
        regions[number] = ""
        left = [region for region in regions if region]
        assert environment()[2] == (left[-1] if left else None)
        assert active.current() is (next(w for w in reversed(worlds) if w.region == left[-1]) if left else None)

    assert environment() == [None, None, None]


@pytest.mark.usefixtures("nothing_set")
def test_what_was_set_inside_a_mock_is_there_again_after_an_inner_one(monkeypatch: pytest.MonkeyPatch) -> None:
    with mock_cognito(region="eu-west-1"):
        monkeypatch.setenv("AWS_DEFAULT_REGION", "ca-central-1")
        with mock_cognito(region="us-west-2"):
            assert environment()[2] == "us-west-2"
        assert environment()[2] == "ca-central-1"
        monkeypatch.undo()


@pytest.mark.usefixtures("nothing_set")
def test_mocks_of_concurrent_tasks() -> None:
    async def one(region: str, pause: float) -> None:
        async with mock_cognito(region=region):
            await asyncio.sleep(pause)

    @mock_cognito(region="ap-south-1")
    async def other() -> None:
        await asyncio.sleep(0.01)

    async def all_of_them() -> None:
        await asyncio.gather(one("eu-west-1", 0.002), one("us-west-2", 0.02), other(), one("sa-east-1", 0.005))

    asyncio.run(all_of_them())

    assert environment() == [None, None, None]


class TestLetThrough:
    """Calls that are let through are an entry of the same stack: the innermost of both wins."""

    def test_a_mock_inside_answers(self) -> None:
        with active.let_through():
            with mock_cognito(region="us-east-1"):
                assert pool_names() == []
            self.reaches_aws()

    def test_inside_a_mock_calls_are_let_through(self) -> None:
        with mock_cognito(region="us-east-1"):
            with active.let_through():
                self.reaches_aws()
                with mock_cognito(region="us-east-1"):
                    create("inner")
                self.reaches_aws()
            assert pool_names() == []

    def test_they_end_in_any_order(self) -> None:
        first, mock, second = active.let_through(), mock_cognito(region="us-east-1"), active.let_through()
        first.__enter__()
        mock.start()
        second.__enter__()
        first.__exit__()
        self.reaches_aws()
        second.__exit__()
        assert pool_names() == []
        mock.stop()

    @staticmethod
    def reaches_aws() -> None:
        assert active.current() is None
        client = clients.client(
            "cognito-idp",
            region_name="us-east-1",
            endpoint_url="http://127.0.0.1:9",  # nobody listens there
            aws_access_key_id="testing",
            aws_secret_access_key="testing",
            config=Config(retries={"total_max_attempts": 1}),
        )
        with pytest.raises(EndpointConnectionError):
            client.list_user_pools(MaxResults=1)
