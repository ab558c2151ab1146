"""Places in the code under test."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

_HERE = str(Path(__file__).parent.parent)
_FRAMES = 3


def near(path: str) -> str:
    """A path as seen from the working directory, if it is below."""
    here = f"{Path.cwd()}/"
    return path.removeprefix(here)


def last_frames(trace: TracebackType | None) -> Iterator[str]:
    """The last few frames of a traceback that are not this library's own."""
    frames = [frame for frame in traceback.extract_tb(trace) if not frame.filename.startswith(_HERE)]
    for frame in frames[-_FRAMES:]:
        yield f"{near(frame.filename)}:{frame.lineno} in {frame.name}: {frame.line}"
