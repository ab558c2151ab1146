"""Run something as soon as a module has been imported, without importing it.

A library is hooked in whichever order it and the plugin are loaded, and a test run that never imports it pays nothing
for it: the finder below looks each module that is not loaded yet up in a dictionary, and steps aside.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Sequence
from importlib._bootstrap import _lock_unlock_module  # type: ignore[attr-defined]
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

Then = Callable[[ModuleType], None]

_lock = threading.Lock()
_callbacks: dict[str, list[Then]] = {}
_executing: dict[str, ModuleType] = {}
_told: dict[str, tuple[ModuleType, tuple[Then, ...]]] = {}


def when_imported(name: str, then: Then) -> None:
    """Run ``then(module)`` now if the module is there, else right after its import.

    ``then`` runs again when the module's code does (``importlib.reload``, or an import after it was taken out of
    ``sys.modules``); registering it again while it is registered does nothing. What it raises comes out of the import.
    """
    with _lock:
        waiting = _callbacks.setdefault(name, [])
        if then in waiting:
            return
        waiting.append(then)
        if _finder not in sys.meta_path:
            sys.meta_path.insert(0, _finder)
    if name not in sys.modules:
        _lock_unlock_module(name)  # another thread may be past the finders, and not yet at the module
    with _lock:
        module = sys.modules.get(name)
        if module is None or _executing.get(name) is module or _was_told(name, module, then):
            return
    if _is_initializing(module):
        _watch(module, then)
    else:
        then(module)


def _was_told(name: str, module: ModuleType, then: Then) -> bool:
    last, told = _told.get(name, (None, ()))
    return last is module and then in told


def _is_initializing(module: ModuleType) -> bool:
    return bool(getattr(module.__spec__, "_initializing", False))


def _watch(module: ModuleType, then: Then) -> None:
    """Run ``then`` at the end of an import that is under way: its spec is told when that is."""
    spec = module.__spec__
    spec.__dict__.setdefault("_watchers", []).append((module, then))
    if not isinstance(spec, _WatchedSpec):
        spec.__class__ = _WatchedSpec
    if not _is_initializing(module):  # it ended meanwhile, perhaps unseen
        _tell_watchers(spec)


def _tell_watchers(spec: ModuleSpec | None) -> None:
    for module, then in spec.__dict__.pop("_watchers", ()):
        if sys.modules.get(module.__name__) is module:  # else the import has failed
            then(module)


class _WatchedSpec(ModuleSpec):
    """A spec that tells when the import system marks its module as initialised."""

    @property
    def _initializing(self) -> bool:
        return bool(self.__dict__.get("_initializing", False))

    @_initializing.setter
    def _initializing(self, value: bool) -> None:
        self.__dict__["_initializing"] = value
        if not value:
            _tell_watchers(self)


class _Finder(MetaPathFinder):
    """Has the registered modules found by those who find them anyway, and loaded by a :class:`_Loader`."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name not in _callbacks:
            return None
        spec = self._find_elsewhere(name, path, target)
        if spec is not None and hasattr(spec.loader, "exec_module"):
            spec.loader = _Loader(spec.loader)
        return spec

    def _find_elsewhere(self, name: str, path: Sequence[str] | None, target: ModuleType | None) -> ModuleSpec | None:
        finders = list(sys.meta_path)
        for finder in finders[finders.index(self) + 1 :]:
            spec = finder.find_spec(name, path, target)
            if spec is not None:
                return spec
        return None


class _Loader(Loader):
    """Loads as the real loader does, which it hands the module back to before the module's code runs."""

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
                _told[name] = (module, callbacks)
        for then in callbacks:
            then(module)


_finder = _Finder()
