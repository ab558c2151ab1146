"""`mock_cognito` in all its forms: decorator of functions, coroutine functions, generators and classes; context
manager.
"""

from __future__ import annotations

import functools
import inspect
import os
from collections.abc import AsyncIterator, Callable, Generator
from contextlib import AbstractContextManager, ExitStack
from typing import Any, TypeVar, overload

from . import active, environment
from .cognito import Cognito
from .interception import doors
from .kernel import keys
from .kernel.usage import UsageError
from .world import DEFAULT_ACCOUNT, DEFAULT_REGION, World

T = TypeVar("T", bound=Callable[..., Any])
_STARTED = "_pytest_cognito_started"


class Mock(AbstractContextManager[Cognito]):
    """A world that is active between entering and leaving. Each entering makes a fresh one; entered mocks nest."""

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
        doors.install()
        keys.STORE.directory = active.settings.key_directory()
        world = self._world()
        with ExitStack() as stack:
            stack.enter_context(environment.Environment(world.region, asked_for=self._region is not None))
            if self._parent is not None:
                stack.enter_context(world.store.undone())
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
        """Decorate a function, a coroutine function, a generator function of either kind, or a class."""
        return decorate(target, self._again)

    def _again(self) -> Mock:
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
    """Answer Amazon Cognito and STS in memory.

    As a decorator, with or without arguments, of a function, a coroutine function, a generator (a fixture) of either
    kind, or a test class, each of whose tests gets a fresh world that ``setUp`` or ``setup_method`` shares. As a
    context manager, with ``with`` or ``async with``, it gives the `Cognito`. Contexts nest; threads started inside see
    the world.

    ``region`` and ``account_id`` are those of calls that say nothing else. ``seed`` decides which identifiers and
    codes are drawn; without it the running test does, so that a test which fails draws the same again.
    """
    mock = Mock(region=region, account_id=account_id, seed=seed)
    return mock if target is None else mock(target)


def decorate(target: T, fresh: Callable[[], Mock]) -> T:
    """``target`` with a fresh mock around each run of it."""
    if isinstance(target, type):
        return _decorate_class(target, fresh)  # type: ignore[return-value]
    if isinstance(target, staticmethod | classmethod):
        return type(target)(_wrapper(target.__func__, fresh))
    if not (inspect.isfunction(target) or inspect.ismethod(target) or inspect.isbuiltin(target)):
        raise UsageError(
            f"@mock_cognito decorates functions and classes, not {type(target).__name__} objects; "
            f"on a fixture write it below @pytest.fixture"
        )
    return _wrapper(target, fresh)  # type: ignore[return-value]


def _wrapper(function: Callable[..., Any], fresh: Callable[[], Mock]) -> Callable[..., Any]:
    """The kind of wrapper that matches the kind of function."""
    wrap = next((wrap for is_kind, wrap in _KINDS if is_kind(function)), _wrap_function)
    return functools.wraps(function)(wrap(function, fresh))


def _wrap_function(function: Callable[..., Any], fresh: Callable[[], Mock]) -> Callable[..., Any]:
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        with fresh():
            return function(*args, **kwargs)

    return wrapper


def _wrap_coroutine(function: Callable[..., Any], fresh: Callable[[], Mock]) -> Callable[..., Any]:
    async def wrapper(*args: Any, **kwargs: Any) -> Any:
        with fresh():
            return await function(*args, **kwargs)

    return wrapper


def _wrap_generator(function: Callable[..., Any], fresh: Callable[[], Mock]) -> Callable[..., Any]:
    def wrapper(*args: Any, **kwargs: Any) -> Generator[Any, Any, Any]:
        with fresh():
            return (yield from function(*args, **kwargs))

    return wrapper


def _wrap_async_generator(function: Callable[..., Any], fresh: Callable[[], Mock]) -> Callable[..., Any]:
    async def wrapper(*args: Any, **kwargs: Any) -> AsyncIterator[Any]:
        with fresh():
            inner = function(*args, **kwargs)
            step = inner.__anext__()
            while True:
                try:
                    value = await step
                except StopAsyncIteration:
                    return
                try:
                    sent = yield value
                except GeneratorExit:
                    await inner.aclose()
                    raise
                except BaseException as error:  # noqa: BLE001 - whatever is thrown in, is thrown on
                    step = inner.athrow(error)
                else:
                    step = inner.asend(sent)

    return wrapper


