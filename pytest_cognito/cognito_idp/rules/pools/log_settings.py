"""The validation of log delivery configurations."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import UserPool

AUTH_EVENTS = "userAuthEvents"
NOTIFICATION = "userNotification"
_LEVELS = {AUTH_EVENTS: "INFO", NOTIFICATION: "ERROR"}
_LOG_GROUP = "CloudWatchLogsConfiguration"
_DESTINATIONS = {
    _LOG_GROUP: ("LogGroupArn", "log group", re.compile(r"arn:[\w-]+:logs:[\w-]+:\d+:log-group:[^:]+(:\*)?")),
    "FirehoseConfiguration": (
        "StreamArn",
        "Firehose stream",
        re.compile(r"arn:[\w-]+:firehose:[\w-]+:\d+:deliverystream/[^/]+"),
    ),
    "S3Configuration": ("BucketArn", "bucket", re.compile(r"arn:[\w-]+:s3:::[^/:]+")),
}


def check(pool: UserPool, configurations: Sequence[Mapping[str, Any]]) -> None:
    """Raise if AWS does not allow these log configurations of a pool."""
    for configuration in configurations:
        source, level = configuration["EventSource"], configuration["LogLevel"]
        if _LEVELS[source] != level:
            raise errors.LOG_LEVEL_INVALID(level=level, source=source)
        _check_destination(pool, source, configuration)
    sources = [configuration["EventSource"] for configuration in configurations]
    for source in _LEVELS:
        if sources.count(source) > 1:
            raise errors.LOG_SOURCE_REPEATED(source=source)


def _check_destination(pool: UserPool, source: str, configuration: Mapping[str, Any]) -> None:
    given = [member for member in _DESTINATIONS if member in configuration]
    if len(given) != 1:
        raise errors.LOG_DESTINATION_NOT_ONE(source=source)
    [member] = given
    if source == NOTIFICATION and member != _LOG_GROUP:
        raise errors.LOG_DESTINATION_INVALID(source=source)
    key, kind, pattern = _DESTINATIONS[member]
    arn = configuration[member].get(key) or ""
    if pattern.fullmatch(arn) is None:
        raise errors.LOG_DESTINATION_MALFORMED(arn=arn, kind=kind)
    if member == _LOG_GROUP and arn.split(":")[4] != pool.account:
        raise errors.LOG_GROUP_OF_OTHER_ACCOUNT()
