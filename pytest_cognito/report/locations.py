"""Locations in the source code under test."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from traceback import FrameSummary

_LIBRARY = str(Path(__file__).parent.parent)
_IMPORTS = ("<frozen importlib", str(importlib.__file__))
_MAX_FRAMES = 3


def relative(path: str) -> str:
    """A path relative to the working directory, if it is below that."""
    try:
        return path.removeprefix(f"{Path.cwd()}{os.sep}")
    except OSError:  # the test has removed its working directory
        return path


def last_frames(trace: Iterable[FrameSummary]) -> Iterator[str]:
    """The last few frames of a traceback, without those of this library and of Python's imports, as text."""
    frames = [frame for frame in trace if not frame.filename.startswith((_LIBRARY, *_IMPORTS))]
    for frame in frames[-_MAX_FRAMES:]:
        yield f"{relative(frame.filename)}:{frame.lineno} in {frame.name}: {frame.line}"
