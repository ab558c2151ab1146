"""`mock_cognito` on everything that it can stand on: functions, methods, coroutines, generators."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import boto3
import pytest

from pytest_cognito import active, mock_cognito
from pytest_cognito.kernel.errors import UsageError

from .pools import create, pool_names


def test_a_function() -> None:
    @mock_cognito
    def application(name: str, *, suffix: str) -> list[str]:
        """What it does."""
        create(name + suffix)
        return pool_names()

    assert application("a", suffix="b") == ["ab"]
    assert application("a", suffix="c") == ["ac"]
    assert (application.__name__, application.__doc__) == ("application", "What it does.")
    assert list(inspect.signature(application).parameters) == ["name", "suffix"]


def test_a_coroutine_function() -> None:
    @mock_cognito
    async def application() -> list[str]:
        create("a")
        await asyncio.sleep(0)
        return pool_names()

    assert inspect.iscoroutinefunction(application)
    assert asyncio.run(application()) == ["a"]


def test_a_generator() -> None:
    @mock_cognito
    def application() -> Generator[list[str], str, str]:
        create("a")
        sent = yield pool_names()
        yield [sent]
        return "done"

    steps = application()
    assert active.current() is None
    assert next(steps) == ["a"]
    assert steps.send("sent") == ["sent"]
    with pytest.raises(StopIteration, match="done"):
        next(steps)


def test_a_generator_that_is_closed_or_thrown_into() -> None:
    @contextmanager
    @mock_cognito
    def application() -> Iterator[None]:
        try:
            yield
        except ZeroDivisionError:
            create("seen")
            assert pool_names() == ["seen"]

    with application():
        assert pool_names() == []
        raise ZeroDivisionError
    assert active.current() is None
    generator = inspect.unwrap(application)()
    generator.close()


def test_an_async_generator() -> None:
    @mock_cognito
    async def application() -> AsyncIterator[Any]:
        create("a")
        sent = yield pool_names()
        yield sent

    async def use() -> None:
        steps: Any = application()
        assert await anext(steps) == ["a"]
        assert await steps.asend("sent") == "sent"
        with pytest.raises(StopAsyncIteration):
            await anext(steps)

    assert inspect.isasyncgenfunction(application)
    asyncio.run(use())


def test_an_async_generator_that_is_closed_or_thrown_into() -> None:
    closed: list[str] = []

    @mock_cognito
    async def application() -> AsyncIterator[None]:
        try:
            yield
        except ZeroDivisionError:
            closed.append("thrown into")
            yield
        finally:
            closed.extend(pool_names())

    async def use() -> None:
        steps: Any = application()
        await anext(steps)
        create("a")
        await steps.athrow(ZeroDivisionError())
        await steps.aclose()

    asyncio.run(use())

    assert closed == ["thrown into", "a"]


def test_an_async_context_manager_of_a_generator() -> None:
    @asynccontextmanager
    @mock_cognito
    async def application() -> AsyncIterator[list[str]]:
        yield pool_names()

    async def use() -> None:
        async with application() as names:
            assert names == []
        with pytest.raises(KeyError):
            async with application():
                raise KeyError

    asyncio.run(use())


@pytest.fixture
@mock_cognito
def mocked() -> Iterator[str]:
    """A fixture that is a generator."""
    create("of the fixture")
    yield "yielded"
    assert pool_names() == ["of the fixture", "of the test"]


def test_a_fixture(mocked: str) -> None:
    create("of the test")

    assert (mocked, pool_names()) == ("yielded", ["of the fixture", "of the test"])


@mock_cognito
@pytest.mark.parametrize("number", [1, 2])
def test_a_test_with_parameters(number: int, tmp_path: object) -> None:
    create("a")

    assert pool_names() == ["a"]


def test_with_arguments() -> None:
    @mock_cognito(region="eu-west-1", account_id="111122223333", seed="fixed")
    def application() -> str:
        created = boto3.client("cognito-idp").create_user_pool(PoolName="a")
        return str(created["UserPool"]["Arn"])

    assert application() == application()
    assert application().startswith("arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_")


def test_static_and_class_methods() -> None:
    class Application:
        @mock_cognito
        @staticmethod
        def static(name: str) -> list[str]:
            create(name)
            return pool_names()

        @mock_cognito
        @classmethod
        def of_class(cls) -> str:
            create("a")
            return cls.__name__

    assert Application.static("a") == Application().static("a") == ["a"]
    assert Application.of_class() == "Application"


def test_decorated_twice() -> None:
    @mock_cognito
    @mock_cognito(region="eu-west-1")
    def application() -> str:
        create("a")
        return str(boto3.client("cognito-idp").meta.region_name)

    assert application() == "eu-west-1"


def test_an_exception_passes_and_the_mock_is_off() -> None:
    @mock_cognito
    def application() -> None:
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        application()
    with pytest.raises(KeyError, match="mine"), mock_cognito():
        raise KeyError("mine")


@pytest.mark.parametrize("target", [3, None, object()])
def test_what_can_not_be_decorated(target: Any) -> None:
    decorator = mock_cognito(region="us-east-1")

    with pytest.raises(UsageError, match="decorates functions and classes"):
        decorator(target)
