"""User pools."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from ..aws.constant import Described
from ..aws.operation import Response, operation
from ..aws.paging import page
from ..state.table import Schema
from ..world import Context
from . import errors, lookup
from .records import UserPool
from .rules import pool_settings
from .tables import DOMAINS, GRANTS, ISSUES, OF_A_POOL, POOLS, USERS

Structure = Mapping[str, Any]

_MOST = 1000
_ID = re.compile(r"[\w-]+_[0-9a-zA-Z]+", re.ASCII)
_LONGEST_ID = 55
_ID_TAG = "_custom_id_"


def delete(context: Context, pool: UserPool) -> None:
    """Delete a pool with all that belongs to it."""
    grants = {grant.id for grant in _belonging(context, GRANTS, pool.id)}
    issues = context.table(ISSUES)
    for issue in issues:
        if issue.grant_id in grants:
            issues.delete(issue.event_id)
    for schema in OF_A_POOL:
        table = context.table(schema)
        for record in _belonging(context, schema, pool.id):
            table.delete(schema.key(record))
    context.table(POOLS).delete(pool.id)


@operation
def create_user_pool(
    context: Context,
    *,
    pool_name: str,
    policies: Structure | None = None,
    deletion_protection: str | None = None,
    lambda_config: Structure | None = None,
    auto_verified_attributes: list[str] | None = None,
    alias_attributes: list[str] | None = None,
    username_attributes: list[str] | None = None,
    sms_verification_message: str | None = None,
    email_verification_message: str | None = None,
    email_verification_subject: str | None = None,
    verification_message_template: Structure | None = None,
    sms_authentication_message: str | None = None,
    mfa_configuration: str | None = None,
    user_attribute_update_settings: Structure | None = None,
    device_configuration: Structure | None = None,
    email_configuration: Structure | None = None,
    sms_configuration: Structure | None = None,
    user_pool_tags: Mapping[str, str] | None = None,
    admin_create_user_config: Structure | None = None,
    schema: list[Structure] | None = None,
    user_pool_add_ons: Structure | None = None,
    username_configuration: Structure | None = None,
    account_recovery_setting: Structure | None = None,
    user_pool_tier: str | None = None,
    key_configuration: Structure | None = None,
    issuer_configuration: Structure | None = None,
    acr_configuration: Structure | None = None,
    dcr_configuration: Structure | None = None,
) -> Response:
    """Create a pool, with AWS's defaults for what the request leaves out.

    Its id is drawn, unless the caller pins it or gives it in the tag ``_custom_id_``.
    """
    if context.table(POOLS).count("region", (context.account, context.region)) >= _MOST:
        raise errors.POOL_LIMIT()
    settings = pool_settings.complete(context.call.parameters)
    return {"UserPool": _described(context, _create(context, settings))}


@operation
def describe_user_pool(context: Context, *, user_pool_id: str) -> Response:
    """All settings of a pool, and how many users it has."""
    return {"UserPool": _described(context, lookup.pool(context, user_pool_id))}


@operation
def update_user_pool(
    context: Context,
    *,
    user_pool_id: str,
    policies: Structure | None = None,
    deletion_protection: str | None = None,
    lambda_config: Structure | None = None,
    auto_verified_attributes: list[str] | None = None,
    sms_verification_message: str | None = None,
    email_verification_message: str | None = None,
    email_verification_subject: str | None = None,
    verification_message_template: Structure | None = None,
    sms_authentication_message: str | None = None,
    user_attribute_update_settings: Structure | None = None,
    mfa_configuration: str | None = None,
    device_configuration: Structure | None = None,
    email_configuration: Structure | None = None,
    sms_configuration: Structure | None = None,
    user_pool_tags: Mapping[str, str] | None = None,
    admin_create_user_config: Structure | None = None,
    user_pool_add_ons: Structure | None = None,
    account_recovery_setting: Structure | None = None,
    pool_name: str | None = None,
    user_pool_tier: str | None = None,
    key_configuration: Structure | None = None,
    issuer_configuration: Structure | None = None,
    acr_configuration: Structure | None = None,
    dcr_configuration: Structure | None = None,
) -> Response:
    """Replace the settings of a pool: what the request leaves out goes back to its default, name and plan aside."""
    pool = lookup.pool(context, user_pool_id)
    settings = pool_settings.complete(context.call.parameters, before=pool.settings, factors=pool.factors)
    context.table(POOLS).put(replace(pool, settings=settings, modified=context.now()))
    return {}


@operation
def delete_user_pool(context: Context, *, user_pool_id: str) -> Response:
    """Delete a pool with its users, clients and groups, unless its deletion protection is active."""
    pool = lookup.pool(context, user_pool_id)
    if pool.settings["DeletionProtection"] == "ACTIVE":
        raise errors.POOL_PROTECTED()
    if context.table(DOMAINS).count("pool", pool.id):
        raise errors.POOL_HAS_DOMAIN()
    delete(context, pool)
    return {}


@operation
def list_user_pools(context: Context, *, max_results: int, next_token: str | None = None) -> Response:
    """A page of the account's pools in this region, oldest first."""
    place = (context.account, context.region)
    found, token = page(
        lambda after: context.table(POOLS).page("region", place, after),
        max_results,
        next_token,
        f"ListUserPools {place}",
        errors.PAGINATION_TOKEN_INVALID,
    )
    return {"UserPools": [_listed(pool) for pool in found], "NextToken": token}


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
    """An id that a caller wants for a new pool: of the right form, and free in every region and account."""
    if _ID.fullmatch(pool_id) is None or len(pool_id) > _LONGEST_ID:
        raise errors.POOL_ID_INVALID(pool_id=pool_id)
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
    }
    return Described(own, pool.settings)


def _listed(pool: UserPool) -> dict[str, Any]:
    return {
        "Id": pool.id,
        "Name": pool.name,
        "LambdaConfig": pool.triggers,
        "CreationDate": pool.created,
        "LastModifiedDate": pool.modified,
    }


def _belonging(context: Context, schema: Schema[Any], pool_id: str) -> Iterable[Any]:
    """The records of a table that belong to a pool: by the index on the pool where there is one, else one by one."""
    table = context.table(schema)
    if "pool" in schema.ordered:
        return [record for _, record in table.page("pool", pool_id)]
    return [record for record in table if record.pool_id == pool_id]
