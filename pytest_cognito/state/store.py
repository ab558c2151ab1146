"""The tables of a world, behind one lock and one journal."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeVar

from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.state.expiry import ExpiryQueue
from pytest_cognito.state.journal import Change, Journal
from pytest_cognito.state.schema import Schema
from pytest_cognito.state.table import Table, TableSnapshot

R = TypeVar("R")
Observer = Callable[[Sequence[Change]], None]
_OUTLIVED = (
    "this call has outlived the test in which it began, whose changes to what cognito_seed has set up are undone by "
    "now: let the test wait for the threads and tasks that it starts"
)


class Snapshot(NamedTuple):
    """All tables of a store by their schema, and the last serial number that it gave out."""

    tables: Mapping[Schema[Any], TableSnapshot]
    serial: int


class Store:
    """The tables of a world, changed in atomic steps.

    A step holds the store's lock, and its changes are rolled back if it ends in an error. Changes that must survive an
    error, or be visible to another thread that the step waits for, are committed before.
    """

    def __init__(self, snapshot: Snapshot | None = None) -> None:
        self.observers: list[Observer] = []
        """Functions that are called with the changes of a step at each commit, before the next step begins. They must
        not use the store.
        """
        self._journal = Journal()
        self._tables: dict[str, Table[Any]] = {}
        self._lock = threading.Lock()
        self._holder: int | None = None
        self._savepoint = 0
        self._now: Callable[[], dt.datetime] | None = None
        self._expiries = ExpiryQueue()
        self._serial = 0
        self._sealed = False
        self._sections = 0
        self._undone = 0
        if snapshot is not None:
            self._load(snapshot)

    def serial(self) -> int:
        """The next serial number, by which records are sorted in the order of their creation."""
        self._serial += 1
        return self._serial

    def __getitem__(self, schema: Schema[R]) -> Table[R]:
        table = self._tables.get(schema.name)
        if table is None:
            table = self._create_table(schema)
        elif table.schema is not schema:
            raise RuntimeError(f"two schemas are named {schema.name!r}: give one of them another name")
        return table

    def begin(self, now: Callable[[], dt.datetime]) -> None:
        """Begin a step: acquire the lock and open a savepoint. Steps do not nest.

        ``now`` gives the time against which the expiry of records is checked.
        """
        thread = threading.get_ident()
        if self._holder == thread:
            raise RuntimeError("a step is open in this thread already: end it, or leave it with outside()")
        self._lock.acquire()
        if self._sealed and not self._sections:
            self._lock.release()
            raise UsageError(_OUTLIVED)
        self._open(thread, now)

    def _open(self, thread: int, now: Callable[[], dt.datetime]) -> None:
        self._holder = thread
        self._now = now
        self._expiries.changed = False
        self._savepoint = self._journal.savepoint()

    def end(self) -> None:
        """End the step and keep its changes, also if an observer raises an exception, which is raised then."""
        try:
            if self._expiries.changed:
                self._sweep()
            self._publish()
        finally:
            self._journal.release()
            self._leave()

    def abort(self) -> None:
        """End the step and undo its changes since it began or last committed."""
        self._journal.rollback(self._savepoint)
        self._leave()

    def commit(self) -> None:
        """Keep the changes of the step so far, even if it is aborted later."""
        try:
            self._publish()
        finally:
            self._journal.release()
            self._savepoint = self._journal.savepoint()

    @contextmanager
    def outside(self) -> Iterator[None]:
        """Commit and release the lock inside the context, and begin another step after it.

        Other threads may change the store meanwhile: records that were read before may be stale. Raises `UsageError` if
        what the step has changed was undone meanwhile: it would go on with a store that is another test's by now.
        """
        now, undone = self._now, self._undone
        if now is None:
            raise RuntimeError("no step is open")
        self.end()
        try:
            yield
        finally:
            self._lock.acquire()
            self._open(threading.get_ident(), now)
            if undone != self._undone:
                raise UsageError(_OUTLIVED)

    def seal(self) -> None:
        """From now on refuse, with a `UsageError`, steps outside of `rolled_back`: they would change it for good."""
        self._sealed = True

    @contextmanager
    def rolled_back(self) -> Iterator[None]:
        """Undo at the end all changes made inside the context, and remove observers that were added there."""
        with self._lock:
            self._sections += 1
            savepoint = self._journal.savepoint()
            observers, expiries = list(self.observers), self._expiries.entries()
        try:
            yield
        finally:
            with self._lock:
                self._sections -= 1
                self._undone += 1
                self._journal.rollback(savepoint)
                self.observers[:] = observers
                self._expiries.restore(expiries)

    def snapshot(self) -> Snapshot:
        """A snapshot of all records. No step may be open in this thread."""
        with self._lock:
            tables = {table.schema: table.snapshot() for table in self._tables.values() if len(table)}
            return Snapshot(tables, self._serial)

    def tables(self) -> dict[str, Table[Any]]:
        """The tables that have been used so far, by name."""
        return dict(self._tables)

    def _create_table(self, schema: Schema[R]) -> Table[R]:
        # Not by assignment: a thread of the server and a step may both be the first to use a table.
        created = Table(schema, self._journal, self._expiries)
        table = self._tables.setdefault(schema.name, created)
        if table is created:
            for owner in schema.owners:
                self[owner].dependents.append(table)
        return table

    def _load(self, snapshot: Snapshot) -> None:
        for schema, table in snapshot.tables.items():
            self[schema].load(table)
        self._serial = snapshot.serial

    def _leave(self) -> None:
        self._holder = None
        self._lock.release()

    def _publish(self) -> None:
        if self.observers:
            changes = self._journal.changes(self._savepoint)
            if changes:
                for observe in tuple(self.observers):
                    observe(changes)

    def _sweep(self) -> None:
        """Delete the records that have expired, in time proportional to their number."""
        if self._now is None:
            return
        now = self._now()
        for expiry in self._expiries.due(now):
            self._tables[expiry.table].expire(expiry.key, now)
