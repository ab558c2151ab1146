"""Finding what a test means, or saying what there is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from pytest_cognito.kernel.errors import UsageError

T = TypeVar("T")


class Named(Protocol):
    """A record with an id and a name."""

    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str: ...


N = TypeVar("N", bound=Named)


def by_id(kind: str, records: Iterable[N], id: str) -> N:
    """The record with an id. Raises `UsageError` that says which there are if there is none."""
    known: Mapping[str, N] = {record.id: record for record in records}
    if id not in known:
        there = ", ".join(f"{record.id} ({record.name})" for record in known.values()) or "there is none"
        raise UsageError(f"there is no {kind} with the id {id!r}: {there}")
    return known[id]


def only(kind: str, found: Sequence[T], hint: str) -> T:
    """The only one there is. Raises `UsageError` with ``hint`` if there are several, or none."""
    if not found:
        name = kind.replace(" ", "_")
        raise UsageError(f"there is no {kind}: take cognito_{name}, or cognito.create_{name}()")
    if len(found) > 1:
        raise UsageError(f"there are {len(found)} {kind}s; say which one: {hint}")
    return found[0]
