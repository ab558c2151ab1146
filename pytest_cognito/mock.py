"""`mock_cognito`, as a decorator and as a context manager."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from typing import Any, TypeVar, overload

from pytest_cognito import active, environment
from pytest_cognito.cognito import Cognito
from pytest_cognito.decorators import decorate
from pytest_cognito.interception import hooks
from pytest_cognito.kernel import keys
from pytest_cognito.world import DEFAULT_ACCOUNT, DEFAULT_REGION, World

T = TypeVar("T", bound=Callable[..., Any])


class Mock(AbstractContextManager[Cognito]):
    """A context manager with a new world that is active inside the context. It can be entered repeatedly and nested.

    ``seed`` is that of the random generator (see `Identifiers`); ``parent`` a world from whose resources each new world
    starts.
    """

    def __init__(
        self,
        *,
        region: str | None = None,
        account_id: str | None = None,
        seed: str | None = None,
        parent: World | None = None,
    ) -> None:
        self._region = region or active.settings.region
        self._account_id = account_id or active.settings.account_id or DEFAULT_ACCOUNT
        self._seed = seed
        self._parent = parent
        self._entered: list[ExitStack] = []

    def __enter__(self) -> Cognito:
        hooks.install()
        keys.STORE.directory = active.settings.key_directory()
        world = self._world()
        with ExitStack() as stack:
            stack.enter_context(environment.DefaultEnvironment(world.region, override_region=self._region is not None))
            if self._parent is not None:
                stack.enter_context(world.store.rolled_back())
            active.activate(world)
            stack.callback(active.deactivate, world)
            self._entered.append(stack.pop_all())
        return Cognito(world)

    def __exit__(self, *exc: object) -> None:
        self._entered.pop().close()

    async def __aenter__(self) -> Cognito:
        return self.__enter__()

    async def __aexit__(self, *exc: object) -> None:
        self.__exit__()

    def __call__(self, target: T) -> T:
        """Decorate a function, a coroutine function, a generator function (also an async one), or a class."""
        return decorate(target, self._copy)

    def _copy(self) -> Mock:
        return Mock(region=self._region, account_id=self._account_id, seed=self._seed, parent=self._parent)

    def _world(self) -> World:
        return World(
            account_id=self._account_id,
            region=self._region or environment.region() or DEFAULT_REGION,
            seed=self._seed or _current_test(),
            parent=self._parent,
        )


@overload
def mock_cognito(target: T, /) -> T: ...


@overload
def mock_cognito(*, region: str | None = None, account_id: str | None = None, seed: str | None = None) -> Mock: ...


def mock_cognito(
    target: T | None = None,
    /,
    *,
    region: str | None = None,
    account_id: str | None = None,
    seed: str | None = None,
) -> T | Mock:
    """Mock Amazon Cognito and STS in memory.

    Use it as a decorator, with or without arguments, of a function, a coroutine function, a generator function (such as
    a fixture; also an async one) or a test class: each test of the class gets a new world, which its ``setUp`` or
    ``setup_method`` uses as well. Or use it as a context manager, with ``with`` or ``async with``; its value is the
    `Cognito`. Contexts can be nested. Threads started inside a context use its world.

    ``region`` and ``account_id`` are the defaults of calls. ``seed`` is the seed of random identifiers and codes, by
    default the id of the running test, so that a test gets the same values each time it runs.
    """
    mock = Mock(region=region, account_id=account_id, seed=seed)
    return mock if target is None else mock(target)


def _current_test() -> str | None:
    """The id of the test that pytest is running, in any phase; None outside of a test."""
    test = os.environ.get("PYTEST_CURRENT_TEST")
    return test.rpartition(" ")[0] if test else None
