"""Runs of pytest in processes of their own without the plugins that happen to be installed.

To import those takes a process longer than most of such runs.
"""

from __future__ import annotations

import pytest


def alone(monkeypatch: pytest.MonkeyPatch, *others: str) -> None:
    """Let runs of pytest inside a test, and their xdist workers, load this plugin and ``others``, modules, alone."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    names = ("pytest_cognito.plugin", *others)
    monkeypatch.setenv("PYTEST_ADDOPTS", " ".join(f"-p {name}" for name in names))
