"""The event of a SyncTrigger, and what Cognito reads of the event that its function returns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pytest_cognito.kernel.functions import Ignored
from pytest_cognito.kernel.text import plain

SYNC_TRIGGER = "SyncTrigger"
EVENTS = (SYNC_TRIGGER,)
"""The events of an identity pool, by AWS's names."""
RECORDS = "datasetRecords"
"""The member of the event that the function may change."""

Values = Mapping[str, str | None]
"""Values of records by key; None for one that is removed, or not there."""

_VERSION = 2
_MAX_KEY = 1024
_MEMBERS = ("oldValue", "newValue", "op")
_READ = ("newValue", "op")
_FUNCTION_ARN = re.compile(r"arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]{1,64}(:(\$LATEST|[\w-]+))?", re.ASCII)


def is_function_arn(arn: str) -> bool:
    return _FUNCTION_ARN.fullmatch(arn) is not None


def event(
    region: str, pool_id: str, identity_id: str, dataset: str, stored: Mapping[str, str], wanted: Values
) -> dict[str, Any]:
    """The event: all records of the dataset as they are ``stored``, with the values that an update ``wanted``.

    A new record has the ``oldValue`` null, a removed one the ``newValue``. One that the update does not touch has the
    same value twice, and the ``op`` replace.
    """
    values: Values = {**stored, **wanted}
    return {
        "version": _VERSION,
        "eventType": SYNC_TRIGGER,
        "region": region,
        "identityPoolId": pool_id,
        "identityId": identity_id,
        "datasetName": dataset,
        RECORDS: {
            key: {"oldValue": stored.get(key), "newValue": value, "op": "remove" if value is None else "replace"}
            for key, value in values.items()
        },
    }


def changes(sent: Mapping[str, Any], returned: Mapping[str, Any]) -> dict[str, str | None]:
    """What the function has changed of the values in the event that it was sent, removed and new records included.

    A record that it leaves out stays as the update wants it. One with the ``op`` remove or without a ``newValue`` is
    removed.
    """
    before = {key: _value(record) for key, record in sent[RECORDS].items()}
    after = {key: _value(record) for key, record in returned[RECORDS].items()}
    return {key: value for key, value in after.items() if value != before.get(key)}


def _value(record: Mapping[str, Any]) -> str | None:
    return record.get("newValue") if record["op"] == "replace" else None


def refusal(sent: Mapping[str, Any], returned: Any) -> str | None:
    """Why Cognito does not accept what a function returned; None if it does."""
    if not isinstance(returned, dict):
        return f"returned {plain(returned)}, not the event"
    changed = [name for name, value in sent.items() if name != RECORDS and not _is_same(returned.get(name), value)]
    if changed:
        return f"returned the event with another {', '.join(changed)}"
    records = returned.get(RECORDS)
    if not isinstance(records, dict):
        return f"returned the event with {RECORDS}={plain(records)}"
    return next(filter(None, (_refusal(key, record) for key, record in records.items())), None)


def _is_same(returned: object, sent: object) -> bool:
    """Whether a value of JSON is the same: true is not 1."""
    return type(returned) is type(sent) and returned == sent


def _refusal(key: str, record: Any) -> str | None:
    """Why Cognito does not accept a record that a function returned."""
    if not 1 <= len(key) <= _MAX_KEY:
        return f"returned a record with a key of {len(key)} characters"
    if not isinstance(record, dict):
        return f"returned {plain(record)} for the record {key}"
    if record.get("op") not in ("replace", "remove"):
        return f"returned the record {key} with op={plain(record.get('op'))}"
    if not isinstance(record.get("newValue"), str | None):
        return f"returned the record {key} with newValue={plain(record['newValue'])}"
    return None


def ignored(sent: Mapping[str, Any], returned: Mapping[str, Any]) -> Iterator[Ignored]:
    """The members of the returned event that Cognito does not read: those that no event has, and other old values."""
    yield from (Ignored(name, (RECORDS,)) for name in returned if name not in sent)
    for key, record in returned[RECORDS].items():
        old = sent[RECORDS].get(key, {}).get("oldValue")
        for name, value in record.items():
            if name not in _MEMBERS or (name == "oldValue" and value not in (None, old)):
                yield Ignored(f"{key}.{name}", _READ)
