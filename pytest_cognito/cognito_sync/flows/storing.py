"""Changes of the records of a dataset, and of the dataset with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from pytest_cognito.cognito_sync import errors
from pytest_cognito.cognito_sync.records import DATASETS, Dataset, Record
from pytest_cognito.cognito_sync.rules import limits
from pytest_cognito.cognito_sync.rules.patches import Patch
from pytest_cognito.world import Context


def store(context: Context, dataset: Dataset, patches: Sequence[Patch], by: str) -> tuple[Dataset, list[Record]]:
    """Make the changes of some patches in a dataset, whose sync count goes up by one and is that of the records.

    Returns the dataset and the changed records as they are now. A dataset that isn't there is created, one that was
    deleted counts on.
    """
    now, count, records = context.now(), dataset.sync_count + 1, dict(dataset.records)
    replaced = [record for patch in patches if (record := records.pop(patch.key, None)) is not None]
    changed = [Record(key, value, count, now, by, device or now) for key, value, _, device in patches]
    number = dataset.number + limits.number_of(changed) - limits.number_of(replaced)
    size = dataset.size + limits.size_of(changed) - limits.size_of(replaced)
    limits.check(number, size)
    for record in sorted(changed, key=attrgetter("key")):
        records[record.key] = record
    dataset = replace(
        dataset,
        sync_count=count,
        number=number,
        size=size,
        records=records,
        created=dataset.created if dataset.exists else now,
        modified=now,
        modified_by=by,
        exists=True,
    )
    context.table(DATASETS).put(dataset)
    return dataset, changed


def delete(context: Context, dataset: Dataset, by: str) -> None:
    """Delete a dataset with its records, and remember up to which sync count it was there."""
    datasets, now = context.table(DATASETS), context.now()
    datasets.delete((dataset.identity_id, dataset.name))
    count = dataset.sync_count
    deleted = Dataset(dataset.identity_id, dataset.name, dataset.pool_id, dataset.created, now, by)
    datasets.put(replace(deleted, sync_count=count, deleted_at=count))


def check_room(context: Context, identity_id: str) -> None:
    """Raise if an identity has as many datasets as it can have."""
    if context.table(DATASETS).count("identity", identity_id) >= limits.MOST_DATASETS:
        raise errors.DATASET_LIMIT()
