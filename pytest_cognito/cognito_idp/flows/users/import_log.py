"""The log of an import job in CloudWatch Logs, where another mock or a local endpoint provides that."""

from __future__ import annotations

import os
import sys
from typing import Any

from botocore.exceptions import ClientError

from pytest_cognito.aws import other_services
from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import UserImportJob, UserPool
from pytest_cognito.world import Context

_ENDPOINTS = ("AWS_ENDPOINT_URL_CLOUDWATCH_LOGS", "AWS_ENDPOINT_URL")
_EVENTS_AT_ONCE = 5000
_EXISTS = "ResourceAlreadyExistsException"


def begin(pool: UserPool, job: UserImportJob) -> None:
    """Make the log group and the log stream of a job; raise what makes the job fail if that is refused."""
    where = _where(pool, job)
    _call(pool, "create_log_group", logGroupName=where["logGroupName"])
    _call(pool, "create_log_stream", **where)


def write(context: Context, pool: UserPool, job: UserImportJob) -> None:
    """Write the lines of a job that is at its end."""
    moment = int(context.now().timestamp() * 1000)
    for start in range(0, len(job.log), _EVENTS_AT_ONCE):
        lines = job.log[start : start + _EVENTS_AT_ONCE]
        events = [{"timestamp": moment, "message": line} for line in lines]
        _call(pool, "put_log_events", **_where(pool, job), logEvents=events)


def _where(pool: UserPool, job: UserImportJob) -> dict[str, str]:
    return {
        "logGroupName": f"/aws/cognito/userpools/{pool.id}/{pool.name}",
        "logStreamName": f"{job.id}/{job.name}",
    }


def _call(pool: UserPool, operation: str, **parameters: Any) -> None:
    """Call CloudWatch Logs, unless nothing here can answer: making a client takes longer than a whole job."""
    if "moto" not in sys.modules and not any(name in os.environ for name in _ENDPOINTS):
        return
    try:
        getattr(other_services.client("logs", pool.region), operation)(**parameters)
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code != _EXISTS and not other_services.is_unanswered(error):
            raise errors.IMPORT_LOG_REFUSED(code=code) from error