_KINDS: tuple[tuple[Callable[[Any], bool], Callable[..., Callable[..., Any]]], ...] = (
    (inspect.isasyncgenfunction, _wrap_async_generator),
    (inspect.isgeneratorfunction, _wrap_generator),
    (inspect.iscoroutinefunction, _wrap_coroutine),
)


def _decorate_class(cls: type, fresh: Callable[[], Mock]) -> type:
    if _is_unittest(cls):
        for name in ("run", "debug"):
            setattr(cls, name, _wrapper(getattr(cls, name), fresh))
        return cls
    _start_with(cls, "setup_method", fresh)
    _stop_with(cls, "teardown_method")
    _bring_own(cls, fresh)
    _follow(cls, fresh)
    return cls


def _follow(cls: type, fresh: Callable[[], Mock]) -> None:
    """Decorate what subclasses define themselves: they may replace ``setup_method`` and ``teardown_method``."""
    inherited = vars(cls).get("__init_subclass__")

    def follow(sub: type[Any], /, **kwargs: Any) -> None:
        if inherited is None:
            super(cls, sub).__init_subclass__(**kwargs)  # type: ignore[arg-type]
        else:
            inherited.__get__(None, sub)(**kwargs)
        if "setup_method" in vars(sub):
            _start_with(sub, "setup_method", fresh)
        if "teardown_method" in vars(sub):
            _stop_with(sub, "teardown_method")
        _bring_own(sub, fresh)

    cls.__init_subclass__ = classmethod(follow)  # type: ignore[assignment]


def _bring_own(cls: type, fresh: Callable[[], Mock]) -> None:
    for name, member in list(vars(cls).items()):
        if name.startswith("test") and inspect.isfunction(member):
            setattr(cls, name, _unless_started(member, fresh))


def _is_unittest(cls: type) -> bool:
    import unittest

    return issubclass(cls, unittest.TestCase)


def _start_with(cls: type, name: str, fresh: Callable[[], Mock]) -> None:
    """Start the mock in ``setup_method``, which pytest runs before each test, so that it sees the test's world."""
    original = getattr(cls, name, None)

    def setup(self: Any, method: Any = None) -> None:
        if _STARTED in self.__dict__:  # by the setup_method of a subclass, which calls this one
            _call(original, self, method)
            return
        mock = fresh()
        mock.__enter__()
        setattr(self, _STARTED, mock)
        try:
            _call(original, self, method)
        except BaseException:
            # pytest runs no teardown_method where setup_method failed.
            delattr(self, _STARTED)
            mock.__exit__()
            raise

    setattr(cls, name, setup if original is None else functools.wraps(original)(setup))


def _stop_with(cls: type, name: str) -> None:
    original = getattr(cls, name, None)

    def teardown(self: Any, method: Any = None) -> None:
        mock = self.__dict__.pop(_STARTED, None)  # gone where a subclass's teardown_method calls this one
        try:
            _call(original, self, method)
        finally:
            if mock is not None:
                mock.__exit__()

    setattr(cls, name, teardown if original is None else functools.wraps(original)(teardown))


def _call(original: Callable[..., Any] | None, instance: Any, method: Any) -> None:
    """Call ``setup_method`` or ``teardown_method`` in the form it was written: with or without ``method``."""
    if original is None:
        return
    if len(inspect.signature(original).parameters) > 1:
        original(instance, method)
    else:
        original(instance)


def _unless_started(function: Callable[..., Any], fresh: Callable[[], Mock]) -> Callable[..., Any]:
    """A test method that brings its own mock where nobody called ``setup_method``, as other runners than pytest do."""
    alone = _wrapper(function, fresh)

    @functools.wraps(function)
    def wrapper(self: Any, *args: Any, **kwargs: Any) -> Any:
        run = function if _STARTED in self.__dict__ else alone
        return run(self, *args, **kwargs)

    if not inspect.iscoroutinefunction(function):
        return wrapper

    @functools.wraps(function)
    async def async_wrapper(self: Any, *args: Any, **kwargs: Any) -> Any:
        return await wrapper(self, *args, **kwargs)

    return async_wrapper


def _current_test() -> str | None:
    """The id of the test that pytest is running, whatever the phase."""
    test = os.environ.get("PYTEST_CURRENT_TEST")
    return test.rpartition(" ")[0] if test else None
