"""What is asked through each transport: every operation, answered at least once and, where it can fail, refused.

A new operation is added to the scenario of its noun, a new noun is a module here; a test tells of an operation that was
forgotten.
"""

from __future__ import annotations

import importlib
import pkgutil

from tests.conformance.scenarios.common import SCENARIOS, Scenario

__all__ = ["SCENARIOS", "Scenario"]

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")
