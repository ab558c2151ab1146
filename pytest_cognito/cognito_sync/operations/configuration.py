"""Operations on what an identity pool is configured to do with its datasets: push sync and streams."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.cognito_sync import errors
from pytest_cognito.cognito_sync.flows import access
from pytest_cognito.cognito_sync.records import CONFIGURATIONS, Configuration
from pytest_cognito.world import Context


@operation
def set_identity_pool_configuration(
    context: Context,
    *,
    identity_pool_id: str,
    push_sync: Mapping[str, Any] | None = None,
    cognito_streams: Mapping[str, Any] | None = None,
) -> Response:
    """Configure push sync and streams of an identity pool.

    What is left out stays as it is; an empty PushSync or CognitoStreams removes it. Applications, roles and streams
    need not exist yet.
    """
    pool = access.of_developer(context, identity_pool_id)
    configuration = _of(context, pool.id)
    if push_sync is not None:
        configuration = replace(configuration, push=_filled(push_sync))
    if cognito_streams is not None:
        _check_streams(cognito_streams)
        configuration = replace(configuration, streams=_filled(cognito_streams))
    context.table(CONFIGURATIONS).put(configuration)
    return _described(configuration)


@operation
def get_identity_pool_configuration(context: Context, *, identity_pool_id: str) -> Response:
    """Get what push sync and streams of an identity pool are configured to; a new pool has neither."""
    return _described(_of(context, access.of_developer(context, identity_pool_id).id))


def _of(context: Context, pool_id: str) -> Configuration:
    return context.table(CONFIGURATIONS).get(pool_id) or Configuration(pool_id)


def _filled(given: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The members that say anything; None if there are none."""
    return {member: value for member, value in given.items() if value} or None


def _check_streams(given: Mapping[str, Any]) -> None:
    """Raise unless streaming, where it is to be enabled, has a stream and a role."""
    if given.get("StreamingStatus") == "ENABLED":
        for member in ("StreamName", "RoleArn"):
            if not given.get(member):
                raise errors.STREAM_INCOMPLETE(member=member)


def _described(configuration: Configuration) -> Response:
    return {
        "IdentityPoolId": configuration.pool_id,
        "PushSync": None if configuration.push is None else dict(configuration.push),
        "CognitoStreams": None if configuration.streams is None else dict(configuration.streams),
    }
