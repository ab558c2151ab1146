"""The CSV file of an import job: its header, and its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import UserPool

MFA_ENABLED = "cognito:mfa_enabled"
USERNAME = "cognito:username"
PASSWORD_HASH = "password_hash"
_LARGEST = 100 * 1024 * 1024
_MOST_ROWS = 500_000
_LONGEST_ROW = 16_000
_NEVER_IMPORTED = ("sub", "identities")
_COMMA = re.compile(r"(?<!\\),")


class CSVFile(NamedTuple):
    """A file: the names of its columns, and the lines of its rows, each with its number in the file."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[int, str]]


def header(pool: UserPool) -> list[str]:
    """The columns that a file for a pool must have, in the order of GetCSVHeader."""
    attributes = [attribute["Name"] for attribute in pool.schema if attribute["Name"] not in _NEVER_IMPORTED]
    return [*attributes, MFA_ENABLED, USERNAME]


def read(pool: UserPool, data: bytes, algorithm: str | None) -> CSVFile:
    """Read a file; raise for what makes the whole job fail. The columns may be in any order."""
    if len(data) > _LARGEST:
        raise errors.FILE_TOO_LARGE()
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise errors.FILE_NOT_UTF8() from None
    if text.startswith("\ufeff"):
        raise errors.FILE_NOT_UTF8()
    first, *lines = text.replace("\r\n", "\n").split("\n")
    rows = [(number, line) for number, line in enumerate(lines, start=2) if line.strip()]
    if len(rows) > _MOST_ROWS:
        raise errors.FILE_TOO_LONG()
    return CSVFile(_columns(pool, first, algorithm), rows)


def values(line: str, count: int) -> list[str]:
    """The values of a row, without the blanks around them; raise if there are not as many as columns.

    A comma that is part of a value has a backslash before it. Quotation marks are characters like others.
    """
    if len(line) > _LONGEST_ROW:
        raise errors.ROW_TOO_LONG()
    found = line.split(",") if "\\" not in line else [part.replace("\\,", ",") for part in _COMMA.split(line)]
    if len(found) != count:
        raise errors.ROW_COLUMNS(found=len(found), expected=count)
    return [value.strip() for value in found]


def csv_line(values: Sequence[str]) -> str:
    """The row with these values."""
    return ",".join(value.replace(",", "\\,") for value in values)


def _columns(pool: UserPool, first: str, algorithm: str | None) -> tuple[str, ...]:
    columns = tuple(name.strip() for name in first.split(","))
    expected = header(pool)
    if algorithm is not None:
        if PASSWORD_HASH not in columns:
            raise errors.FILE_WITHOUT_HASHES()
        expected.append(PASSWORD_HASH)
    for problem, names in (
        ("missing", [name for name in expected if name not in columns]),
        ("unknown", [name for name in columns if name not in expected]),
        ("twice", [name for name in expected if columns.count(name) > 1]),
    ):
        if names:
            raise errors.FILE_HEADER(problem=f"{problem}: {', '.join(names)}")
    return columns
