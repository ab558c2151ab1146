"""The execution environment of a function: its modules, imported once, and the variables with which they run."""

from __future__ import annotations

import importlib
import sys
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from pytest_cognito.infrastructure.functions import errors, results, variables
from pytest_cognito.infrastructure.functions.code import Code
from pytest_cognito.infrastructure.functions.modules import Modules
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.locks import lock

_LOCK = lock()
"""Modules and variables are the process's: one function runs at a time, and what it invokes meanwhile."""
_FINDING = lock()
"""For `_environments`. A function that runs may invoke another from one more thread, which is to be found then."""
_WAIT = 60.0
_KEPT = 64
_environments: OrderedDict[Any, Environment] = OrderedDict()
"""Those of the process, by their settings; the last ones used. A function stays warm from test to test."""


class _Run:
    """A run of a function. What it invokes runs inside of it, also from other threads, but one at a time.

    A thread is the function's own if it has its context, as those have in which frameworks run what is not async.
    """

    def __init__(self) -> None:
        self.inside = lock()
        self.goes_on = True


_run: ContextVar[_Run | None] = ContextVar("_run", default=None)


@contextmanager
def _in_turn(handler: str) -> Iterator[None]:
    """Wait until no other function runs than those by which this one is invoked."""
    outer = _run.get()
    turn = outer.inside if outer is not None and outer.goes_on else _LOCK
    if not turn.acquire(timeout=_WAIT):
        raise UsageError(
            f"the function {handler} waits for another function of the template that has been running for "
            f"{_WAIT:.0f} s in another thread: they run one at a time, since they share the process"
        )
    run = _Run()
    token = _run.set(run)
    try:
        yield
    finally:
        run.goes_on = False
        _run.reset(token)
        turn.release()


@dataclass(frozen=True, slots=True)
class Settings:
    """What a function's execution environment is made of. ``variables`` are sorted pairs, Lambda's own among them."""

    code: Code
    handler: str
    variables: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, code: Code, handler: str, variables: Mapping[str, str]) -> Settings:
        return cls(code, handler, tuple(sorted(variables.items())))


class Environment:
    """An execution environment. The module of the handler is imported when the function is first invoked."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._modules: Modules | None = None
        self._module: ModuleType | None = None
        self._modified: dict[Path, float] = {}

    def module(self) -> ModuleType:
        """The module of the handler, for a test to replace something in it. Raises what its import raises."""
        with self._entered():
            return self._loaded()

    def forget(self) -> None:
        """Import everything anew when the function is next run."""
        with _LOCK:
            self._modules = None

    def run(self, event: dict[str, Any], context: Any) -> Any:
        """Call the handler. What it returns is what Lambda's runtime makes JSON of.

        Where it ends its process, the next call finds a new one.
        """
        with self._entered():
            try:
                return results.marshalled(self._handler()(event, context))
            except SystemExit as error:
                self._modules = None
                raise errors.exited(context.aws_request_id, error.code).with_traceback(error.__traceback__) from error

    @contextmanager
    def _entered(self) -> Iterator[None]:
        root = self._settings.code.root
        directory = str(root) if root is not None and root.is_dir() else None
        with _in_turn(self._settings.handler):
            writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True  # the working tree stays as it is
            try:
                with variables.applied(dict(self._settings.variables), directory), self._fresh().present():
                    yield
            finally:
                sys.dont_write_bytecode = writes

    def _fresh(self) -> Modules:
        """The modules of the function; new ones if a file of theirs has changed."""
        if self._modules is None or self._changed():
            self._module, self._modified = None, {}
            self._modules = Modules(self._settings.code, _split(self._settings.handler)[0].partition(".")[0])
        return self._modules

    def _changed(self) -> bool:
        """Whether a file is another than when this was last asked."""
        if self._modules is None:
            return False
        modified = {file: file.stat().st_mtime for file in self._modules.files()}
        changed = any(self._modified.get(file, time) != time for file, time in modified.items())
        self._modified.update(modified)
        return changed

    def _handler(self) -> Callable[[Any, Any], Any]:
        module = self._loaded()
        name, function = _split(self._settings.handler)
        try:
            found: Callable[[Any, Any], Any] = getattr(module, function)
        except AttributeError:
            raise errors.HandlerNotFound(f"Handler '{function}' missing on module '{name}'") from None
        return found

    def _loaded(self) -> ModuleType:
        if self._module is None:
            self._module = self._imported()
        return self._module

    def _imported(self) -> ModuleType:
        """The module of the handler. The error of one that can't be imported has the traceback of its import."""
        name = _split(self._settings.handler)[0]
        shown = self._settings.handler.rpartition(".")[0]
        try:
            if self._modules is None or not self._modules.is_known(name.partition(".")[0]):
                raise ModuleNotFoundError(f"No module named {name.partition('.')[0]!r}", name=name)
            return importlib.import_module(name)
        except SyntaxError as error:
            not_python = errors.UserCodeSyntaxError(f"Syntax error in module '{shown}': {error}")
            raise not_python.with_traceback(error.__traceback__) from error
        except ImportError as error:
            not_imported = errors.ImportModuleError(f"Unable to import module '{shown}': {error}")
            raise not_imported.with_traceback(error.__traceback__) from error


def _split(handler: str) -> tuple[str, str]:
    """The module and the function of a handler: ``a/b.c`` and ``a.b.c`` name the function ``c`` of ``a.b``."""
    module, dot, function = handler.rpartition(".")
    if not dot:
        raise errors.MalformedHandlerName(f"Bad handler '{handler}': not enough values to unpack (expected 2, got 1)")
    return module.replace("/", "."), function


def find(settings: Settings) -> Environment:
    """The execution environment of the process with these settings."""
    with _FINDING:
        found = _environments.pop(settings, None) or Environment(settings)
        _environments[settings] = found
        while len(_environments) > _KEPT:
            _environments.popitem(last=False)
    return found
