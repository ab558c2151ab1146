"""Token buckets: how many times in a second something may happen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable

from pytest_cognito.kernel import locks


class Rates:
    """A bucket for each key. It holds the tokens of one second, is full at first, and is filled as time passes."""

    def __init__(self) -> None:
        self._buckets: dict[Hashable, tuple[float, dt.datetime]] = {}
        self._lock = locks.lock()

    def is_exhausted(self, key: Hashable, rate: int, now: dt.datetime) -> bool:
        """Whether the bucket of a key has no token left."""
        return self._tokens(key, rate, now) < 1

    def take(self, key: Hashable, rate: int, now: dt.datetime) -> bool:
        """Take a token from the bucket of a key; False if it has none left."""
        with self._lock:
            tokens = self._tokens(key, rate, now)
            if tokens < 1:
                return False
            self._buckets[key] = (tokens - 1, now)
            return True

    def _tokens(self, key: Hashable, rate: int, now: dt.datetime) -> float:
        """The tokens in a bucket now. A clock that was set back adds none."""
        bucket = self._buckets.get(key)
        if bucket is None:
            return rate
        tokens, since = bucket
        return min(rate, tokens + rate * max((now - since).total_seconds(), 0))
