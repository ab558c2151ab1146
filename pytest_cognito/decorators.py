"""Decoration of functions, coroutine functions, generator functions and classes with a mock."""

from __future__ import annotations

import functools
import inspect
from collections.abc import AsyncIterator, Callable, Generator
from contextlib import AbstractContextManager
from typing import Any, TypeVar

from pytest_cognito.kernel.errors import UsageError

T = TypeVar("T", bound=Callable[..., Any])
MockFactory = Callable[[], AbstractContextManager[object]]
"""Creates the context of one run."""
_ATTRIBUTE = "pytest_cognito_mock"
"""The attribute of what is decorated that has its factory. Wrappers of other libraries copy it (`functools.wraps`)."""
_STARTED = "_pytest_cognito_started"


def decorate(target: T, new_mock: MockFactory) -> T:
    """``target``, wrapped so that each run of it has a new mock."""
    if isinstance(target, type):
        return _decorate_class(target, new_mock)  # type: ignore[return-value]
    if isinstance(target, staticmethod | classmethod):
        return type(target)(_wrapper(target.__func__, new_mock))
    if not (inspect.isfunction(target) or inspect.ismethod(target) or inspect.isbuiltin(target)):
        raise UsageError(
            f"@mock_cognito decorates functions and classes, not {type(target).__name__} objects; "
            f"on a fixture write it below @pytest.fixture"
        )
    return _wrapper(target, new_mock)  # type: ignore[return-value]


def factories_of(test: object, cls: type | None) -> list[Any]:
    """The factories with which a test function and its class are decorated."""
    found = [getattr(decorated, _ATTRIBUTE, None) for decorated in (test, cls)]
    return [factory for factory in found if factory is not None]


def _wrapper(function: Callable[..., Any], new_mock: MockFactory) -> Callable[..., Any]:
    """The function in a wrapper of the same kind."""
    wrap = next((wrap for is_kind, wrap in _KINDS if is_kind(function)), _wrap_function)
    wrapper = functools.wraps(function)(wrap(function, new_mock))
    setattr(wrapper, _ATTRIBUTE, new_mock)
    return wrapper


def _wrap_function(function: Callable[..., Any], new_mock: MockFactory) -> Callable[..., Any]:
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        with new_mock():
            return function(*args, **kwargs)

    return wrapper


def _wrap_coroutine(function: Callable[..., Any], new_mock: MockFactory) -> Callable[..., Any]:
    async def wrapper(*args: Any, **kwargs: Any) -> Any:
        with new_mock():
            return await function(*args, **kwargs)

    return wrapper


def _wrap_generator(function: Callable[..., Any], new_mock: MockFactory) -> Callable[..., Any]:
    def wrapper(*args: Any, **kwargs: Any) -> Generator[Any, Any, Any]:
        with new_mock():
            return (yield from function(*args, **kwargs))

    return wrapper


def _wrap_async_generator(function: Callable[..., Any], new_mock: MockFactory) -> Callable[..., Any]:
    async def wrapper(*args: Any, **kwargs: Any) -> AsyncIterator[Any]:
        with new_mock():
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
                except BaseException as error:  # noqa: BLE001 - it is thrown into the inner generator
                    step = inner.athrow(error)
                else:
                    step = inner.asend(sent)

    return wrapper


_KINDS: tuple[tuple[Callable[[Any], bool], Callable[..., Callable[..., Any]]], ...] = (
    (inspect.isasyncgenfunction, _wrap_async_generator),
    (inspect.isgeneratorfunction, _wrap_generator),
    (inspect.iscoroutinefunction, _wrap_coroutine),
)


def _decorate_class(cls: type, new_mock: MockFactory) -> type:
    setattr(cls, _ATTRIBUTE, new_mock)
    if _is_unittest(cls):
        for name in ("run", "debug"):
            setattr(cls, name, _wrapper(getattr(cls, name), new_mock))
        return cls
    _start_in_setup(cls, "setup_method", new_mock)
    _stop_in_teardown(cls, "teardown_method")
    _decorate_tests(cls, new_mock)
    _decorate_subclasses(cls, new_mock)
    return cls


def _decorate_subclasses(cls: type, new_mock: MockFactory) -> None:
    """Decorate the methods of subclasses as well: they may override ``setup_method`` and ``teardown_method``."""
    inherited = vars(cls).get("__init_subclass__")

    def init_subclass(sub: type[Any], /, **kwargs: Any) -> None:
        if inherited is None:
            super(cls, sub).__init_subclass__(**kwargs)  # type: ignore[arg-type]
        else:
            inherited.__get__(None, sub)(**kwargs)
        if "setup_method" in vars(sub):
            _start_in_setup(sub, "setup_method", new_mock)
        if "teardown_method" in vars(sub):
            _stop_in_teardown(sub, "teardown_method")
        _decorate_tests(sub, new_mock)

    cls.__init_subclass__ = classmethod(init_subclass)  # type: ignore[assignment]


def _decorate_tests(cls: type, new_mock: MockFactory) -> None:
    for name, member in list(vars(cls).items()):
        if name.startswith("test") and inspect.isfunction(member):
            setattr(cls, name, _unless_started(member, new_mock))


def _is_unittest(cls: type) -> bool:
    import unittest

    return issubclass(cls, unittest.TestCase)


def _start_in_setup(cls: type, name: str, new_mock: MockFactory) -> None:
    """Start the mock in ``setup_method``, which pytest runs before each test, so that both use the same world."""
    original = getattr(cls, name, None)

    def setup(self: Any, method: Any = None) -> None:
        if _STARTED in self.__dict__:  # by the setup_method of a subclass, which calls this one
            _call_original(original, self, method)
            return
        mock = new_mock()
        mock.__enter__()
        setattr(self, _STARTED, mock)
        try:
            _call_original(original, self, method)
        except BaseException:
            # pytest runs no teardown_method where setup_method failed.
            delattr(self, _STARTED)
            mock.__exit__(None, None, None)
            raise

    setattr(cls, name, setup if original is None else functools.wraps(original)(setup))


def _stop_in_teardown(cls: type, name: str) -> None:
    original = getattr(cls, name, None)

    def teardown(self: Any, method: Any = None) -> None:
        mock = self.__dict__.pop(_STARTED, None)  # gone where a subclass's teardown_method calls this one
        try:
            _call_original(original, self, method)
        finally:
            if mock is not None:
                mock.__exit__(None, None, None)

    setattr(cls, name, teardown if original is None else functools.wraps(original)(teardown))


def _call_original(original: Callable[..., Any] | None, instance: Any, method: Any) -> None:
    """Call the original ``setup_method`` or ``teardown_method``, with or without its optional parameter ``method``."""
    if original is None:
        return
    if len(inspect.signature(original).parameters) > 1:
        original(instance, method)
    else:
        original(instance)


def _unless_started(function: Callable[..., Any], new_mock: MockFactory) -> Callable[..., Any]:
    """A test method with a mock of its own if ``setup_method`` was not called, as by other runners than pytest."""
    with_mock = _wrapper(function, new_mock)

    @functools.wraps(function)
    def wrapper(self: Any, *args: Any, **kwargs: Any) -> Any:
        run = function if _STARTED in self.__dict__ else with_mock
        return run(self, *args, **kwargs)

    if not inspect.iscoroutinefunction(function):
        return wrapper

    @functools.wraps(function)
    async def async_wrapper(self: Any, *args: Any, **kwargs: Any) -> Any:
        return await wrapper(self, *args, **kwargs)

    return async_wrapper
