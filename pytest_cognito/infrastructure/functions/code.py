"""The code of a function: where its modules are found."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.machinery import PathFinder
from pathlib import Path

_SITE_PACKAGES = re.compile(r"python/lib/python3\.\d+/site-packages")
_PYTHON = "python"
_SUFFIX = re.compile(r"\.(?:py|pyc|[\w.-]+\.so|so|pyd)$")


@dataclass(frozen=True, slots=True)
class Code:
    """The code of a function: a directory, a zip file, or text that is the module ``index``; and layers, in order.

    ``name`` is what tracebacks call the text.
    """

    root: Path | None = None
    inline: str | None = None
    layers: tuple[Path, ...] = ()
    name: str = "index.py"

    def places(self) -> list[str]:
        """Where modules are looked for, first to last: the code, then the layers, of which a later one goes first."""
        own = [] if self.root is None else [str(self.root)]
        return [*own, *(place for layer in reversed(self.layers) for place in layer_places(layer))]


def layer_places(layer: Path) -> list[str]:
    """The directories of a layer that are on Python's path.

    They are ``python`` and its ``site-packages``. The directory of a layer that SAM builds (``BuildMethod``) has its
    modules at the top.
    """
    names = set(_directories(layer))
    found = [name for name in sorted(names) if _SITE_PACKAGES.fullmatch(name)]
    if _PYTHON in names:
        found.append(_PYTHON)
    return [str(layer / name) for name in found] or [str(layer)]


def _directories(root: Path) -> Iterator[str]:
    """The directories of a layer, down to where Python's packages may be."""
    if root.is_file():
        with zipfile.ZipFile(root) as archive:
            for name in archive.namelist():
                parts = name.split("/")[:-1]
                yield from ("/".join(parts[:length]) for length in range(1, len(parts) + 1))
        return
    if (root / _PYTHON).is_dir():
        yield _PYTHON
    for path in root.glob("python/lib/python3.*/site-packages"):
        yield path.relative_to(root).as_posix()


def top_level(place: str) -> set[str]:
    """The names of modules and packages in a directory or a zip file, or in a directory of a zip file."""
    path = Path(place)
    if path.is_dir():
        return {
            name
            for entry in path.iterdir()
            if (name := _SUFFIX.sub("", entry.name)).isidentifier() and (entry.is_dir() or name != entry.name)
        }
    archive = next((parent for parent in (path, *path.parents) if parent.is_file()), None)
    if archive is None:
        return set()
    inside = path.relative_to(archive).as_posix()
    prefix = "" if inside == "." else f"{inside}/"
    with zipfile.ZipFile(archive) as opened:
        names = [name.removeprefix(prefix) for name in opened.namelist() if name.startswith(prefix)]
    return {_SUFFIX.sub("", name.split("/")[0]) for name in names if "/" in name or _SUFFIX.search(name)}


def is_installed(name: str, directories: Iterable[str]) -> bool:
    """Whether a module is found in these directories, those of installed packages."""
    return PathFinder.find_spec(name, list(directories)) is not None
