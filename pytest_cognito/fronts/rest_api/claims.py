"""The claims of a token as the event of a REST API has them: text, all of them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

_DATES = ("exp", "iat")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def as_text(claims: Mapping[str, Any]) -> dict[str, str]:
    """The claims in the order of the token, as text.

    ``exp`` and ``iat`` are dates, ``Sun Mar 28 13:40:42 UTC 2021``; ``auth_time`` stays a number of seconds. The
    elements of a list are joined by commas; objects are JSON.
    """
    return {name: date(value) if _is_date(name, value) else text(value) for name, value in claims.items()}


def date(seconds: float) -> str:
    """A time as Java prints it: ``Sun Mar 28 13:40:42 UTC 2021``. Names are English whatever the locale is."""
    moment = dt.datetime.fromtimestamp(seconds, dt.UTC)
    return f"{_DAYS[moment.weekday()]} {_MONTHS[moment.month - 1]} {moment:%d %H:%M:%S} UTC {moment.year}"


def text(value: Any) -> str:
    """A value of JSON as text."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return ",".join(map(text, value))
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)  # true, 1616935242, null, an object


def _is_date(name: str, value: Any) -> bool:
    return name in _DATES and isinstance(value, int | float) and not isinstance(value, bool)
