"""Public names of a package that are imported when they are first used."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


def exports(package: str, modules: Mapping[str, str]) -> Callable[[str], object]:
    """A package's ``__getattr__``. ``modules`` has, by public name, the submodule that defines it.

    A public name may be that of a module, too; it is then defined by its package. The package has a name as its own
    once it was asked for.
    """
    names = vars(sys.modules[package])

    def get(name: str) -> object:
        module = modules.get(name)
        if module is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        home = import_module(f"{package}.{module}")
        found = getattr(home, name) if hasattr(home, name) else import_module(f"{package}.{module}.{name}")
        names[name] = found
        return found

    return get
