"""Callbacks that run when a module is imported.

With them a library is hooked no matter whether it or the plugin is imported first, and a library that is never imported
costs nothing: for any other module the finder below is a look-up in a dictionary.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib._bootstrap import _lock_unlock_module  # type: ignore[attr-defined]
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from pytest_cognito.kernel import locks

Callback = Callable[[ModuleType], None]

_lock = locks.lock()
_callbacks: dict[str, list[Callback]] = {}
_executing: dict[str, ModuleType] = {}
_called: dict[str, tuple[ModuleType, tuple[Callback, ...]]] = {}


def when_imported(name: str, callback: Callback) -> None:
    """Call ``callback(module)`` now if the module has been imported, otherwise right after its import.

    It is called again when the code of the module runs again (``importlib.reload``, or an import after the module was
    removed from ``sys.modules``). A callback that is registered already is not registered twice. Its exceptions
    propagate from the import.
    """
    with _lock:
        registered = _callbacks.setdefault(name, [])
        if callback in registered:
            return
        registered.append(callback)
        if _finder not in sys.meta_path:
            sys.meta_path.insert(0, _finder)
    if name not in sys.modules:
        _lock_unlock_module(name)  # wait for another thread that may be importing it, without this finder
    with _lock:
        module = sys.modules.get(name)
        if module is None or _executing.get(name) is module or _was_called(name, module, callback):
            return
    if _is_initializing(module):
        _call_when_initialized(module, callback)
    else:
        callback(module)


def _was_called(name: str, module: ModuleType, callback: Callback) -> bool:
    last, called = _called.get(name, (None, ()))
    return last is module and callback in called


def _is_initializing(module: ModuleType) -> bool:
    return bool(getattr(module.__spec__, "_initializing", False))


def _call_when_initialized(module: ModuleType, callback: Callback) -> None:
    """Call ``callback`` at the end of an import in progress, when the import system sets an attribute of the spec."""
    spec = module.__spec__
    spec.__dict__.setdefault("_callbacks", []).append((module, callback))
    if not isinstance(spec, _WatchedSpec):
        spec.__class__ = _WatchedSpec
    if not _is_initializing(module):  # the import ended meanwhile, perhaps before the class was changed
        _run_callbacks(spec)


def _run_callbacks(spec: ModuleSpec | None) -> None:
    for module, callback in spec.__dict__.pop("_callbacks", ()):
        if sys.modules.get(module.__name__) is module:  # else the import has failed
            callback(module)


class _WatchedSpec(ModuleSpec):
    """A spec that runs its callbacks when the import system marks its module as initialised."""

    @property
    def _initializing(self) -> bool:
        return bool(self.__dict__.get("_initializing", False))

    @_initializing.setter
    def _initializing(self, value: bool) -> None:
        self.__dict__["_initializing"] = value
        if not value:
            _run_callbacks(self)


class _Finder(MetaPathFinder):
    """A finder that delegates to the next finders, and wraps the loaders of registered modules in a `_Loader`."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name not in _callbacks:
            return None
        spec = self._find_with_next_finders(name, path, target)
        if spec is not None and hasattr(spec.loader, "exec_module"):
            spec.loader = _Loader(spec.loader)
        return spec

    def _find_with_next_finders(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None
    ) -> ModuleSpec | None:
        finders = list(sys.meta_path)
        for finder in finders[finders.index(self) + 1 :]:
            spec = finder.find_spec(name, path, target)
            if spec is not None:
                return spec
        return None


class _Loader(Loader):
    """A loader that delegates to the real loader, restores it in the module, and calls the callbacks after loading."""

    def __init__(self, real: Any) -> None:
        self._real = real

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        created: ModuleType | None = self._real.create_module(spec)
        return created

    def exec_module(self, module: ModuleType) -> None:
        module.__loader__ = self._real
        if module.__spec__ is not None:
            module.__spec__.loader = self._real
        name = module.__name__
        _executing[name] = module
        try:
            self._real.exec_module(module)
        finally:
            with _lock:
                _executing.pop(name, None)
                callbacks = tuple(_callbacks[name])
                _called[name] = (module, callbacks)
        for callback in callbacks:
            callback(module)


_finder = _Finder()
