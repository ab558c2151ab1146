"""The tables of a world, behind one lock and one journal."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from .journal import Journal
from .table import Schema, Table

R = TypeVar("R")


class Store:
    """All that a world remembers, changed in atomic steps.

    A step holds the store's lock, and undoes what it did when it ends in an error. What must outlive an error, or be
    seen by somebody else while the step waits for him, is committed before.
    """

    def __init__(self) -> None:
        self._journal = Journal()
        self._tables: dict[str, Table[Any]] = {}
        self._lock = threading.Lock()
        self._holder: int | None = None
        self._savepoint = 0
        self._serial = itertools.count()

    def serial(self) -> int:
        """A number higher than any before: the place of a record in the order in which records were made."""
        return next(self._serial)

    def __getitem__(self, schema: Schema[R]) -> Table[R]:
        table = self._tables.get(schema.name)
        if table is None:
            # Not by assignment: the server's threads and a step may ask for a table first at the same time.
            table = self._tables.setdefault(schema.name, Table(schema, self._journal))
        return table

    def begin(self) -> None:
        """Begin a step: wait for the lock, open a savepoint. In the midst of a step another would wait for ever."""
        me = threading.get_ident()
        if self._holder == me:
            raise RuntimeError("a step is open in this thread already: end it, or leave it with outside()")
        self._lock.acquire()
        self._holder = me
        self._savepoint = self._journal.savepoint()

    def end(self) -> None:
        """End a step and keep what it did."""
        self._journal.release()
        self._leave()

    def abort(self) -> None:
        """End a step and undo what it did since it began or last committed."""
        self._journal.rollback(self._savepoint)
        self._leave()

    def _leave(self) -> None:
        self._holder = None
        self._lock.release()

    def commit(self) -> None:
        """Keep what the step did so far, whatever becomes of the rest."""
        self._journal.release()
        self._savepoint = self._journal.savepoint()

    @contextmanager
    def outside(self) -> Iterator[None]:
        """Leave the step for a while: commit, and let others at the store. What was read before may be stale after."""
        self.end()
        try:
            yield
        finally:
            self.begin()

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Whatever happens to the store inside is undone at the end."""
        with self._lock:
            savepoint = self._journal.savepoint()
        try:
            yield
        finally:
            with self._lock:
                self._journal.rollback(savepoint)

    def tables(self) -> dict[str, Table[Any]]:
        """The tables that were used so far, by name."""
        return dict(self._tables)
