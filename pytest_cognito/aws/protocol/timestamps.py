"""Timestamps as AWS writes and reads them: to the millisecond, as a number of seconds or in ISO 8601."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from botocore.utils import parse_timestamp

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)


def from_seconds(seconds: float) -> datetime:
    """The time a number of seconds after the epoch. Raises ``OverflowError`` if ``datetime`` can't represent it."""
    return EPOCH + timedelta(microseconds=round(seconds * 1_000_000))


def from_iso8601(text: str) -> datetime:
    """The time of a text in ISO 8601, in UTC if the text has no offset. Raises ``ValueError``."""
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def seconds(moment: datetime) -> float:
    """The time in seconds since the epoch with three decimals, as in the JSON protocols."""
    return ((moment - EPOCH) // _MILLISECOND) / 1000


def iso8601(moment: datetime) -> str:
    """The time as in the query protocol: UTC, with milliseconds unless they are zero."""
    whole = moment.astimezone(UTC).replace(tzinfo=None)
    precision = "milliseconds" if whole.microsecond >= 1000 else "seconds"
    return whole.isoformat(timespec=precision) + "Z"


def parsed_seconds(moment: datetime) -> datetime:
    """The time as botocore parses it in the JSON protocols: in the local time zone."""
    return _parsed_seconds(moment, time.tzname, time.timezone)


def parsed_iso8601(moment: datetime) -> datetime:
    """The time as botocore parses it in the query protocol."""
    return _parsed_iso8601(moment)


# The time zone is part of the key: a test may change it (``time.tzset``, time-machine).
@lru_cache(maxsize=8192)
def _parsed_seconds(moment: datetime, _names: tuple[str, str], _offset: int) -> datetime:
    parsed: datetime = parse_timestamp(str(seconds(moment)))
    return parsed


@lru_cache(maxsize=1024)
def _parsed_iso8601(moment: datetime) -> datetime:
    parsed: datetime = parse_timestamp(iso8601(moment))
    return parsed
