"""The declaration of a table: how its records are found, which records own them, and when they expire."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

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
    """

    name: str
    key: Callable[[R], Hashable]
    unique: Mapping[str, Callable[[R], Iterable[Hashable]]] = field(default_factory=dict)
    ordered: Mapping[str, Callable[[R], Iterable[tuple[Hashable, Any]]]] = field(default_factory=dict)
    owners: Mapping[Schema[Any], Callable[[R], Hashable | None]] = field(default_factory=dict)
    expires: Callable[[R], dt.datetime | None] | None = None

    def __post_init__(self) -> None:
        service, _, table = self.name.partition("/")
        if not service or not table:
            raise ValueError(f'the name of a schema is "service/name", not {self.name!r}')
