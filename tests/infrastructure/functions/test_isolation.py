"""Each function has its own modules, and the test's stay what they are."""

from __future__ import annotations

import importlib
import sys
import threading
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import botocore
import pytest

from tests.support.trigger_projects import Project, function, permission, resources

Import = Callable[[str], Any]
ENTRY = "import helpers\ndef handler(event, context): return helpers.NAME"


@pytest.fixture
def imported() -> Iterator[Import]:
    """Import a module as a test does; what came with it is forgotten afterwards."""
    before = set(sys.modules)
    yield importlib.import_module
    for name in set(sys.modules) - before:
        if name in ("app", "helpers"):
            del sys.modules[name]


def test_functions_with_modules_of_the_same_names(project: Project) -> None:
    project.write(**{"a/app.py": ENTRY, "a/helpers.py": "NAME = 'a'", "b/app.py": ENTRY, "b/helpers.py": "NAME = 'b'"})
    stack = project.deploy(resources(function("a"), Other=function("b")))
    answers = [stack.function(name).invoke({}) for name in ("Hook", "Other", "Hook")]
    assert answers == ["a", "b", "a"]
    assert stack.function("Hook").module is not stack.function("Other").module


def test_functions_with_the_same_code_have_their_own_variables(project: Project) -> None:
    code = "import os\nSTAGE = os.environ['STAGE']\ndef handler(event, context): return STAGE"
    hooks = {name: function(Environment={"Variables": {"STAGE": name}}) for name in ("Hook", "Other")}
    stack = project.write(**{"src/app.py": code}).deploy(resources(hooks["Hook"], Other=hooks["Other"]))
    assert [stack.function(name).invoke({}) for name in ("Hook", "Other")] == ["Hook", "Other"]


def test_modules_of_the_test_with_the_same_name_are_not_the_function_s(
    project: Project, monkeypatch: pytest.MonkeyPatch, imported: Import
) -> None:
    project.write(**{"src/app.py": ENTRY, "src/helpers.py": "NAME = 'function'", "helpers.py": "NAME = 'test'"})
    monkeypatch.syspath_prepend(project.root)
    helpers = imported("helpers")
    assert project.deploy().function("Hook").invoke({}) == "function"
    assert sys.modules["helpers"] is helpers
    assert helpers.NAME == "test"


def test_the_test_s_own_import_of_the_code_is_another(
    project: Project, monkeypatch: pytest.MonkeyPatch, imported: Import
) -> None:
    stack = project.write(**{"src/app.py": ENTRY, "src/helpers.py": "NAME = 1"}).deploy()
    monkeypatch.syspath_prepend(project.root / "src")
    app = imported("app")
    monkeypatch.setattr(app.helpers, "NAME", 2)
    assert stack.function("Hook").module is not app
    assert stack.function("Hook").invoke({}) == 1


def test_what_is_outside_of_the_code_is_shared(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = ModuleType("notes_shared")
    monkeypatch.setitem(sys.modules, "notes_shared", shared)
    stack = project.write(**{"src/app.py": "import notes_shared\ndef handler(event, context): return None"}).deploy()
    assert stack.function("Hook").module.notes_shared is shared


def test_a_bundled_library_is_the_installed_one(project: Project) -> None:
    code = "import botocore\ndef handler(event, context): return botocore.__version__"
    stack = project.write(**{"src/app.py": code, "src/botocore/__init__.py": "__version__ = 'bundled'"}).deploy()
    assert stack.function("Hook").invoke({}) == botocore.__version__
    assert stack.function("Hook").module.botocore is botocore


def test_a_nested_function_does_not_see_the_modules_of_the_one_around_it(project: Project) -> None:
    outer = """
        import only_outer

        def handler(event, context):
            return [INNER({}), only_outer.NAME, __import__("sys").modules["app"] is __import__("app")]
    """
    inner = """
        import sys

        def handler(event, context):
            try:
                import only_outer
            except ModuleNotFoundError:
                return sorted({"app", "only_outer"} & set(sys.modules))
    """
    project.write(**{"a/app.py": outer, "a/only_outer.py": "NAME = 'outer'", "b/app.py": inner})
    stack = project.deploy(resources(function("a"), Other=function("b")))
    stack.function("Hook").module.INNER = stack.function("Other").invoke  # type: ignore[attr-defined]
    assert stack.function("Hook").invoke({}) == [["app"], "outer", True]


def test_threads_run_one_function_at_a_time(project: Project) -> None:
    code = """
        import os, time

        def handler(event, context):
            first = os.environ["STAGE"]
            time.sleep(0.001)
            return [first, os.environ["STAGE"]]
    """
    hooks = {name: function(Environment={"Variables": {"STAGE": name}}) for name in ("Hook", "Other")}
    stack = project.write(**{"src/app.py": code}).deploy(resources(hooks["Hook"], Other=hooks["Other"]))
    answers: list[list[str]] = []

    def run(name: str) -> None:
        answers.extend(stack.function(name).invoke({}) for _ in range(5))

    threads = [threading.Thread(target=run, args=(name,)) for name in ("Hook", "Other") * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [["Hook", "Hook"]] * 10 + [["Other", "Other"]] * 10


def test_what_threads_of_a_function_invoke_runs_inside_of_it(project: Project) -> None:
    outer = """
        import asyncio, os

        async def both():
            inner = await asyncio.gather(*(asyncio.to_thread(INNER, {}) for _ in range(2)))
            return [*inner, os.environ["STAGE"]]

        def handler(event, context):
            return asyncio.run(both())
    """
    inner = "import os\n\ndef handler(event, context):\n    return os.environ['STAGE']"
    project.write(**{"a/app.py": outer, "b/app.py": inner})
    hook = function("a", Environment={"Variables": {"STAGE": "outer"}})
    other = function("b", Environment={"Variables": {"STAGE": "inner"}})
    stack = project.deploy(resources(hook, Other=other))
    stack.function("Hook").module.INNER = stack.function("Other").invoke  # type: ignore[attr-defined]
    assert stack.function("Hook").invoke({}) == ["inner", "inner", "outer"]


def test_worlds_of_other_tests_have_functions_of_their_own(project: Project) -> None:
    stack = project.write(**{"src/app.py": "def handler(event, context): return event"}).deploy(
        resources(Other=function(FunctionName="other"), OtherPermission=permission({"Ref": "Other"}))
    )
    project.cognito.reset()
    assert project.cognito.world.functions.get(stack.name) is None
    assert project.deploy().function("Hook").invoke({"a": 1}) == {"a": 1}
