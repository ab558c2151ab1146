"""Operations on the datasets of an identity."""

from __future__ import annotations

from typing import Any

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.aws.paging import page
from pytest_cognito.cognito_sync import errors, lookup
from pytest_cognito.cognito_sync.flows import access, updating
from pytest_cognito.cognito_sync.records import DATASETS, Dataset
from pytest_cognito.cognito_sync.rules import pages
from pytest_cognito.world import Context


@operation
def list_datasets(
    context: Context,
    *,
    identity_pool_id: str,
    identity_id: str,
    next_token: str | None = None,
    max_results: int | None = None,
) -> Response:
    """List the datasets of an identity, by name."""
    access.of_both_to_list(context, identity_pool_id, identity_id)
    found, token = page(
        lambda after: context.table(DATASETS).page("identity", identity_id, after),
        pages.size(max_results, pages.DATASETS),
        next_token,
        f"ListDatasets {identity_id}",
        errors.PAGINATION_TOKEN_INVALID,
    )
    return {"Datasets": [_described(dataset) for dataset in found], "Count": len(found), "NextToken": token}


@operation
def describe_dataset(context: Context, *, identity_pool_id: str, identity_id: str, dataset_name: str) -> Response:
    """Get when a dataset was made and changed, and by whom, the number of its records and their size."""
    access.of_both(context, identity_pool_id, identity_id)
    return {"Dataset": _described(lookup.dataset(context, identity_id, dataset_name))}


@operation
def delete_dataset(context: Context, *, identity_pool_id: str, identity_id: str, dataset_name: str) -> Response:
    """Delete a dataset with its records. ListRecords tells it to devices that have seen the dataset.

    One that is made anew under the name counts on from the sync count of the deleted one.
    """
    found = access.of_both(context, identity_pool_id, identity_id)
    return {"Dataset": _described(updating.delete(context, found, dataset_name))}


def _described(dataset: Dataset) -> dict[str, Any]:
    return {
        "IdentityId": dataset.identity_id,
        "DatasetName": dataset.name,
        "CreationDate": dataset.created,
        "LastModifiedDate": dataset.modified,
        "LastModifiedBy": dataset.modified_by,
        "DataStorage": dataset.size,
        "NumRecords": dataset.number,
    }
