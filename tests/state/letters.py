"""Records whose earlier versions are kept, and that can be locked: letters in drawers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pytest_cognito.state.schema import HistorySchema, Lock, Schema, Version, Versions, history_key
from pytest_cognito.state.store import Store

BEGIN = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
KEPT = dt.timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Drawer:
    name: str


@dataclass(frozen=True, slots=True)
class Letter:
    drawer: str
    title: str
    text: str
    written: dt.datetime = BEGIN


@dataclass(frozen=True, slots=True)
class Key:
    drawer: str
    until: dt.datetime


class Locked(Exception):
    """The drawer is locked."""


DRAWERS: Schema[Drawer] = Schema("test/drawers", key=lambda drawer: drawer.name)
KEYS: Schema[Key] = Schema("test/keys", key=lambda key: key.drawer, owners={DRAWERS: lambda key: key.drawer})
DRAFTS = HistorySchema("test/drafts", key=history_key, owners={DRAWERS: lambda versions: versions.key[0]}, kept=KEPT)
LETTERS: Schema[Letter] = Schema(
    "test/letters",
    key=lambda letter: (letter.drawer, letter.title),
    owners={DRAWERS: lambda letter: letter.drawer},
    history=DRAFTS,
    created=lambda letter: letter.written,
    lock=Lock(KEYS, key=lambda letter: letter.drawer, until=lambda key: key.until, error=Locked),
)


class Desk:
    """A store with letters, and a clock that a test sets."""

    def __init__(self, store: Store | None = None) -> None:
        self.store = store or Store()
        self.now = BEGIN

    def put(self, text: str, drawer: str = "a", title: str = "one") -> None:
        self.step(lambda: self.store[LETTERS].put(Letter(drawer, title, text)))

    def delete(self, drawer: str = "a", title: str = "one") -> None:
        self.step(lambda: self.store[LETTERS].delete((drawer, title)))

    def step(self, work: object) -> None:
        assert callable(work)
        self.store.run(lambda: self.now, work)

    def wait(self, **time: float) -> None:
        self.now += dt.timedelta(**time)

    def versions(self, drawer: str = "a", title: str = "one") -> list[tuple[dt.datetime, str | None]]:
        found = self.store[DRAFTS].get(history_key(Versions(LETTERS.name, (drawer, title), ())))
        kept: tuple[Version, ...] = () if found is None else found.versions
        return [(each.until, each.record and each.record.text) for each in kept]
