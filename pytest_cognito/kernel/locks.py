"""Locks that are free in a forked process, where the thread that held one does not exist."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import Any
from weakref import WeakSet

_locks: WeakSet[Any] = WeakSet()


def lock() -> threading.RLock:
    """A new lock. A thread that holds it, for example one that is interrupted by a signal handler, does not wait."""
    created = threading.RLock()
    _locks.add(created)
    return created


def ownership(lock: threading.RLock) -> Callable[[], bool]:
    """A function that says whether the current thread holds a lock: the method that ``threading.Condition`` uses."""
    owned: Callable[[], bool] = lock._is_owned  # type: ignore[attr-defined]
    return owned


def _free_in_child() -> None:
    for one in tuple(_locks):
        if not one._is_owned():
            one._at_fork_reinit()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_free_in_child)
