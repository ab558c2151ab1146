"""From the first import to the first sign-in, each time in a new process without signing keys, against moto's."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from .measure import Row, Sample, Subject, in_turns, python

_NAME = "first import to first sign-in finished"
_SCRIPTS = Path(__file__).parent / "scripts"


def _measure(quick: bool) -> Iterable[Row]:
    yield Row(_NAME, "moto's", 0.5, in_turns(3 if quick else 12, _seconds("ours"), _seconds("motos")))


def _seconds(script: str) -> Sample:
    return lambda: float(python(str(_SCRIPTS / f"{script}.py")))


SUBJECTS = (Subject((_NAME,), _measure),)
