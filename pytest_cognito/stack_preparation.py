"""The stack of a test: which template is deployed for it, or which stack its world has already."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from pytest_cognito.cognito import Cognito
from pytest_cognito.infrastructure.stacks.stack import Stack
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.marker import MarkerArguments

_NONE = (
    "cognito_stack has no template: say which, by @pytest.mark.cognito(template='template.yaml'), by "
    "cognito_template = template.yaml in the ini file, or by a fixture cognito_stack of the suite's own, which returns "
    "cognito.deploy('template.yaml', parameters={…})"
)


def stack_of_test(request: pytest.FixtureRequest, cognito: Cognito, arguments: MarkerArguments) -> Stack:
    """The stack of the template that the marker names; else that of the seed; else of the template of the ini file."""
    if arguments.template is not None:
        given: Mapping[str, Any] = (
            arguments.template if isinstance(arguments.template, Mapping) else {"path": arguments.template}
        )
        path = _found(Path(given["path"]), request.path.parent, request.config.rootpath)
        return cognito.deploy(path, **{name: value for name, value in given.items() if name != "path"})
    if cognito.stacks:
        return cognito.stack()
    named = str(request.config.getini("cognito_template") or "").strip()
    if not named:
        raise UsageError(_NONE)
    return cognito.deploy(_found(Path(named), request.config.rootpath))


def _found(path: Path, *directories: Path) -> Path:
    """A path that begins at the first of the directories in which it is."""
    candidates = [directory / path for directory in directories]
    for candidate in candidates:
        if candidate.exists():
            return candidate
    raise UsageError(f"there is no template {path}: neither {' nor '.join(map(str, candidates))}")
