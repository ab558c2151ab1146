"""What authorizers have answered, each for as long as it is good."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class Kept(Generic[_Answer]):
    """An answer, when it was given, and of which route."""

    answer: _Answer
    since: dt.datetime
    expires: dt.datetime
    route: str


class Cache(Generic[_Answer]):
    """Answers by what they depend on, such as the values of an authorizer's identity sources."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, Kept[_Answer]] = {}

    def find(self, key: Hashable, now: dt.datetime) -> Kept[_Answer] | None:
        """The answer, if it is still good."""
        kept = self._kept.get(key)
        return kept if kept is not None and now < kept.expires else None

    def keep(self, key: Hashable, answer: _Answer, now: dt.datetime, seconds: int, route: str = "") -> None:
        """Remember an answer for some seconds; with 0 it is not remembered."""
        if seconds > 0:
            self._kept[key] = Kept(answer, now, now + dt.timedelta(seconds=seconds), route)

    def clear(self) -> None:
        self._kept.clear()
