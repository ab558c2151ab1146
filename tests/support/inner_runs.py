"""Runs of pytest inside a test, in its process."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest

# pytest collects garbage several times at the end of a run, to find exceptions that nobody could raise. In a process
# that has loaded many service models this takes longer than most tests.
_WITHOUT = ("-p", "no:randomly", "-p", "no:unraisableexception")
# Versions of pytest before 9 warn of plugins that the process has imported, as this one is.
_SILENT = "-Wignore:Module already imported:pytest.PytestAssertRewriteWarning"


def run_inside(pytester: pytest.Pytester, *arguments: str, others: tuple[str, ...] = ()) -> pytest.RunResult:
    """Run pytest with this plugin and ``others``, modules, alone: to set up all that are installed takes longer."""
    names = ("pytest_cognito.plugin", *others)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
        return pytester.runpytest_inprocess(*(f"-p{name}" for name in names), *_WITHOUT, *arguments, _SILENT)


class Imports:
    """What runs import, and pytester makes the process forget. What is of their own directory should be forgotten.

    What keeps state of the process must not be imported twice, and libraries need not.
    """

    def __init__(self) -> None:
        self.found: dict[str, ModuleType] = {}

    def watch(self, pytester: pytest.Pytester) -> None:
        """Look at each of its runs."""
        self.directory = pytester.path
        pytester.inline_run = partial(pytester.inline_run, plugins=[self])  # type: ignore[method-assign]

    def pytest_unconfigure(self) -> None:
        """At the end of a run."""
        self.found.update((name, module) for name, module in sys.modules.items() if not _is_in(self.directory, module))

    def restore(self) -> None:
        """They are imported again."""
        for name, module in self.found.items():
            sys.modules.setdefault(name, module)


def _is_in(directory: Path, module: ModuleType) -> bool:
    places = [getattr(module, "__file__", None), *getattr(module, "__path__", ())]
    return any(f"{place}{os.sep}".startswith(f"{directory}{os.sep}") for place in places)
