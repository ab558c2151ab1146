"""The files of the project, found by walking it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "pytest_cognito"
CODE = (PACKAGE, ROOT / "tests", ROOT / "examples", ROOT / "benchmarks", ROOT / "docs")


def modules(*directories: Path) -> list[Path]:
    """Every module under the directories."""
    return _files(directories, "*.py")


def pages() -> list[Path]:
    """Every page of documentation, those at the root of the project and of the example included."""
    return [*sorted(ROOT.glob("*.md")), *_files((ROOT / "docs", ROOT / "examples"), "*.md")]


def _files(directories: Iterable[Path], pattern: str) -> list[Path]:
    found = (path for directory in directories for path in directory.rglob(pattern))
    return sorted(path for path in found if "_build" not in path.parts)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def service_of(path: Path) -> str:
    """The package of a service that a module belongs to, or another part of the package that is named like one."""
    return path.relative_to(PACKAGE).parts[0]


def told(advice: str, found: Iterable[str]) -> str:
    """What a failing test says: what to do, and where."""
    return "\n".join([advice, *found])


def place(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"
