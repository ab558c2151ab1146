"""`mock_cognito` as a context: how contexts nest, and what threads, regions and older clients see of one."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import boto3
import pytest

from pytest_cognito import mock_cognito
from pytest_cognito.cognito import Cognito
from pytest_cognito.kernel.errors import NotMocked

from .pools import create, pool_names


def test_a_context_manager_gives_the_cognito() -> None:
    with mock_cognito() as cognito:
        assert isinstance(cognito, Cognito)
        cognito.create_user_pool(PoolName="a")
        assert pool_names() == ["a"]


def test_an_async_context_manager() -> None:
    async def use() -> None:
        async with mock_cognito(region="eu-west-1") as cognito:
            assert cognito.region == "eu-west-1"
            assert pool_names() == []

    asyncio.run(use())


def test_a_mock_that_is_kept_begins_anew_each_time() -> None:
    mock = mock_cognito()
    for _ in range(2):
        with mock as cognito:
            assert cognito.pools == []
            cognito.create_user_pool()
            with mock as inner:
                assert inner.pools == []
            assert len(cognito.pools) == 1


def test_contexts_nest() -> None:
    with mock_cognito():
        create("outer")
        with mock_cognito(region="eu-west-1"):
            assert pool_names() == []
            create("inner")
            assert pool_names() == ["inner"]
        assert pool_names() == ["outer"]


def test_contexts_that_end_in_another_order() -> None:
    first, second = mock_cognito(), mock_cognito()
    first.__enter__()
    second.__enter__().create_user_pool(PoolName="second")

    first.__exit__()

    assert pool_names(region_name="us-east-1") == ["second"]
    second.__exit__()


def in_thread(function: Callable[[], Any]) -> Any:
    """What a function gives in another thread."""
    results: list[Any] = []
    thread = threading.Thread(target=lambda: results.append(function()))
    thread.start()
    thread.join()
    return results[0]


def test_threads_see_the_world() -> None:
    with mock_cognito():
        create("a")
        assert in_thread(pool_names) == ["a"]
        in_thread(lambda: create("b"))
        assert pool_names() == ["a", "b"]


def test_a_thread_that_is_older_than_the_mock_sees_it_too() -> None:
    entered, results = threading.Event(), list[Any]()

    def later() -> None:
        entered.wait(timeout=10)
        results.append(pool_names(region_name="us-east-1"))

    thread = threading.Thread(target=later)
    thread.start()
    with mock_cognito():
        create("a", region_name="us-east-1")
        entered.set()
        thread.join()

    assert results == [["a"]]


def test_regions_are_apart() -> None:
    with mock_cognito(region="eu-west-1"):
        create("default")
        create("other", region_name="us-east-2")
        assert pool_names() == pool_names(region_name="eu-west-1") == ["default"]
        assert pool_names(region_name="us-east-2") == ["other"]


MODULE_LEVEL = boto3.client(
    "cognito-idp", region_name="us-east-1", aws_access_key_id="testing", aws_secret_access_key="testing"
)


def test_clients_that_are_older_than_the_mock() -> None:
    def session() -> boto3.Session:
        return boto3.Session(region_name="us-east-1", aws_access_key_id="testing", aws_secret_access_key="testing")

    before = session()
    of_session, of_thread = before.client("cognito-idp"), in_thread(lambda: session().client("cognito-idp"))

    with mock_cognito():
        create("a", region_name="us-east-1")
        for client in (MODULE_LEVEL, of_session, of_thread, before.client("cognito-idp")):
            assert [pool["Name"] for pool in client.list_user_pools(MaxResults=9)["UserPools"]] == ["a"]

    with pytest.raises(NotMocked):
        MODULE_LEVEL.list_user_pools(MaxResults=1)
