"""A bulk publish: all datasets of an identity pool go to its stream."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pytest_cognito.cognito_identity import IDENTITIES, POOLS, IdentityPool
from pytest_cognito.cognito_sync.flows import streams
from pytest_cognito.cognito_sync.records import (
    BULK_PUBLISHES,
    CONFIGURATIONS,
    DATASETS,
    BulkPublish,
    Dataset,
    Record,
)
from pytest_cognito.world import Context


def run(context: Context, pool: IdentityPool, stream: str, role_arn: str) -> None:
    """Publish each dataset with all its records, those that were removed left out.

    The first that can't be published ends it, and streaming is turned off if that lasts. The step is left meanwhile:
    of what others change then, the stream gets the old or the new.
    """
    publish = BulkPublish(pool.id, context.now())
    context.table(BULK_PUBLISHES).put(publish)
    failure = streams.role_failure(context, pool, stream, role_arn)
    for dataset, records in _contents(context, pool):
        if failure is not None:
            break
        failure = streams.put(context, pool, stream, dataset, records, streams.REPLACE)
    if failure is None:
        return
    streams.note(context, pool, stream, failure)
    if context.table(POOLS).get(pool.id) is not None:
        context.table(BULK_PUBLISHES).put(replace(publish, outcome="FAILED", failure=failure.reason))


def stream_of(context: Context, pool: IdentityPool) -> tuple[str, str] | None:
    """The stream and the role of a pool, while streaming is enabled."""
    configuration = context.table(CONFIGURATIONS).get(pool.id)
    stream = configuration.stream if configuration is not None else None
    return None if stream is None else (stream["StreamName"], stream["RoleArn"])


def _contents(context: Context, pool: IdentityPool) -> Iterator[tuple[Dataset, list[Record]]]:
    """The datasets of a pool that exist, with their records, each as it is when its turn comes."""
    for identity in context.table(IDENTITIES).owned(POOLS, pool.id):
        for listed in context.table(DATASETS).owned(IDENTITIES, identity.id):
            key = (listed.identity_id, listed.name)
            dataset = context.table(DATASETS).get(key)
            if dataset is not None and dataset.exists:
                yield dataset, [record for record in dataset.records.values() if record.value is not None]
