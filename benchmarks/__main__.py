"""One run of all comparisons, side by side on this machine, as a table of ratios.

What is measured never fails a run: a row says whether it reaches its target, and the exit code is 0.
"""

from __future__ import annotations

import argparse
import compileall
import platform
import statistics
import sys
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import pytest_cognito

from . import (
    calls,
    chromium,
    credentials,
    custom_auth,
    enforcement,
    first_sign_in,
    fronts,
    imports,
    policies,
    runs,
    scale,
    server,
    server_memory,
    sessions,
    sign_ins,
    srp,
    sync,
    templates,
    tests,
    web,
)
from .measure import Row, Subject

_SUBJECTS: tuple[Subject, ...] = (
    *calls.SUBJECTS,
    *tests.SUBJECTS,
    *sessions.SUBJECTS,
    *runs.SUBJECTS,
    *first_sign_in.SUBJECTS,
    *server.SUBJECTS,
    *server_memory.SUBJECTS,
    *sign_ins.SUBJECTS,
    *srp.SUBJECTS,
    *sync.SUBJECTS,
    *templates.SUBJECTS,
    *custom_auth.SUBJECTS,
    *web.SUBJECTS,
    *chromium.SUBJECTS,
    *enforcement.SUBJECTS,
    *scale.SUBJECTS,
    *credentials.SUBJECTS,
    *fronts.SUBJECTS,
    *policies.SUBJECTS,
    *imports.SUBJECTS,
)
_VERSIONS = ("pytest-cognito", "botocore", "boto3", "cryptography", "pytest", "moto")
_UNITS = {"s": ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs")), "B": ((1024.0**2, "MiB"), (1024.0, "KiB"), (1.0, "B"))}
_LINE = "{:50} {:>28} {:>9} {:>8} {:>19} {:^7} {:>9} {:>9}"


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    parser.add_argument("row", nargs="?", default="", help="only the rows whose name has this in it")
    parser.add_argument("--quick", action="store_true", help="fewer rounds: half a minute, and wider spreads")
    asked = parser.parse_args(arguments)
    wanted = [subject for subject in _SUBJECTS if any(_selects(asked.row, name) for name in subject.names)]
    if not wanted:
        parser.error(f"no row's name has {asked.row!r} in it; there are {[n for s in _SUBJECTS for n in s.names]}")
    _compile_as_an_installation_does()
    _print_head()
    start = time.perf_counter()
    for subject in wanted:
        for row in subject.measure(asked.quick):
            if _selects(asked.row, row.what):
                _print_row(row)
    print(f"\nThe ratio is the median of the rounds' ratios. The run took {time.perf_counter() - start:.0f} s.")
    return 0


def _compile_as_an_installation_does() -> None:
    """Compile the package to byte code, as pip does on installing: moto is compiled, and ours may be a source tree."""
    compileall.compile_dir(str(Path(pytest_cognito.__file__).parent), quiet=1)


def _selects(part: str, name: str) -> bool:
    return part.lower() in name.lower()


def _print_head() -> None:
    versions = ", ".join(f"{name} {version(name)}" for name in _VERSIONS)
    print(f"Python {platform.python_version()} on {platform.machine()}, {versions}")
    print()
    print(_LINE.format("what", "against", "target", "ratio", "lowest … highest", "reached", "ours", "theirs"))


def _print_row(row: Row) -> None:
    def quantity(value: float) -> str:
        return _quantity(value, row.unit)

    show = quantity if row.difference else "{:.3g}".format
    results = row.results
    spread = f"{show(min(results))} … {show(max(results))}"
    print(
        _LINE.format(
            row.what,
            f"{'−' if row.difference else '÷'} {row.against}",
            f"≤ {show(row.target)}",
            show(statistics.median(results)),
            spread,
            "yes" if row.reached else "no",
            *(quantity(statistics.median(samples)) for samples in row.samples),
        ),
        flush=True,
    )


def _quantity(value: float, unit: str) -> str:
    units = _UNITS[unit]
    size, name = next((each for each in units if abs(value) >= each[0]), units[-1])
    return f"{value / size:.3g} {name}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
