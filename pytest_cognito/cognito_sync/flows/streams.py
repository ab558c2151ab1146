"""Cognito Streams: what changes in datasets goes to a Kinesis stream of the account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from pytest_cognito.aws import other_services
from pytest_cognito.aws.arn import arn
from pytest_cognito.cognito_identity import POOLS, IdentityPool
from pytest_cognito.cognito_sync.flows import large_payloads, service_roles
from pytest_cognito.cognito_sync.records import CONFIGURATIONS, DATASETS, Dataset, Record
from pytest_cognito.cognito_sync.rules import stream_records
from pytest_cognito.kernel.streams import StreamFailure, StreamRecord
from pytest_cognito.world import Context

REPLACE = stream_records.REPLACE
REMOVE = stream_records.REMOVE

_FATAL = frozenset(("ResourceNotFoundException", "AccessDeniedException"))
"""The codes of errors by which streaming turns itself off."""


class Failure(NamedTuple):
    """Why a record is not in the stream. ``fatal`` says whether streaming turns itself off."""

    reason: str
    fatal: bool


def publish(
    context: Context, pool_id: str, dataset: Dataset, records: Sequence[Record], operation: str = REPLACE
) -> None:
    """Put a change of a dataset into the stream of its pool, if streaming is enabled.

    ``records`` are those that have changed, ``operation`` is ``replace``, or ``remove`` if the dataset was deleted. The
    call whose change it is does not fail with it. If the stream or the role is gone, streaming turns itself off. The
    step may be left meanwhile.
    """
    configuration = context.table(CONFIGURATIONS).get(pool_id)
    pool = context.table(POOLS).get(pool_id)
    if pool is None or configuration is None or configuration.stream is None:
        return
    if operation == REMOVE:  # the date is that of the deletion
        dataset = context.table(DATASETS).get((dataset.identity_id, dataset.name)) or dataset
    stream = configuration.stream["StreamName"]
    failure = role_failure(context, pool, stream, configuration.stream["RoleArn"])
    if failure is None:
        failure = put(context, pool, stream, dataset, records, operation)
    if failure is not None:
        note(context, pool, stream, failure)


def role_failure(context: Context, pool: IdentityPool, stream: str, role_arn: str) -> Failure | None:
    """Why the role of a stream can't be used, if so. The step is left if another mock's IAM is asked."""
    resource = arn("kinesis", pool.region, pool.account, f"stream/{stream}")
    problem = service_roles.problem(context, pool, role_arn, ("kinesis:PutRecord", resource))
    return None if problem is None else Failure(problem.reason, fatal=problem.lasts)


def put(
    context: Context, pool: IdentityPool, stream: str, dataset: Dataset, records: Sequence[Record], operation: str
) -> Failure | None:
    """Put a document into a stream: into Kinesis where anybody is Kinesis, and into the streams of the world."""
    document = stream_records.document(dataset, records, operation)
    data = stream_records.encoded(document)
    key = dataset.identity_id
    if stream_records.is_too_large(data, key):
        payload = stream_records.payload(document)
        document = stream_records.by_url(document, large_payloads.keep(context, pool, payload))
        data = stream_records.encoded(document)
    failure = _to_kinesis(context, pool, stream, key, data)
    if failure is None:
        context.world.streams.add(StreamRecord(stream, pool.id, key, document, context.now()))
    return failure


def note(context: Context, pool: IdentityPool, stream: str, failure: Failure) -> None:
    """Note a failure, and turn streaming off if it is one that lasts, unless it was configured anew meanwhile."""
    context.world.streams.failures.append(StreamFailure(stream, pool.id, failure.reason, failure.fatal, context.now()))
    configuration = context.table(CONFIGURATIONS).get(pool.id)
    if not failure.fatal or configuration is None or configuration.stream is None:
        return
    if configuration.stream["StreamName"] == stream:
        off = {**configuration.stream, "StreamingStatus": "DISABLED"}
        context.table(CONFIGURATIONS).put(replace(configuration, streams=off))


def _to_kinesis(context: Context, pool: IdentityPool, stream: str, key: str, data: bytes) -> Failure | None:
    if not other_services.may_answer("kinesis"):
        return None
    from botocore.exceptions import BotoCoreError, ClientError

    with context.world.store.outside():
        client = other_services.client("kinesis", pool.region, as_developer=True)
        try:
            client.put_record(StreamName=stream, Data=data, PartitionKey=key)
        except ClientError as error:
            code = error.response["Error"]["Code"]
            unanswered = other_services.is_unanswered(error)
            return None if unanswered else Failure(f"Kinesis answers {code}", code in _FATAL)
        except BotoCoreError as error:
            return Failure(str(error), fatal=False)
    return None
