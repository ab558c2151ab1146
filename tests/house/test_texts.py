"""AWS's texts where fronts and templates are concerned: each is a constant, has one name, and is said."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from .tree import PACKAGE, modules, parsed, place, told

AREAS = (*sorted((PACKAGE / "fronts").glob("*/")), PACKAGE / "infrastructure")
"""What has texts of its own: each front, and templates."""
NAMES = ("texts", "refusals")
BEGINNINGS = ("Template error: ", "Template format error: ")
"""How CloudFormation begins what it says of templates."""


class Text(NamedTuple):
    """``NAME = "…"``, or a call that makes an error of it."""

    area: Path
    path: Path
    line: int
    name: str
    value: ast.expr

    def __str__(self) -> str:
        return f"{place(self.path, self.line)} {self.name}"


def test_every_front_has_texts() -> None:
    """The tests below are about what they find."""
    areas = {text.area.name for text in _texts()}
    assert {"appsync", "http_api", "load_balancer", "rest_api", "websocket_api", "infrastructure"} <= areas


def test_every_text_is_said() -> None:
    read = {area: {name for path in modules(area) for name in _read(path)} for area in AREAS}
    silent = [str(text) for text in _texts() if text.name not in read[text.area]]
    assert not silent, told("nothing says these texts: delete them", silent)


def test_a_text_has_one_name() -> None:
    places: dict[tuple[Path, str], list[str]] = defaultdict(list)
    for text in _texts():
        if not isinstance(text.value, ast.Name):  # which says that it is the same as another
            places[text.path, ast.dump(text.value)].append(str(text))
    twice = [", ".join(each) for each in places.values() if len(each) > 1]
    assert not twice, told("the same text has several names: keep one, or write that the other is the same", twice)


def test_what_cloudformation_says_stands_in_one_module() -> None:
    inline = [
        place(path, node.lineno)
        for path in modules(PACKAGE / "infrastructure")
        if path.stem not in NAMES
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant) and str(node.value).startswith(BEGINNINGS)
    ]
    assert not inline, told("a text of CloudFormation is a constant of infrastructure/errors/texts.py", inline)


def _texts() -> Iterator[Text]:
    for area in AREAS:
        for path in modules(area):
            if path.stem in NAMES:
                for node in parsed(path).body:
                    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                        yield Text(area, path, node.lineno, node.targets[0].id, node.value)


def _read(path: Path) -> Iterator[str]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load):
            yield node.id if isinstance(node, ast.Name) else node.attr
