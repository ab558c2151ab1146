"""Runs of pytest on the small suites beside this module, each in a process of its own."""

from __future__ import annotations

import atexit
import json
import tempfile
from pathlib import Path

from .measure import python

_SUITES = Path(__file__).parent / "suites"
OURS = ("-p", "pytest_cognito.plugin")
_SCRATCH = tempfile.TemporaryDirectory(prefix="benchmarks-")
atexit.register(_SCRATCH.cleanup)


def run(suite: str, *options: str, tests: int = 1) -> None:
    """Run a suite with so many tests. The first run that needs keys leaves them in pytest's cache, as for users."""
    cache = Path(_SCRATCH.name, "cache")
    python(
        *("-m", "pytest", "-c", str(_SUITES / "pytest.ini"), "-o", f"cache_dir={cache}"),
        *options,
        str(_SUITES / suite),
        # The plugins that happen to be installed here are no part of any comparison.
        environment={"BENCHMARK_TESTS": str(tests), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
    )


def seconds_of_tests(suite: str, *options: str, tests: int) -> list[float]:
    """How long each test of a run took, but for the first, which imports what the others use."""
    target = Path(_SCRATCH.name, "seconds.json")
    run(suite, "-p", "benchmarks.stopwatch", f"--stopwatch={target}", *options, tests=tests + 1)
    seconds: list[float] = json.loads(target.read_text())
    return seconds[1:]
