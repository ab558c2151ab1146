"""The destinations of logs: CloudWatch Logs, Firehose and S3, which another mock or a local endpoint provides."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from pytest_cognito.aws import other_services
from pytest_cognito.cognito_idp.records import UserPool
from pytest_cognito.world import Context

_NOBODY = "no mock and no configured endpoint answers for this service"
Document = Mapping[str, Any]


def deliver(
    context: Context, pool: UserPool, configuration: Mapping[str, Any], document: Document
) -> tuple[str, str | None]:
    """Send a document to the destination of a log configuration; return its ARN, and why it is not there, if so."""
    from botocore.exceptions import BotoCoreError, ClientError

    for member, (key, send) in _SENDERS.items():
        if member in configuration:
            arn = configuration[member][key]
            try:
                send(context, pool, arn, document)
            except ClientError as error:
                return arn, _NOBODY if other_services.is_unanswered(error) else error.response["Error"]["Code"]
            except BotoCoreError as error:
                return arn, str(error)
            return arn, None
    raise ValueError("a log configuration has a destination")


def _to_log_group(context: Context, pool: UserPool, arn: str, document: Document) -> None:
    """Add a log event to the stream of the pool, which is made if the group does not have it."""
    region, group = arn.split(":")[3], arn.split(":log-group:")[1].removesuffix(":*")
    client = other_services.client("logs", region)
    where = {"logGroupName": group, "logStreamName": pool.id}
    with suppress(client.exceptions.ResourceAlreadyExistsException):
        client.create_log_stream(**where)
    # CloudWatch refuses events that are not of about now, and its clock is not the one that a test moves.
    moment = context.now() - context.world.clock.offset
    event = {"timestamp": int(moment.timestamp() * 1000), "message": json.dumps(document)}
    client.put_log_events(**where, logEvents=[event])


def _to_stream(_: Context, __: UserPool, arn: str, document: Document) -> None:
    region, name = arn.split(":")[3], arn.partition("deliverystream/")[2]
    data = f"{json.dumps(document)}\n".encode()
    other_services.client("firehose", region).put_record(DeliveryStreamName=name, Record={"Data": data})


def _to_bucket(context: Context, pool: UserPool, arn: str, document: Document) -> None:
    """Put an object of its own. AWS collects the logs of some minutes in one, and its names are not known."""
    key = f"AWSLogs/{pool.account}/cognito-idp/{pool.region}/{pool.id}/{context.now():%Y/%m/%d}"
    name = f"{document['eventTimestamp']}-{context.world.store.serial()}.json"
    bucket = arn.rpartition(":")[2]
    client = other_services.client("s3", pool.region)
    client.put_object(Bucket=bucket, Key=f"{key}/{name}", Body=json.dumps(document).encode())


Sender = Callable[[Context, UserPool, str, Document], None]
_SENDERS: Mapping[str, tuple[str, Sender]] = {
    "CloudWatchLogsConfiguration": ("LogGroupArn", _to_log_group),
    "FirehoseConfiguration": ("StreamArn", _to_stream),
    "S3Configuration": ("BucketArn", _to_bucket),
}
