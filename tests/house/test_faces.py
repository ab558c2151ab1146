"""The public faces of packages: what they export is there, for readers, type checkers and at run time alike."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

import pytest

PACKAGES = ("", ".cognito_identity", ".cognito_idp", ".cognito_sync", ".iam", ".sts")
FACES = tuple(f"pytest_cognito{package}" for package in PACKAGES)


def typed_exports(face: str) -> dict[str, str]:
    """The names that a face imports for type checkers, each with its module."""
    path = import_module(face).__file__
    assert path is not None
    blocks = [node for node in ast.parse(Path(path).read_text()).body if isinstance(node, ast.If)]
    imports = [node for block in blocks for node in block.body if isinstance(node, ast.ImportFrom)]
    return {alias.name: node.module or "" for node in imports for alias in node.names}


@pytest.mark.parametrize("face", FACES)
def test_what_a_face_exports_is_there(face: str) -> None:
    package = import_module(face)
    for name in package.__all__:
        assert getattr(package, name) is not None


@pytest.mark.parametrize("face", FACES)
def test_a_face_says_the_same_to_type_checkers_and_at_run_time(face: str) -> None:
    homes: dict[str, str] = import_module(face)._HOMES
    assert {name: f"{face}.{home}" for name, home in homes.items()} == typed_exports(face)
    assert set(import_module(face).__all__) - {"__version__"} == set(homes)


@pytest.mark.parametrize("face", FACES)
def test_an_unknown_name_is_an_attribute_error(face: str) -> None:
    with pytest.raises(AttributeError, match=f"module '{face}' has no attribute 'nothing'"):
        getattr(import_module(face), "nothing")  # noqa: B009
