"""freezegun and the modules of a function, which it can't find while the function does not run.

It replaces what a module has of the clock, such as ``from datetime import datetime``, when it begins, in the modules
that Python's table has. Those of a function are done when the function runs.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any

_PLAIN = "monotonic monotonic_ns perf_counter perf_counter_ns time time_ns gmtime localtime strftime"
_CLASSES = {"date": "FakeDate", "datetime": "FakeDatetime"}


def show(modules: Iterable[ModuleType]) -> None:
    """Give modules freezegun's clock where it has begun, and the real one where it has ended."""
    api: Any = sys.modules.get("freezegun.api")
    if api is None:
        return
    wanted = dict(_pairs(api) if api.freeze_factories else ((fake, real) for real, fake in _pairs(api)))
    for module in modules:
        for name, value in tuple(vars(module).items()):
            try:
                replacement = wanted.get(value)
            except TypeError:  # it can't be a key, so it is none of the clock
                continue
            if replacement is not None:
                setattr(module, name, replacement)


def _pairs(api: Any) -> Iterator[tuple[Any, Any]]:
    """What is real and what freezegun has for it."""
    for name, fake in [*_CLASSES.items(), *((name, f"fake_{name}") for name in _PLAIN.split())]:
        real = f"real_{name}"
        if hasattr(api, real) and hasattr(api, fake):
            yield getattr(api, real), getattr(api, fake)
