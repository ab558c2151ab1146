"""Which door is put in place when a library is imported. Imports nothing heavy."""

from __future__ import annotations

import importlib
from types import ModuleType

from . import http, web
from .imports import Then, when_imported

_DOORS = (
    # the library's module, then the door: module and function
    ("botocore.client", "botocore", "hook_clients"),
    ("botocore.endpoint", "botocore_faults", "skip_sleeps"),
    ("botocore.retries.adaptive", "botocore_faults", "skip_rate_limits"),
    ("aiobotocore.client", "botocore", "hook_async_clients"),
    ("aiobotocore.endpoint", "botocore_faults", "skip_async_sleeps"),
    ("aiobotocore.retries.adaptive", "botocore_faults", "skip_async_rate_limits"),
)

_installed: set[str] = set()
_HTTP = "the libraries for HTTP"


def install() -> None:
    """Put the doors in place, each once: now where its library is imported already, else when it will be."""
    for library, door, function in _DOORS:
        if library not in _installed:
            _installed.add(library)
            when_imported(library, _opener(door, function))
    if _HTTP not in _installed:
        _installed.add(_HTTP)
        http.set_answer(web.answer, web.knows)
        http.install()


def _opener(door: str, function: str) -> Then:
    def open_door(module: ModuleType) -> None:
        getattr(importlib.import_module(f"{__package__}.{door}"), function)(module)

    return open_door
