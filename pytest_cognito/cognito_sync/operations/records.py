"""Operations on the records of a dataset, by which devices synchronize."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.aws.paging import page
from pytest_cognito.cognito_sync import errors, lookup
from pytest_cognito.cognito_sync.flows import access, merging, sync_sessions, updating
from pytest_cognito.cognito_sync.records import Dataset, Record
from pytest_cognito.cognito_sync.rules import pages, patches
from pytest_cognito.world import Context


@operation
def list_records(
    context: Context,
    *,
    identity_pool_id: str,
    identity_id: str,
    dataset_name: str,
    last_sync_count: int = 0,
    next_token: str | None = None,
    max_results: int | None = None,
    sync_session_token: str | None = None,
) -> Response:
    """List the records of a dataset that were changed after a sync count, removed ones too, and begin a sync session.

    A dataset that isn't there is an empty one. The answer says whether it was deleted since the sync count, and which
    datasets of merged identities wait for being merged into it.
    """
    found = access.of_both_to_list(context, identity_pool_id, identity_id)
    size = pages.size(max_results, pages.RECORDS)
    dataset = lookup.find_dataset(context, identity_id, dataset_name)
    known = 0 if dataset is None else dataset.sync_count
    if not 0 <= last_sync_count <= known:
        raise errors.NO_SUCH_SYNC_COUNT(count=last_sync_count)
    if sync_session_token is not None:
        sync_sessions.check(context, found, dataset_name, sync_session_token)
    records, token = page(
        lambda after: _listing(dataset, after or (last_sync_count, None)),
        size,
        next_token,
        f"ListRecords {identity_id} {dataset_name} {last_sync_count}",
        errors.PAGINATION_TOKEN_INVALID,
    )
    return {
        "Records": [_described(record) for record in records],
        "NextToken": token,
        "Count": len(records),
        **_state(dataset, last_sync_count),
        "MergedDatasetNames": merging.names(context, identity_id, dataset_name),
        "SyncSessionToken": sync_session_token or sync_sessions.begin(context, found, dataset_name),
    }


@operation
def update_records(
    context: Context,
    *,
    identity_pool_id: str,
    identity_id: str,
    dataset_name: str,
    sync_session_token: str,
    record_patches: Sequence[Mapping[str, Any]] = (),
    device_id: str | None = None,
    client_context: str | None = None,
) -> Response:
    """Replace and remove records of a dataset, all or none; the dataset is created if there is none of the name.

    A patch has the sync count that the client last saw of the record; ResourceConflictException says that the record
    has been changed since. ``client_context`` has no effect: AWS says that it is not implemented yet.
    """
    found = access.of_both(context, identity_pool_id, identity_id)
    sync_sessions.check(context, found, dataset_name, sync_session_token)
    records = updating.update(context, found, dataset_name, patches.read(record_patches), device_id)
    return {"Records": [_described(record) for record in records]}


def _listing(dataset: Dataset | None, after: tuple[int, str | None]) -> Iterator[tuple[Any, Record]]:
    if dataset is not None:
        for record in dataset.changed_after(*after):
            yield (record.sync_count, record.key), record


def _state(dataset: Dataset | None, last_sync_count: int) -> dict[str, Any]:
    """What is told of a dataset to a client that has seen it at a sync count, 0 if never."""
    if dataset is None:
        return {"DatasetSyncCount": 0, "DatasetExists": False, "DatasetDeletedAfterRequestedSyncCount": False}
    deleted_at = dataset.deleted_at or 0
    return {
        "DatasetSyncCount": dataset.sync_count if dataset.exists else 0,
        "LastModifiedBy": dataset.modified_by if dataset.exists else None,
        "DatasetExists": dataset.exists,
        "DatasetDeletedAfterRequestedSyncCount": 0 < last_sync_count <= deleted_at,
    }


def _described(record: Record) -> dict[str, Any]:
    return {
        "Key": record.key,
        "Value": record.value,
        "SyncCount": record.sync_count,
        "LastModifiedDate": record.modified,
        "LastModifiedBy": record.modified_by,
        "DeviceLastModifiedDate": record.device_modified,
    }
