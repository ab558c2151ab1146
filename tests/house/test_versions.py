"""The versions that the project names are those that are tested."""

from __future__ import annotations

import configparser
import re
import tomllib
from typing import Any

from packaging.requirements import Requirement
from packaging.version import Version

from .tree import ROOT

PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT: dict[str, Any] = PYPROJECT["project"]


def pythons_of_classifiers() -> set[str]:
    found = (re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", each) for each in PROJECT["classifiers"])
    return {each[1] for each in found if each}


def test_the_workflow_and_tox_run_every_python_that_is_named() -> None:
    workflow = (ROOT / ".github/workflows/ci.yml").read_text("utf-8")
    row = re.findall(r"^        python: \[(.+)\]$", workflow.partition("\n  tests:\n")[2], re.MULTILINE)[0]
    tox = configparser.ConfigParser()
    tox.read(ROOT / "tox.ini")
    [minors] = re.findall(r"py3\{([\d,]+)\}", tox["tox"]["env_list"])

    in_tox = {f"3.{minor}" for minor in minors.split(",")}
    assert pythons_of_classifiers() <= set(re.findall(r"[\d.]+", row)) == in_tox
    assert f">={min(in_tox, key=Version)}" == PROJECT["requires-python"]


def test_the_lowest_versions_are_tested() -> None:
    """Each lower bound of a dependency is the version in the group ``lowest``."""
    pinned = dict(each.split("==") for each in PYPROJECT["dependency-groups"]["lowest"] if isinstance(each, str))
    extras = [each for extra in PROJECT["optional-dependencies"].values() for each in extra]
    bounds = map(Requirement, [*PROJECT["dependencies"], *extras])

    for bound in bounds:
        [lower] = bound.specifier
        assert lower.operator == ">=", bound
        assert Version(pinned[bound.name]) == Version(lower.version), f"the group lowest pins {bound.name} elsewhere"
