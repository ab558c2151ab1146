"""What becomes of the datasets of identities that are merged."""

from __future__ import annotations

from dataclasses import replace

from pytest_cognito.cognito_identity import IDENTITIES
from pytest_cognito.cognito_sync import lookup
from pytest_cognito.cognito_sync.flows import storing
from pytest_cognito.cognito_sync.records import DATASETS, Dataset
from pytest_cognito.cognito_sync.rules.limits import LONGEST_NAME
from pytest_cognito.cognito_sync.rules.patches import Patch
from pytest_cognito.kernel.errors import Unsupported
from pytest_cognito.world import Context


def move_datasets(context: Context, from_identity_id: str, to_identity_id: str) -> None:
    """Give the datasets of an identity to the one that it is merged into.

    ``game`` becomes ``game.<id of the merged identity>``, which ListRecords of ``game`` names until it is deleted, so
    that an application can take over what is in it. Its sync count is 1. A dataset that has come by an earlier merge
    keeps its name, and stays one that ``game`` names.

    A name of more than 128 characters could not be asked for: what AWS does there is not known.
    """
    datasets, now = context.table(DATASETS), context.now()
    for dataset in sorted(datasets.owned(IDENTITIES, from_identity_id), key=lambda each: each.name):
        if dataset.exists:
            merged_into = dataset.merged_into or dataset.name
            name = dataset.name if dataset.merged_into else f"{dataset.name}.{from_identity_id}"
            if len(name) > LONGEST_NAME:
                raise Unsupported(
                    f"pytest-cognito can't merge an identity with a dataset whose name is as long as {dataset.name!r}: "
                    f"it would be called {name}, and the API takes names of {LONGEST_NAME} characters at most."
                )
            patches = [
                Patch(record.key, record.value, None, record.device_modified)
                for record in dataset.records.values()
                if record.value is not None
            ]
            target = lookup.find_dataset(context, to_identity_id, name)
            if target is None:
                target = Dataset(to_identity_id, name, dataset.pool_id, dataset.created, now, dataset.modified_by)
            stored, _ = storing.store(context, target, patches, dataset.modified_by)
            datasets.put(replace(stored, merged_into=merged_into))
        datasets.delete((from_identity_id, dataset.name))


def names(context: Context, identity_id: str, name: str) -> list[str]:
    """MergedDatasetNames: the datasets of merged identities that wait for being taken over into one."""
    return [each.name for _, each in context.table(DATASETS).page("merged", (identity_id, name))]
