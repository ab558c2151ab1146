"""Modules of one function, which nobody else sees.

Python has one table of modules. While the function runs, its own modules are in it, and modules of the same names that
others have imported are not; afterwards it is as it was.
"""

from __future__ import annotations

import importlib
import site
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.abc import InspectLoader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import spec_from_loader
from pathlib import Path
from types import CodeType, ModuleType

from pytest_cognito.infrastructure.functions import frozen_time
from pytest_cognito.infrastructure.functions.code import Code, is_installed, top_level

_CFNRESPONSE = Path(__file__).with_name("cfnresponse.txt")
"""The module that Lambda adds to the code that stands in a template."""
_OURS = __name__.partition(".")[0]
_active: list[Modules] = []
"""Whose modules are in Python's table; the last one's are, the others wait for it."""


class _Text(InspectLoader):
    """The loader of a module whose source is a text."""

    def __init__(self, source: str, path: str) -> None:
        self._source = source
        self._path = path

    def get_source(self, fullname: str) -> str:  # noqa: ARG002 - the interface of loaders
        return self._source

    def get_code(self, fullname: str) -> CodeType:
        return self.source_to_code(self.get_source(fullname), self._path)

    def is_package(self, fullname: str) -> bool:  # noqa: ARG002
        return False


class _Finder(MetaPathFinder):
    """Finds the modules of a function before all others'."""

    def __init__(self, texts: dict[str, _Text], names: frozenset[str], places: Sequence[str]) -> None:
        self._texts = texts
        self._names = names
        self._places = places

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        if path is not None or fullname not in self._names:
            return None  # those of a package are found by its path
        text = self._texts.get(fullname)
        if text is not None:
            return spec_from_loader(fullname, text, origin=text._path)
        return PathFinder.find_spec(fullname, list(self._places))


class Modules:
    """The modules of a function. ``names`` are those at the top of its code that are its own.

    A package that is installed for the tests is not: the function gets the installed one, which knows the mock, also
    where a copy of it is bundled with the code. Neither is a module of the standard library, unless it is the
    ``handler``'s own.
    """

    def __init__(self, code: Code, handler: str) -> None:
        self._places = code.places()
        texts = {} if code.inline is None else {"index": _Text(code.inline, code.name)}
        found = {name for place in self._places for name in top_level(place)} | set(texts)
        if texts:
            texts["cfnresponse"] = _Text(_CFNRESPONSE.read_text("utf-8"), str(_CFNRESPONSE))
        self.names = frozenset({name for name in found if name == handler or _is_own(name)} | set(texts))
        self._finder = _Finder(texts, self.names, self._places)
        self._imported: dict[str, ModuleType] = {}
        self._others: dict[str, ModuleType] = {}
        self._path: list[str] = []
        importlib.invalidate_caches()  # a file may be newer than what Python remembers of its directory

    def is_known(self, name: str) -> bool:
        """Whether a module at the top can be imported: one of the function's, or an installed one."""
        return name in self.names or name in sys.stdlib_module_names or is_installed(name, _installed_at())

    def files(self) -> Iterator[Path]:
        """The files that were imported; the zip file of what is in one."""
        for module in tuple(self._imported.values()):
            path = Path(getattr(module, "__file__", None) or "")
            yield from (one for one in (path, *path.parents) if one.is_file())

    @contextmanager
    def present(self) -> Iterator[None]:
        """Have the modules of the function in Python's table, and no other function's."""
        if _active:
            _active[-1]._leave()
        _active.append(self)
        self._enter()
        try:
            yield
        finally:
            self._leave()
            _active.pop()
            if _active:
                _active[-1]._enter()

    def _enter(self) -> None:
        self._others = self._taken()
        frozen_time.show(self._imported.values())
        sys.modules.update(self._imported)
        self._path = list(sys.path)
        sys.path.extend(self._places)
        sys.meta_path.insert(0, self._finder)

    def _leave(self) -> None:
        sys.meta_path.remove(self._finder)
        sys.path[:] = self._path
        self._imported = self._taken()
        sys.modules.update(self._others)

    def _taken(self) -> dict[str, ModuleType]:
        """What is in Python's table under the names of the function, which is no longer there then."""
        names = self.names
        taken = {name: module for name, module in tuple(sys.modules.items()) if name.partition(".")[0] in names}
        for name in taken:
            del sys.modules[name]
        return taken


def _is_own(name: str) -> bool:
    return name != _OURS and name not in sys.stdlib_module_names and not is_installed(name, _installed_at())


@cache
def _installed_at() -> tuple[str, ...]:
    """The directories of installed packages."""
    paths = [sysconfig.get_path("purelib"), sysconfig.get_path("platlib"), *site.getsitepackages()]
    return tuple(dict.fromkeys([*paths, site.getusersitepackages()]))
