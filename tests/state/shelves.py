"""Records that belong to one another: pages to books, books to shelves, notes to a book or to a page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pytest_cognito.state.schema import Schema

NOW = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Shelf:
    name: str


@dataclass(frozen=True, slots=True)
class Book:
    title: str
    shelf: str | None = None
    titles: tuple[str, ...] = ()
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    number: int
    book: str


@dataclass(frozen=True, slots=True)
class Note:
    text: str
    book: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Loan:
    number: int
    ends: dt.datetime | None
    shelf: str | None = None


SHELVES: Schema[Shelf] = Schema("test/shelves", key=lambda shelf: shelf.name)
BOOKS: Schema[Book] = Schema(
    "test/books",
    key=lambda book: book.title,
    unique={"titles": lambda book: book.titles},
    ordered={"shelf": lambda book: [(book.shelf, book.rank)]},
    owners={SHELVES: lambda book: book.shelf},
)
PAGES: Schema[Page] = Schema("test/pages", key=lambda page: page.number, owners={BOOKS: lambda page: page.book})
NOTES: Schema[Note] = Schema(
    "test/notes", key=lambda note: note.text, owners={BOOKS: lambda note: note.book, PAGES: lambda note: note.page}
)
LOANS: Schema[Loan] = Schema(
    "test/loans",
    key=lambda loan: loan.number,
    owners={SHELVES: lambda loan: loan.shelf},
    expires=lambda loan: loan.ends,
)


class Calendar:
    """The time that a test sets."""

    def __init__(self) -> None:
        self.moment = NOW

    def __call__(self) -> dt.datetime:
        return self.moment
