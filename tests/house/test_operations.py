"""An operation is found by its function's name: no table lists it, nor the module that it is in."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from botocore import xform_name

from pytest_cognito.aws.model import SERVICES, service_model
from pytest_cognito.gateway import find_target
from tests.support import installed

from .tree import PACKAGE, functions, modules

ANSWERED = """
from pytest_cognito.aws.model import service_model
from pytest_cognito.gateway import find_target

for name in service_model("cognito-idp").operation_names:
    function = find_target("cognito-idp", name).function
    if function is not None:
        print(name, function.__module__)
"""


def decorator_name(decorator: ast.expr) -> str | None:
    """The name of a decorator, with or without arguments."""
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return called.id if isinstance(called, ast.Name) else None


@pytest.mark.parametrize("service", SERVICES)
def test_every_operation_that_is_written_is_answered(service: str) -> None:
    written = {
        function.name
        for path in modules(PACKAGE / service.replace("-", "_"))
        for function in functions(path)
        if "operation" in map(decorator_name, function.decorator_list)
    }
    answered = {
        xform_name(name)
        for name in service_model(service).operation_names
        if find_target(service, name).function is not None
    }

    strange = set() if installed.is_older() else written - answered
    assert strange == set(), f"no operation of {service} has these names: name them as boto3 does"
    assert answered - written == set(), "a function answers that no @operation decorates: decorate it"


def test_an_operation_is_found_in_whichever_module_it_is(tmp_path: Path) -> None:
    """A module of operations that is called something else answers as before, with nothing else edited."""
    copy = Path(shutil.copytree(PACKAGE, tmp_path / PACKAGE.name, ignore=shutil.ignore_patterns("__pycache__")))
    before = _answered(tmp_path)
    module = before["TagResource"]
    source = copy.parent / f"{module.replace('.', '/')}.py"
    source.rename(source.with_name("called_something_else.py"))

    renamed = f"{module.rpartition('.')[0]}.called_something_else"
    assert _answered(tmp_path) == {name: renamed if where == module else where for name, where in before.items()}


def _answered(directory: Path) -> dict[str, str]:
    """The operations of user pools that a copy of the package answers, and the module of each."""
    command = [sys.executable, "-c", ANSWERED]
    run = subprocess.run(command, cwd=directory, capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 0, run.stderr
    return dict(line.split() for line in run.stdout.splitlines())
