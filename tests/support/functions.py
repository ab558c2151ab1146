"""Lambda functions for triggers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Event = dict[str, Any]
Function = Callable[[Event, object], Event]


def unchanged(event: Event, context: object) -> Event:
    """A function that returns its event as it came."""
    return event


def answering(**response: Any) -> Function:
    """A function that returns its event with these members in the response."""
    return lambda event, context: {**event, "response": {**event["response"], **response}}


def failing(event: Event, context: object) -> Event:
    """A function that raises."""
    raise ValueError("not today")
