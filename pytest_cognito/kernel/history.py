"""Lists that keep the newest items only, for worlds that live long."""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")


class _Newest(list[T]):
    """A list that drops its oldest items when it is longer than its limit."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def append(self, item: T, /) -> None:
        super().append(item)
        if len(self) > self._limit:
            del self[: len(self) - self._limit]


def history(limit: int | None = None) -> list[T]:
    """An empty list, which keeps all that is appended, or the newest items up to ``limit``."""
    return [] if limit is None else _Newest(limit)
