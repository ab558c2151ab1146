"""Templates that tests deploy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from pytest_cognito import Cognito, Stack
from tests.support.trigger_projects import Project

Write = Callable[..., Path]
Deploy = Callable[..., Stack]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a template to a file in a directory of the test."""

    def write_template(text: str, name: str = "template.yaml") -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(dedent(text))
        return path

    return write_template


@pytest.fixture
def deploy(cognito: Cognito, write: Write) -> Deploy:
    """Write a template to a file and deploy it, as the stack notes if no other name is given."""

    def deploy_template(text: str, name: str = "notes", **given: Any) -> Stack:
        return cognito.deploy(write(text), name=name, **given)

    return deploy_template


@pytest.fixture
def project(cognito: Cognito, tmp_path: Path) -> Project:
    """An empty directory for a template and the code of its functions."""
    return Project(cognito, tmp_path)
