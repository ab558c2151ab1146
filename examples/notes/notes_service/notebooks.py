"""The store: notebooks, which the users of one tenant share, in SQLite."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import Depends

from .settings import CurrentDatabases

_TABLE = "CREATE TABLE IF NOT EXISTS note (tenant TEXT, notebook TEXT, author TEXT, text TEXT)"


class Notebooks:
    def __init__(self, database: str) -> None:
        self._database = database

    def write(self, tenant: str, notebook: str, author: str, text: str) -> None:
        """Add a note; a notebook is there from its first note on."""
        with self._connection() as db:
            db.execute("INSERT INTO note VALUES (?, ?, ?, ?)", (tenant, notebook, author, text))

    def read(self, tenant: str) -> dict[str, list[str]]:
        """All notes of a tenant, by notebook."""
        notebooks: dict[str, list[str]] = {}
        with self._connection() as db:
            for notebook, text in db.execute("SELECT notebook, text FROM note WHERE tenant = ?", (tenant,)):
                notebooks.setdefault(notebook, []).append(text)
        return notebooks

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        db = sqlite3.connect(self._database)
        try:
            with db:
                db.execute(_TABLE)
                yield db
        finally:
            db.close()


def notebooks(databases: CurrentDatabases) -> Notebooks:
    return Notebooks(databases.notes)


CurrentNotebooks = Annotated[Notebooks, Depends(notebooks)]
