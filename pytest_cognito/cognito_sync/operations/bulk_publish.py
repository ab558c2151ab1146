"""Operations on bulk publishes of an identity pool's datasets to its stream."""

from __future__ import annotations

from dataclasses import replace

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.cognito_sync import errors
from pytest_cognito.cognito_sync.flows import access, bulk_publishing
from pytest_cognito.cognito_sync.records import BULK_PUBLISHES
from pytest_cognito.cognito_sync.records.bulk_publishes import ONCE_IN
from pytest_cognito.world import Context


@operation
def bulk_publish(context: Context, *, identity_pool_id: str) -> Response:
    """Publish all datasets of an identity pool to its stream, once in 24 hours.

    What is published is in the stream at once; its status is IN_PROGRESS at first, see GetBulkPublishDetails. A publish
    that has failed may be repeated.
    """
    pool = access.of_developer(context, identity_pool_id)
    last = context.table(BULK_PUBLISHES).get(pool.id)
    if last is not None:
        status = last.status_at(context.now())
        if status == "IN_PROGRESS":
            raise errors.PUBLISH_IN_PROGRESS(pool_id=pool.id)
        if status == "SUCCEEDED" and context.now() < last.started + ONCE_IN:
            raise errors.PUBLISHED_ALREADY(pool_id=pool.id)
    stream = bulk_publishing.stream_of(context, pool)
    if stream is None:
        raise errors.STREAMS_NOT_ENABLED(pool_id=pool.id)
    bulk_publishing.run(context, pool, *stream)
    return {"IdentityPoolId": pool.id}


@operation
def get_bulk_publish_details(context: Context, *, identity_pool_id: str) -> Response:
    """Get the status of the last bulk publish of an identity pool.

    It is IN_PROGRESS at the first look, unless a minute has passed, and then SUCCEEDED or FAILED.
    """
    pool = access.of_developer(context, identity_pool_id)
    last = context.table(BULK_PUBLISHES).get(pool.id)
    if last is None:
        return {"IdentityPoolId": pool.id, "BulkPublishStatus": "NOT_STARTED"}
    status = last.status_at(context.now())
    context.table(BULK_PUBLISHES).put(replace(last, seen=True))
    return {
        "IdentityPoolId": pool.id,
        "BulkPublishStartTime": last.started,
        "BulkPublishCompleteTime": last.started if status == "SUCCEEDED" else None,
        "BulkPublishStatus": status,
        "FailureMessage": last.failure if status == "FAILED" else None,
    }
