"""How much there can be: datasets of an identity, records of a dataset, bytes."""

from __future__ import annotations

from collections.abc import Iterable

from pytest_cognito.cognito_sync import errors
from pytest_cognito.cognito_sync.records import Record

LONGEST_NAME = 128
"""Characters of the name of a dataset, which the service model allows."""
MOST_DATASETS = 20
MOST_RECORDS = 1024
MOST_BYTES = 1024 * 1024
"""The size of a dataset: the keys and the values of its records in UTF-8."""


def number_of(records: Iterable[Record]) -> int:
    """How many records count: those that were removed don't."""
    return sum([record.value is not None for record in records])


def size_of(records: Iterable[Record]) -> int:
    """The bytes that records take. Those that were removed take none."""
    text = "".join([record.key + record.value for record in records if record.value is not None])
    return len(text) if text.isascii() else len(text.encode(errors="surrogatepass"))


def check(records: int, size: int) -> None:
    """Raise if a dataset would have too many records, or be too large."""
    if records > MOST_RECORDS:
        raise errors.RECORD_LIMIT()
    if size > MOST_BYTES:
        raise errors.SIZE_LIMIT()
