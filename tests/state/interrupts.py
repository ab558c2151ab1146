"""Exceptions between any two instructions of the store's code, as from a signal handler."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import sortedcontainers

from pytest_cognito import state

SOURCES = tuple(str(Path(package.__file__ or "").parent) for package in (state, sortedcontainers))
RELEASING = {"run", "_alone", "end", "abort", "rolled_back"}
"""The functions that release the lock: signals are looked at after a call, so none comes between their instructions."""


class Interrupt(BaseException):
    """What a signal handler raises."""


@contextmanager
def interrupt_at(instruction: int) -> Iterator[None]:
    """Raise an `Interrupt` before the n-th instruction of the store's code inside the context."""
    left = itertools.count(instruction, -1)

    def trace_call(frame: FrameType, event: str, argument: object) -> Any:
        if not frame.f_code.co_filename.startswith(SOURCES) or frame.f_code.co_name in RELEASING:
            return None
        frame.f_trace_opcodes = True
        return trace_instruction

    def trace_instruction(frame: FrameType, event: str, argument: object) -> Any:
        if event == "opcode" and next(left) == 0:
            raise Interrupt
        return trace_instruction

    before = sys.gettrace()
    sys.settrace(trace_call)
    try:
        yield
    finally:
        sys.settrace(before)
