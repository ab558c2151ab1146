"""`mock_cognito`, as a decorator and as a context manager."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from typing import Any, TypeVar, overload

from pytest_cognito import active, environment
from pytest_cognito.aws.places import DEFAULT_ACCOUNT, DEFAULT_REGION, check_account_id, check_region
from pytest_cognito.cognito import Cognito
from pytest_cognito.decorators import decorate
from pytest_cognito.interception import hooks
from pytest_cognito.kernel import keys
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.runs import RUN
from pytest_cognito.world import World

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
        if region is not None:
            check_region(region)
        if account_id is not None:
            check_account_id(account_id)
        self.region = region
        self.account_id = account_id
        self.seed = seed
        self._parent = parent
        self._entered: list[tuple[Cognito, ExitStack]] = []

    def start(self) -> Cognito:
        """Activate a new world, until `stop`."""
        hooks.install()
        keys.STORE.directory = active.settings.key_directory()
        region = self.region or active.settings.region
        world = self._world(region)
        with ExitStack() as stack:
            stack.enter_context(environment.DefaultEnvironment(world.region, override_region=region is not None))
            world.enter()
            stack.callback(world.leave)
            active.activate(world)
            stack.callback(active.deactivate, world)
            cognito = Cognito(world)
            self._entered.append((cognito, stack.pop_all()))
        return cognito

    def stop(self) -> None:
        """End what `start` or ``with`` began; the world that was active before is active again."""
        self._innermost("stop")
        _, stack = self._entered.pop()
        stack.close()

    def reset(self) -> None:
        """Forget what the active world of this mock has; see `Cognito.reset`."""
        self._innermost("reset").reset()

    def __enter__(self) -> Cognito:
        return self.start()

    def __exit__(self, *exc: object) -> None:
        self.stop()

    async def __aenter__(self) -> Cognito:
        return self.start()

    async def __aexit__(self, *exc: object) -> None:
        self.stop()

    def __call__(self, target: T) -> T:
        """Decorate a function, a coroutine function, a generator function (also an async one), or a class."""
        return decorate(target, Decoration(self))

    def copy(self) -> Mock:
        """A mock of the same settings, that is not active."""
        return Mock(region=self.region, account_id=self.account_id, seed=self.seed, parent=self._parent)

    def _innermost(self, method: str) -> Cognito:
        if not self._entered:
            raise UsageError(f"{method}() of a mock that is not active: call start() before, or use it with `with`")
        return self._entered[-1][0]

    def _world(self, region: str | None) -> World:
        RUN.join(world.keys.slots() for world in active.worlds())
        return World(
            account_id=self.account_id or active.settings.account_id or DEFAULT_ACCOUNT,
            region=region or environment.region() or DEFAULT_REGION,
            seed=self.seed or RUN.seed(),
            parent=self._parent,
            taken_slots=RUN.slots,
        )


class Decoration:
    """A mock on a function or a class: each run of it has a new world, or that which the test's fixtures have made."""

    def __init__(self, mock: Mock) -> None:
        self.mock = mock
        self._of_test: Cognito | None = None

    def __call__(self) -> AbstractContextManager[Cognito]:
        """The context of one run."""
        return self.mock.copy() if self._of_test is None else nullcontext(self._of_test)

    @contextmanager
    def joined(self, cognito: Cognito) -> Iterator[None]:
        """Let what is decorated, which is a test or its class, run inside the context with the world of ``cognito``."""
        self._of_test = cognito
        try:
            yield
        finally:
            self._of_test = None


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
    `Cognito`. Contexts can be nested. Threads started inside a context use its world. Or call ``start()`` and
    ``stop()`` of the object that it gives; ``reset()`` empties its world.

    A decorated test that takes a fixture of pytest-cognito, too, has one world, that of the fixture.

    ``region`` and ``account_id`` are the defaults of calls. ``seed`` is the seed of random identifiers and codes, by
    default the id of the running test and the number of the world in it, so that a test gets the same values each time
    it runs.
    """
    mock = Mock(region=region, account_id=account_id, seed=seed)
    return mock if target is None else mock(target)
