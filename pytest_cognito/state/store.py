"""The tables of a world, behind one lock and one journal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from pytest_cognito.kernel import locks
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.state.expiry import Expiry, ExpiryQueue
from pytest_cognito.state.journal import Change, Journal
from pytest_cognito.state.schema import HistorySchema, Schema
from pytest_cognito.state.table import Table, TableSnapshot

R = TypeVar("R")
Observer = Callable[[Sequence[Change]], None]
_NO_ARGUMENTS: Mapping[str, Any] = MappingProxyType({})
_NOT_OPEN = (
    "no step is open: either none was begun, or it was undone because another was begun in the same thread; "
    "what may begin another belongs into outside()"
)
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

    A signal handler (Ctrl-C, the time limit of a test) may raise an exception between any two instructions, and another
    thread may fork there. So whoever holds the lock next undoes a step that was left open, and `run` releases the lock
    in any case.
    """

    def __init__(self, snapshot: Snapshot | None = None) -> None:
        self.observers: list[Observer] = []
        """Functions that are called with the changes of a step at each commit, before the next step begins. They must
        not use the store.
        """
        self._journal = Journal()
        self._tables: dict[str, Table[Any]] = {}
        self._lock = locks.lock()
        self._owns_lock = locks.ownership(self._lock)
        self._now: Callable[[], dt.datetime] | None = None
        self._expiries = ExpiryQueue()
        self._serial = 0
        self._sealed = False
        self._sections = 0
        self.undone = 0
        """How many sections of `rolled_back` have ended."""
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

    def has_any(self, *names: str) -> bool:
        """Whether one of the tables with these names was made. That tells without the schemas, which need an import."""
        return not self._tables.keys().isdisjoint(names)

    def run(
        self,
        now: Callable[[], dt.datetime] | None,
        work: Callable[..., R],
        *arguments: Any,
        keywords: Mapping[str, Any] = _NO_ARGUMENTS,
    ) -> R:
        """Call ``work`` in a step, with these arguments, and return its result.

        ``now`` gives the time against which the expiry of records is checked. Steps do not nest: ``work`` leaves this
        one by `outside` for what may begin another.
        """
        # The statements are in this order because exceptions of signal handlers are raised after a call, not before:
        # if `begin` is broken off, `_settle` acquires the lock, and nothing comes between the end and `release`.
        try:
            self.begin(now)
            result = work(*arguments, **keywords)
            self._keep()
            return result
        except BaseException:
            self._settle()
            raise
        finally:
            self._lock.release()

    def begin(self, now: Callable[[], dt.datetime] | None) -> None:
        """Begin a step that `end` or `abort` ends (see `run`). Raises `UsageError` if the store is sealed."""
        self._settle()
        if self._sealed and not self._sections:
            self._lock.release()
            raise UsageError(_OUTLIVED)
        self._open(now)

    def begin_again(self, now: Callable[[], dt.datetime] | None, undone: int) -> None:
        """Begin a step that goes on with what another one did, when so many sections of `rolled_back` had ended.

        Raises `UsageError` if another has ended since. The step is open nevertheless, to be aborted.
        """
        self._settle()
        self._open(now)
        if undone != self.undone:
            raise UsageError(_OUTLIVED)

    def _open(self, now: Callable[[], dt.datetime] | None) -> None:
        self._now = self._journal.now = now
        self._expiries.changed = False
        self._journal.begin()

    def end(self) -> None:
        """End the step and keep its changes, also if an observer raises an exception, which is raised then."""
        try:
            self._keep()
        except BaseException:
            self._settle()
            raise
        finally:
            self._lock.release()

    def abort(self) -> None:
        """End the step and undo its changes since it began or last committed."""
        try:
            self._settle()
        finally:
            self._lock.release()

    def commit(self) -> None:
        """Keep the changes of the step so far, even if it is aborted later."""
        if self._journal.step is None:
            raise RuntimeError(_NOT_OPEN)
        try:
            if self.observers:
                self._publish()
        finally:
            self._journal.begin()

    def roll_back(self) -> None:
        """Undo the changes of the step since it began or last committed; the step stays open."""
        if self._journal.step is None:
            raise RuntimeError(_NOT_OPEN)
        try:
            self._journal.undo()
        finally:
            self._journal.begin()

    def outside(self) -> Outside:
        """Commit and release the lock inside the context, and begin another step after it.

        Other threads may change the store meanwhile: records that were read before may be stale. Raises `UsageError` if
        what the step has changed was undone meanwhile: it would go on with a store that is another test's by now.
        """
        return Outside(self)

    def seal(self) -> None:
        """From now on refuse, with a `UsageError`, steps outside of `rolled_back`: they would change it for good."""
        self._sealed = True

    @contextmanager
    def rolled_back(self) -> Iterator[None]:
        """Undo at the end all changes made inside the context, and remove observers that were added there."""

        def begin() -> tuple[int, list[Observer], Sequence[Expiry]]:
            self._sections += 1
            return self._journal.savepoint(), list(self.observers), self._expiries.entries()

        def undo() -> None:
            self.observers[:] = observers
            self._journal.undo_to(savepoint)
            self._expiries.restore(expiries)
            self._sections -= 1
            self.undone += 1

        savepoint, observers, expiries = self._alone(begin)
        try:
            yield
        finally:
            self._alone(undo)

    def snapshot(self) -> Snapshot:
        """A snapshot of all records. No step may be open in this thread."""

        def take() -> Snapshot:
            tables = {table.schema: table.snapshot() for table in self._tables.values() if len(table)}
            return Snapshot(tables, self._serial)

        return self._alone(take)

    def tables(self, *, with_history: bool = False) -> dict[str, Table[Any]]:
        """The tables that have been used so far, by name, and perhaps those that keep what records were before."""
        return {
            name: table
            for name, table in self._tables.items()
            if with_history or not isinstance(table.schema, HistorySchema)
        }

    def _create_table(self, schema: Schema[R]) -> Table[R]:
        # Not by assignment: a thread of the server and a step may both be the first to use a table.
        # Its owners know it first: of a table that nobody else gets, they see that it is empty.
        history = None if schema.history is None else self[schema.history]
        locks = None if schema.lock is None else self[schema.lock.schema]
        created = Table(schema, self._journal, self._expiries, history, locks)
        for owner in schema.owners:
            self[owner].dependents.append(created)
        return self._tables.setdefault(schema.name, created)

    def _load(self, snapshot: Snapshot) -> None:
        for schema, table in snapshot.tables.items():
            self[schema].load(table)
        self._serial = snapshot.serial

    def _alone(self, work: Callable[[], R]) -> R:
        """Call ``work`` while no step is open."""
        try:
            self._settle()
            return work()
        except BaseException:
            self._settle()
            raise
        finally:
            self._lock.release()

    def _settle(self) -> None:
        """Hold the lock, and undo the step that is open: this thread's, or one that was broken off.

        In a thread that was interrupted the lock may be held already.
        """
        if not self._owns_lock():
            self._lock.acquire()
        if self._journal.step is not None:
            self._journal.undo()

    def _keep(self) -> None:
        """Keep the changes of the step; if it can't be ended, it stays open and is undone."""
        if self._journal.step is None:
            raise RuntimeError(_NOT_OPEN)
        if self._expiries.changed:
            self._sweep()
        try:
            if self.observers:
                self._publish()
        finally:
            self._journal.end()

    def _publish(self) -> None:
        changes = self._journal.changes()
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


class Outside:
    """The context of `Store.outside`."""

    __slots__ = ("_now", "_store", "_undone")

    def __init__(self, store: Store) -> None:
        self._store = store
        self._now = store._now
        self._undone = store.undone

    def __enter__(self) -> None:
        self._store.end()

    def __exit__(self, *exc: object) -> None:
        self._store.begin_again(self._now, self._undone)
