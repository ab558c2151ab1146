"""What a failing test shows of decisions of policies: their explanations."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_cognito.iam import Decision

_SHOWN = 4
"""How many decisions a report shows."""


def text(traceback: TracebackType | None) -> str:
    """The explanations of the decisions that the failing line could see: those of its assertion, and of its variables.

    Empty if there are none.
    """
    if traceback is None or "pytest_cognito.iam.policies.decisions" not in sys.modules:
        return ""
    while traceback.tb_next is not None:
        traceback = traceback.tb_next
    if traceback.tb_frame.f_globals.get("__name__", "").startswith("pytest_cognito."):
        return ""  # an error of ours, which the log of calls explains
    return "\n\n".join(str(decision) for decision in _found(traceback))


def _found(traceback: TracebackType) -> Iterator[Decision]:
    """The last decisions, each once. What an assertion has asked is a variable of its frame, as pytest rewrites it."""
    from pytest_cognito.iam import Decision

    values = traceback.tb_frame.f_locals.values()
    decisions = {id(value): value for value in values if isinstance(value, Decision)}
    yield from list(decisions.values())[-_SHOWN:]
