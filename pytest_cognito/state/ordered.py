"""A sorted list that is as quick to change when it is long as when it is short."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

_FULL = 512


class Ordered:
    """Things in order, each there once, in chunks: to add or remove one moves those of its chunk and no others."""

    def __init__(self, things: Iterable[Any] = (), *, full: int = _FULL) -> None:
        ordered = sorted(things)
        self._full = full
        self._chunks = [ordered[at : at + full // 2] for at in range(0, len(ordered), full // 2)]
        self._lasts = [chunk[-1] for chunk in self._chunks]
        self._length = len(ordered)

    def add(self, thing: Any) -> None:
        if not self._chunks:
            self._chunks.append([])
            self._lasts.append(thing)
        at = min(bisect_left(self._lasts, thing), len(self._lasts) - 1)
        chunk = self._chunks[at]
        insort(chunk, thing)
        self._lasts[at] = chunk[-1]
        self._length += 1
        if len(chunk) > self._full:
            middle = len(chunk) // 2
            self._chunks[at : at + 1] = [chunk[:middle], chunk[middle:]]
            self._lasts.insert(at, chunk[middle - 1])

    def remove(self, thing: Any) -> None:
        """Take out a thing that is there."""
        at = bisect_left(self._lasts, thing)
        chunk = self._chunks[at]
        del chunk[bisect_left(chunk, thing)]
        self._length -= 1
        if chunk:
            self._lasts[at] = chunk[-1]
        else:
            del self._chunks[at], self._lasts[at]

    def since(self, first: Any) -> Iterator[Any]:
        """The things from ``first`` on, which need not be one of them."""
        at = bisect_left(self._lasts, first)
        if at < len(self._chunks):
            chunk = self._chunks[at]
            yield from chunk[bisect_left(chunk, first) :]
            for chunk in islice(self._chunks, at + 1, None):
                yield from chunk

    def __iter__(self) -> Iterator[Any]:
        for chunk in self._chunks:
            yield from chunk

    def __len__(self) -> int:
        return self._length
