"""Operations on point-in-time recoveries, which bring users, groups and memberships of a pool back as they were."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.aws.paging import page
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.pools import recovery as flow
from pytest_cognito.cognito_idp.flows.users import importing
from pytest_cognito.cognito_idp.records import (
    POOLS,
    PREVIEW_LIFETIME,
    RECOVERIES,
    RECOVERY_DURATION,
    Recovery,
    UserPool,
)
from pytest_cognito.cognito_idp.rules.pools import tiers
from pytest_cognito.world import Context

_PAGE = 60
_LEAST = dt.timedelta(minutes=15)
_DAY, _MONTH = dt.timedelta(hours=24), dt.timedelta(days=30)
_MOST_ACTIVE = 5
_MOST_PREVIEWS_OF_POOL, _MOST_PREVIEWS_OF_ACCOUNT, _MOST_PREVIEWS_A_MONTH = 3, 10, 10
_CANCELLABLE = ("PREVIEW_GENERATING", "PREVIEW_GENERATED")
_NEXT = {"PREVIEW_GENERATING": "PREVIEW_GENERATED", "RESTORING": "RESTORE_COMPLETED"}


@operation
def initiate_point_in_time_recovery(context: Context, *, user_pool_id: str, restore_timestamp: dt.datetime) -> Response:
    """Pause writes of users and groups, and preview what it takes to bring a pool back as it was at a time.

    The status is PREVIEW_GENERATING; see DescribePointInTimeRecovery.
    """
    pool = _pool(context, user_pool_id)
    if flow.active(context, pool) is not None:
        raise errors.RECOVERY_EXISTS()
    if importing.running(context, pool) is not None:
        raise errors.RECOVERY_DURING_IMPORT()
    _check_moment(context, pool, restore_timestamp)
    _check_limits(context, pool)
    now = context.now()
    recovery = Recovery(
        pool_id=pool.id,
        id=context.world.ids.uuid(),
        restore_to=restore_timestamp,
        began=now,
        number=context.world.store.serial(),
        preview=flow.preview(flow.differences(context, pool, restore_timestamp)),
    )
    context.table(RECOVERIES).put(recovery)
    flow.pause_writes(context, pool, now + PREVIEW_LIFETIME)
    return _described(context, recovery)


@operation
def start_point_in_time_recovery(context: Context, *, user_pool_id: str, restore_id: str) -> Response:
    """Bring a pool back as the preview says. The status is RESTORING; see DescribePointInTimeRecovery."""
    pool = _pool(context, user_pool_id)
    recovery = _find(context, pool, restore_id)
    now = context.now()
    status = recovery.status_at(now)
    if status != "PREVIEW_GENERATED":
        raise errors.RECOVERY_NOT_STARTABLE(restore_id=recovery.id, status=status)
    flow.resume_writes(context, pool)
    flow.restore(context, flow.differences(context, pool, recovery.restore_to))
    flow.pause_writes(context, pool, now + RECOVERY_DURATION)
    recovery = replace(recovery, status="RESTORING", started=now)
    context.table(RECOVERIES).put(recovery)
    return _described(context, recovery)


@operation
def cancel_point_in_time_recovery(context: Context, *, user_pool_id: str, restore_id: str) -> Response:
    """Discard the preview of a recovery that was not started, and let writes go on."""
    pool = _pool(context, user_pool_id)
    recovery = _find(context, pool, restore_id)
    status = recovery.status_at(context.now())
    if status not in _CANCELLABLE:
        raise errors.RECOVERY_NOT_CANCELLABLE(restore_id=recovery.id, status=status)
    flow.resume_writes(context, pool)
    recovery = replace(recovery, status="PREVIEW_CANCELLED")
    context.table(RECOVERIES).put(recovery)
    return _described(context, recovery)


@operation
def describe_point_in_time_recovery(context: Context, *, user_pool_id: str, restore_id: str) -> Response:
    """Get the status of a recovery, and the preview of what it creates, updates and deletes.

    What was in progress is done when somebody looks: the preview, or restoring; and a minute later in any case.
    """
    pool = _pool(context, user_pool_id)
    return _described(context, _looked_at(context, pool, _find(context, pool, restore_id)))


@operation
def list_point_in_time_recoveries(
    context: Context, *, user_pool_id: str, next_token: str | None = None, max_results: int | None = None
) -> Response:
    """List the recoveries of a pool, newest first, without previews. Those in progress go on, as if described."""
    pool = _pool(context, user_pool_id)
    found, token = page(
        lambda after: context.table(RECOVERIES).page("pool", pool.id, after),
        max_results or _PAGE,
        next_token,
        f"ListPointInTimeRecoveries {pool.id}",
        errors.PAGINATION_TOKEN_INVALID,
    )
    return {"Restorations": [_listed(context, _looked_at(context, pool, each)) for each in found], "NextToken": token}


def _pool(context: Context, pool_id: str) -> UserPool:
    pool = lookup.pool(context, pool_id)
    tiers.check_recovery(pool)
    return pool


def _find(context: Context, pool: UserPool, restore_id: str) -> Recovery:
    recovery = context.table(RECOVERIES).get((pool.id, restore_id))
    if recovery is None:
        raise errors.RECOVERY_NOT_FOUND(restore_id=restore_id)
    return recovery


def _looked_at(context: Context, pool: UserPool, recovery: Recovery) -> Recovery:
    """The recovery, with what was in progress done."""
    status = _NEXT.get(recovery.status_at(context.now()))
    if status is None:
        return recovery
    if status == "RESTORE_COMPLETED":
        flow.resume_writes(context, pool)
    recovery = replace(recovery, status=status)
    context.table(RECOVERIES).put(recovery)
    return recovery


def _check_moment(context: Context, pool: UserPool, moment: dt.datetime) -> None:
    """Raise unless a pool can go back to a moment, by its plan now and then."""
    now = context.now()
    if moment > now - _LEAST:
        raise errors.RECOVERY_TOO_RECENT()
    if moment < pool.created:
        raise errors.RECOVERY_BEFORE_POOL()
    for tier in (pool.tier, pool.tier_at(moment)):
        if now - moment > tiers.recovery_period(tier):
            raise errors.RECOVERY_BEYOND_PERIOD(tier=tier)


def _check_limits(context: Context, pool: UserPool) -> None:
    now = context.now()
    pools = context.table(POOLS)
    of_account = [each for each in context.table(RECOVERIES) if _account(pools.get(each.pool_id)) == pool.account]
    of_pool = [each for each in of_account if each.pool_id == pool.id]
    active = ("PREVIEW_GENERATING", "PREVIEW_GENERATED", "RESTORING")
    if sum(each.status_at(now) in active for each in of_account) >= _MOST_ACTIVE:
        raise errors.RECOVERY_LIMIT_ACTIVE()
    if any(each.started is not None and now - each.started < _DAY for each in of_pool):
        raise errors.RECOVERY_LIMIT_COMPLETED()
    for recoveries, period, most in (
        (of_pool, _DAY, _MOST_PREVIEWS_OF_POOL),
        (of_account, _DAY, _MOST_PREVIEWS_OF_ACCOUNT),
        (of_pool, _MONTH, _MOST_PREVIEWS_A_MONTH),
    ):
        if sum(now - each.began < period for each in recoveries) >= most:
            raise errors.RECOVERY_LIMIT_PREVIEWS()


def _account(pool: UserPool | None) -> str | None:
    return None if pool is None else pool.account


def _described(context: Context, recovery: Recovery) -> Response:
    generating = recovery.status_at(context.now()) == "PREVIEW_GENERATING"
    counts = [
        {
            "Entity": entity,
            "CreateCount": count.created,
            "UpdateCount": count.updated,
            "DeleteCount": count.deleted,
        }
        for entity, count in recovery.preview
    ]
    listed = _listed(context, recovery)
    preview = None if generating else counts
    return {"Restoration": {**listed, "TriggerTimestamp": recovery.began, "RestorePreview": preview}}


def _listed(context: Context, recovery: Recovery) -> dict[str, Any]:
    return {
        "RestoreId": recovery.id,
        "RestoreStatus": recovery.status_at(context.now()),
        "RestoreTimestamp": recovery.restore_to,
    }
