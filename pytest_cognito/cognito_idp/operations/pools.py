"""Operations on user pools."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from heapq import merge
from typing import Any

from pytest_cognito.aws.constant import ResourceDescription
from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.aws.paging import page
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.pools import plans, saving
from pytest_cognito.cognito_idp.flows.users import importing
from pytest_cognito.cognito_idp.records import DOMAINS, POOLS, REPLICAS, USERS, UserPool
from pytest_cognito.cognito_idp.rules import quotas
from pytest_cognito.cognito_idp.rules.messages import sms_senders
from pytest_cognito.cognito_idp.rules.pools import pool_settings
from pytest_cognito.cognito_idp.rules.pools import replicas as replica_rules
from pytest_cognito.world import Context

_ID = re.compile(r"[\w-]+_[0-9a-zA-Z]+", re.ASCII)
_MAX_ID_LENGTH = 55
_ID_TAG = "_custom_id_"
_DOMAIN = {False: "Domain", True: "CustomDomain"}


@operation(settings=pool_settings.MEMBERS_AT_CREATION)
def create_user_pool(context: Context, **settings: Any) -> Response:
    """Create a pool, with AWS's defaults for members that the request leaves out.

    Its id is generated unless the test has pinned it or the tag ``_custom_id_`` has it.
    """
    if context.table(POOLS).count("region", (context.account, context.region)) >= quotas.USER_POOLS:
        raise errors.POOL_LIMIT()
    sms_senders.check(settings.get("SmsConfiguration"), context.region)
    return {"UserPool": _described(context, _create(context, pool_settings.complete(settings)))}


@operation
def describe_user_pool(context: Context, *, user_pool_id: str) -> Response:
    """Get all settings of a pool, and its number of users."""
    return {"UserPool": _described(context, lookup.pool(context, user_pool_id))}


@operation(settings=pool_settings.MEMBERS)
def update_user_pool(context: Context, *, user_pool_id: str, **settings: Any) -> Response:
    """Replace the settings of a pool.

    Members that the request leaves out are reset, except the name, the feature plan, the tags, the MFA mode, the
    password policy, the sign-in policy and DcrConfiguration, which are kept.
    """
    pool = lookup.pool(context, user_pool_id)
    importing.check_none_runs(context, pool)
    sms_senders.check(settings.get("SmsConfiguration"), pool.region)
    complete = pool_settings.complete(settings, current=pool.settings, mfa_config=pool.mfa_config)
    now = context.now()
    earlier = () if complete["UserPoolTier"] == pool.tier else ((now, pool.tier),)
    updated = replace(pool, settings=complete, modified=now, earlier_tiers=(*pool.earlier_tiers, *earlier))
    plans.check(context, updated)
    saving.save(context, updated)
    return {}


@operation
def delete_user_pool(context: Context, *, user_pool_id: str) -> Response:
    """Delete a pool with its users, app clients and groups; raise if deletion protection is active."""
    pool = lookup.pool(context, user_pool_id)
    if pool.settings["DeletionProtection"] == "ACTIVE":
        raise errors.POOL_PROTECTED()
    if context.table(DOMAINS).owned(POOLS, pool.id):
        raise errors.POOL_HAS_DOMAIN()
    if context.table(REPLICAS).number_owned(POOLS, pool.id):
        raise errors.POOL_HAS_REPLICA()
    importing.check_none_runs(context, pool)
    context.table(POOLS).delete(pool.id)
    return {}


@operation
def list_user_pools(context: Context, *, max_results: int, next_token: str | None = None) -> Response:
    """List the pools of the account and the region of the call, oldest first."""
    account_and_region = (context.account, context.region)
    found, token = page(
        lambda after: _listing(context, account_and_region, after),
        max_results,
        next_token,
        f"ListUserPools {account_and_region}",
        errors.PAGINATION_TOKEN_INVALID,
    )
    return {"UserPools": [_listed(context, pool) for pool in found], "NextToken": token}


def _listing(context: Context, account_and_region: tuple[str, str], after: Any) -> Iterator[tuple[Any, UserPool]]:
    """The pools and the replicas of a region by age, each with its position."""
    pools, replicas = context.table(POOLS), context.table(REPLICAS)
    secondaries = (
        (position, replica_rules.view(primary, replica))
        for position, replica in replicas.page("region", account_and_region, after)
        if (primary := pools.get(replica.pool_id)) is not None
    )
    return merge(pools.page("region", account_and_region, after), secondaries, key=lambda entry: entry[0][0])


def _create(context: Context, settings: Mapping[str, Any]) -> UserPool:
    pinned = context.pins.get("pool") or settings["UserPoolTags"].get(_ID_TAG)
    now = context.now()
    pool = UserPool(
        id=_draw_id(context) if pinned is None else _checked_id(context, pinned),
        region=context.region,
        account=context.account,
        settings=settings,
        created=now,
        modified=now,
        number=context.world.store.serial(),
        pinned=pinned is not None,
    )
    context.table(POOLS).put(pool)
    return pool


def _draw_id(context: Context) -> str:
    return f"{context.region}_{context.world.ids.text(9)}"


def _checked_id(context: Context, pool_id: str) -> str:
    """Validate the pinned id of a new pool. It must not exist in any region or account."""
    if _ID.fullmatch(pool_id) is None or len(pool_id) > _MAX_ID_LENGTH:
        raise errors.PATTERN_VIOLATED(value=pool_id, path="userPoolId", pattern=_ID.pattern)
    if context.table(POOLS).get(pool_id) is not None:
        raise errors.POOL_ID_TAKEN(pool_id=pool_id)
    return pool_id


def _described(context: Context, pool: UserPool) -> dict[str, Any]:
    own = {
        "Id": pool.id,
        "Arn": pool.arn,
        "CreationDate": pool.created,
        "LastModifiedDate": pool.modified,
        "EstimatedNumberOfUsers": context.table(USERS).count("pool", pool.id),
        **{_DOMAIN[domain.custom]: domain.name for domain in lookup.domains(context, pool)},
    }
    return ResourceDescription(own, pool.settings)


def _listed(context: Context, pool: UserPool) -> dict[str, Any]:
    replicas = context.table(REPLICAS).owned(POOLS, pool.id)
    return {
        "Id": pool.id,
        "Name": pool.name,
        "LambdaConfig": pool.triggers,
        "ReplicaRegions": [replica.region for replica in replicas] or None,
        "CreationDate": pool.created,
        "LastModifiedDate": pool.modified,
    }
