"""The texts of errors: each has one name in its service, and something raises it."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pytest

from pytest_cognito.aws.errors import ErrorText
from pytest_cognito.aws.model import SERVICES

from .tree import PACKAGE, modules, parsed, place, service_of, told

SERVICE_PACKAGES = {service.replace("-", "_") for service in SERVICES}
REPORT = PACKAGE / "report"
"""Explains errors, and raises none."""


@dataclass(frozen=True)
class Constant:
    """``NAME = ErrorText(...)`` in a module."""

    name: str
    path: Path
    line: int

    @property
    def service(self) -> str:
        return service_of(self.path)

    @property
    def place(self) -> str:
        return place(self.path, self.line)


def test_every_module_is_looked_through() -> None:
    """The tests below are about what they find."""
    services = {constant.service for constant in _constants()}

    assert {"aws", "cognito_idp"} <= services
    assert sum(constant.service == "cognito_idp" for constant in _constants()) > 100


def test_an_error_has_a_name_of_its_own() -> None:
    places: dict[tuple[str, str], list[str]] = defaultdict(list)
    for constant in _constants():
        places[constant.service, constant.name].append(constant.place)

    twice = [f"{name}: {', '.join(where)}" for (_, name), where in places.items() if len(where) > 1]
    assert not twice, told("errors of a service share a name: keep one, or name each by what it is about", twice)


@pytest.mark.parametrize("face", sorted(PACKAGE.glob("*/errors/__init__.py")), ids=lambda face: face.parts[-3])
def test_no_module_of_errors_hides_an_error_of_another(face: Path) -> None:
    """What two of the modules have whose names a face gives on would be the error of the last one."""
    named = [node.module for node in parsed(face).body if isinstance(node, ast.ImportFrom)]
    errors_of_names: dict[str, set[ErrorText]] = defaultdict(set)
    for module in filter(None, named):
        for name, value in vars(import_module(module)).items():
            if isinstance(value, ErrorText):
                errors_of_names[name].add(value)

    hidden = [f"{name}: {' / '.join(e.text for e in each)}" for name, each in errors_of_names.items() if len(each) > 1]
    assert not hidden, told("errors of one name: name each by what it is about", hidden)


def test_every_error_is_raised_somewhere() -> None:
    used = {path: _names(parsed(path)) for path in modules(PACKAGE) if REPORT not in path.parents}
    dead = [
        f"{constant.place} {constant.name}"
        for constant in _constants()
        if not any(
            constant.name in names
            for path, names in used.items()
            if service_of(path) not in SERVICE_PACKAGES - {constant.service}
        )
    ]

    assert not dead, told("nothing raises these errors: delete them", dead)


def _constants() -> Iterator[Constant]:
    for path in modules(PACKAGE):
        for node in parsed(path).body:
            if isinstance(node, ast.Assign | ast.AnnAssign) and _is_text(node.value):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                yield from (Constant(one.id, path, node.lineno) for one in targets if isinstance(one, ast.Name))


def _is_text(value: ast.expr | None) -> bool:
    if not isinstance(value, ast.Call):
        return False
    made = value.func
    return (made.attr if isinstance(made, ast.Attribute) else getattr(made, "id", "")) == "ErrorText"


def _names(module: ast.Module) -> set[str]:
    """The names that are read in a module: an import alone reads none."""
    read = (node for node in ast.walk(module) if isinstance(node, ast.Name | ast.Attribute))
    return {node.id if isinstance(node, ast.Name) else node.attr for node in read if isinstance(node.ctx, ast.Load)}
