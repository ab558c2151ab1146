"""The map of the house: the pages for those who work on it name what is there."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from .tree import CODE, ROOT, modules, told

PAGES = (ROOT / "CONTRIBUTING.md", ROOT / "docs" / "architecture.md")
FUTURE = "not there yet"
"""A line that says so may name what does not exist."""
WORD = re.compile(r"\b[A-Z][a-z]+[A-Za-z]*\b|\b[A-Z_]{5,}\b")
"""A class or a constant."""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_exists(page: Path) -> None:
    paths = [name for name in _named(page) if re.fullmatch(r"[\w./]+\.py|[\w./]+/", name)]
    missing = [path for path in paths if not _exists(path.rstrip("/"))]

    assert len(paths) > 10
    assert not missing, told("the page names paths that are not there", missing)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_class_and_constant_exists(page: Path) -> None:
    names = {
        word for name in _named(page) for word in re.findall(r"\b(?:[A-Z][a-z]+){1,}[A-Za-z]*\b|\b[A-Z_]{5,}\b", name)
    }
    missing = sorted(name for name in names if name not in _words())

    assert len(names) > 10
    assert not missing, told("the page names what the code does not have", missing)


def _named(page: Path) -> list[str]:
    """What a page puts in backticks, outside its code blocks."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    lines = (line for line in text.splitlines() if FUTURE not in line)
    return [name for line in lines for name in re.findall(r"`([^`]+)`", line)]


def _exists(path: str) -> bool:
    return any(str(each) == path or str(each).endswith(f"/{path}") for each in _paths())


@cache
def _paths() -> frozenset[Path]:
    files = [module.relative_to(ROOT) for module in modules(*CODE)]
    return frozenset(files) | {parent for file in files for parent in file.parents}


@cache
def _words() -> frozenset[str]:
    here = Path(__file__)
    return frozenset(
        word for module in modules(*CODE) if module != here for word in re.findall(r"\w+", module.read_text("utf-8"))
    )
