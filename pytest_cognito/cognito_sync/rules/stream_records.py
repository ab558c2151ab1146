"""The documents that Cognito Streams put into a stream."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any, Final

from pytest_cognito.cognito_sync.records import Dataset, Record

REPLACE: Final = "replace"
REMOVE: Final = "remove"
MAX_SIZE = 1024 * 1024
"""The size in bytes, with the partition key, above which Kinesis refuses a record."""


def document(dataset: Dataset, records: Sequence[Record], operation: str) -> dict[str, Any]:
    """What a consumer of the stream gets, with the records in it. That of a deleted dataset has none."""
    return {
        "identityPoolId": dataset.pool_id,
        "identityId": dataset.identity_id,
        "dataSetName": dataset.name,
        "operation": operation,
        "kinesisSyncRecords": None if operation == REMOVE else [_record(record) for record in records],
        "lastModifiedDate": _milliseconds(dataset.modified),
        "kinesisSyncRecordsURL": None,
        "payloadType": "Inline",
        "syncCount": dataset.sync_count,
    }


def encoded(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def payload(data: dict[str, Any]) -> bytes:
    """What is behind the address of a large document: the list of its records."""
    return encoded(data["kinesisSyncRecords"])


def is_too_large(data: bytes, partition_key: str) -> bool:
    return len(data) + len(partition_key) > MAX_SIZE


def by_url(data: dict[str, Any], url: str) -> dict[str, Any]:
    """A document whose records are behind an address."""
    return {**data, "kinesisSyncRecords": None, "kinesisSyncRecordsURL": url, "payloadType": "S3Url"}


def _record(record: Record) -> dict[str, Any]:
    return {
        "key": record.key,
        "value": record.value,
        "syncCount": record.sync_count,
        "lastModifiedDate": _milliseconds(record.modified),
        "deviceLastModifiedDate": _milliseconds(record.device_modified),
        "op": REPLACE if record.value is not None else REMOVE,
    }


def _milliseconds(moment: dt.datetime) -> int:
    return int(moment.timestamp() * 1000)
