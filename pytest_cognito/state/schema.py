"""The declaration of a table: how its records are found, which own them, when they expire, what is kept of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

R = TypeVar("R")


@dataclass(frozen=True, eq=False)
class Schema(Generic[R]):
    """The declaration of a table. A store creates the table when it is first used.

    ``name`` is ``"service/name"`` and unique in a store; ``key`` gives the key of a record.

    ``unique`` has the unique indexes by name, as functions that give a record's values in the index. A record may have
    several (``user.names``); a value leads to the record that was last put with it.

    ``ordered`` has the ordered indexes by name, as functions that give a record's entries: pairs of a group and a sort
    value. A page of the index has the records of one group, sorted by that value.

    ``owners`` has, by the schema of the owner, functions that give the key of the record's owner (``None``: no owner).
    A record is deleted together with any of its owners.

    ``expires`` gives the time from which a record may be deleted (``None``: never). Expired records are deleted at the
    end of the next step that puts a record with an expiry, so that their number stays bounded.

    ``history`` is the table that keeps what records were before they were changed or deleted. A record that is put anew
    leaves no trace in it, because most records are never changed: ``created`` gives the time since when there is one.

    ``lock`` says while what no record may be put or deleted.
    """

    name: str
    key: Callable[[R], Hashable]
    unique: Mapping[str, Callable[[R], Iterable[Hashable]]] = field(default_factory=dict)
    ordered: Mapping[str, Callable[[R], Iterable[tuple[Hashable, Any]]]] = field(default_factory=dict)
    owners: Mapping[Schema[Any], Callable[[R], Hashable | None]] = field(default_factory=dict)
    expires: Callable[[R], dt.datetime | None] | None = None
    history: HistorySchema | None = None
    created: Callable[[R], dt.datetime] | None = None
    lock: Lock | None = None

    def __post_init__(self) -> None:
        service, _, table = self.name.partition("/")
        if not service or not table:
            raise ValueError(f'the name of a schema is "service/name", not {self.name!r}')
        if (self.history is None) is not (self.created is None):
            raise ValueError(f"{self.name} has a history and says since when there is a record, or neither")


class Version(NamedTuple):
    """What a record was until a moment; ``None``: there was none."""

    until: dt.datetime
    record: Any


@dataclass(frozen=True, slots=True)
class Versions:
    """The earlier versions of the record with a key in a table, oldest first."""

    table: str
    key: Any
    versions: tuple[Version, ...]

    def with_version(self, until: dt.datetime, record: Any, kept: dt.timedelta) -> Versions:
        """These versions, a further one, and none that is no longer kept.

        Of the versions that ended at the same moment the first one counts: the others were there for no time.
        """
        if self.versions and self.versions[-1].until == until:
            return self
        first = 0
        while first < len(self.versions) and self.versions[first].until <= until - kept:
            first += 1
        return Versions(self.table, self.key, (*self.versions[first:], Version(until, record)))

    def before(self, moment: dt.datetime) -> Version | None:
        """The version that was there at a moment; ``None`` if the record has not been changed since."""
        return next((version for version in self.versions if version.until > moment), None)


@dataclass(frozen=True, eq=False)
class HistorySchema(Schema[Versions]):
    """The declaration of a table of `Versions`, which are ``kept`` for so long; its key is `history_key`."""

    kept: dt.timedelta = dt.timedelta()


def history_key(versions: Versions) -> tuple[str, Hashable]:
    """The key of the versions of a record."""
    return versions.table, versions.key


class Lock(NamedTuple):
    """What keeps records of a table from being put or deleted.

    A record is locked while ``schema`` has a record with the key that ``key`` gives for it, until the time that
    ``until`` gives for that; ``error`` is what an attempt to change it raises.
    """

    schema: Schema[Any]
    key: Callable[[Any], Hashable]
    until: Callable[[Any], dt.datetime]
    error: Callable[[], Exception]
