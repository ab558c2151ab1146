"""People are "the user" and "they"."""

from __future__ import annotations

import ast
import re
import tokenize
from collections.abc import Callable, Iterator
from pathlib import Path

from .tree import CODE, modules, pages, parsed, place, told

PRONOUN = re.compile(r"\b(?:he|him|his|himself)\b", re.IGNORECASE)


def test_no_docstring_takes_a_user_for_a_man() -> None:
    _assert_none(_found(modules(*CODE), _docstrings))


def test_no_comment_takes_a_user_for_a_man() -> None:
    _assert_none(_found(modules(*CODE), _comments))


def test_no_page_takes_a_user_for_a_man() -> None:
    _assert_none(_found(pages(), _lines))


def _assert_none(found: list[str]) -> None:
    assert not found, told('say "the user", "the caller" or "they":', found)


def _found(paths: list[Path], read: Callable[[Path], Iterator[tuple[int, str]]]) -> list[str]:
    """The lines that say it, of the texts that are read from each file."""
    return [
        f"{place(path, line + beyond)} {said.strip()}"
        for path in paths
        if PRONOUN.search(path.read_text(encoding="utf-8"))
        for line, text in read(path)
        for beyond, said in enumerate(text.splitlines())
        if PRONOUN.search(said)
    ]


def _docstrings(path: Path) -> Iterator[tuple[int, str]]:
    """Every text that stands alone: of modules, classes and functions, and under constants and members."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.lineno, node.value.value


def _comments(path: Path) -> Iterator[tuple[int, str]]:
    with tokenize.open(path) as file:
        for token in tokenize.generate_tokens(file.readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    yield 1, path.read_text(encoding="utf-8")
