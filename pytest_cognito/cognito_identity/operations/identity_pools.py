"""Operations on identity pools."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.aws.paging import page
from pytest_cognito.cognito_identity import errors, lookup
from pytest_cognito.cognito_identity.records import POOLS, IdentityPool
from pytest_cognito.cognito_identity.rules import pool_providers, quotas, tag_rules
from pytest_cognito.world import Context

_TAGS: Final = "IdentityPoolTags"
_DEVELOPER: Final = "DeveloperProviderName"
_MEMBERS = frozenset(
    (
        *("IdentityPoolName", "AllowUnauthenticatedIdentities", "AllowClassicFlow", _DEVELOPER, _TAGS),
        *("SupportedLoginProviders", "OpenIdConnectProviderARNs", "CognitoIdentityProviders", "SamlProviderARNs"),
    )
)
_ID = re.compile(r"[\w-]+:[0-9a-f-]+", re.ASCII)
_MAX_ID_LENGTH = 55
_ID_TAG = "_custom_id_"


@operation(settings=_MEMBERS)
def create_identity_pool(context: Context, **settings: Any) -> Response:
    """Create an identity pool. Its name need not be unique, and its providers need not exist yet.

    Its id is generated unless the test has pinned it or the tag ``_custom_id_`` has it.
    """
    if context.table(POOLS).count("region", (context.account, context.region)) >= quotas.IDENTITY_POOLS:
        raise errors.POOL_LIMIT()
    pool_providers.check(settings, context.region, context.account)
    tags = settings.pop(_TAGS, {})
    tag_rules.check(tags)
    pinned = context.pins.get("identity_pool") or tags.get(_ID_TAG)
    pool = IdentityPool(
        id=f"{context.region}:{context.world.ids.uuid()}" if pinned is None else _checked_id(context, pinned),
        region=context.region,
        account=context.account,
        settings=settings,
        tags=tags,
        roles={},
        role_mappings={},
        created=context.now(),
    )
    context.table(POOLS).put(pool)
    return _described(pool)


@operation
def describe_identity_pool(context: Context, *, identity_pool_id: str) -> Response:
    """Get the settings of an identity pool: those that were given, and its tags."""
    return _described(lookup.pool(context, identity_pool_id))


@operation(settings=_MEMBERS)
def update_identity_pool(context: Context, *, identity_pool_id: str, **settings: Any) -> Response:
    """Replace the settings of an identity pool: providers that the request leaves out are removed.

    AllowClassicFlow is not set any more unless it is given. The tags are kept if they are left out, and so is the
    name of the developer provider, which can't be changed once it is set.
    """
    pool = lookup.pool(context, identity_pool_id)
    pool_providers.check(settings, pool.region, pool.account)
    tags = settings.pop(_TAGS, pool.tags)
    tag_rules.check(tags)
    if pool.developer_provider is not None:
        if settings.get(_DEVELOPER, pool.developer_provider) != pool.developer_provider:
            raise errors.DEVELOPER_PROVIDER_FIXED()
        settings[_DEVELOPER] = pool.developer_provider
    pool = replace(pool, settings=settings, tags=tags)
    context.table(POOLS).put(pool)
    return _described(pool)


@operation
def delete_identity_pool(context: Context, *, identity_pool_id: str) -> Response:
    """Delete an identity pool with its identities and their logins, its roles and its principal tags.

    Credentials that its identities have got stay valid until they expire.
    """
    context.table(POOLS).delete(lookup.pool(context, identity_pool_id).id)
    return {}


@operation
def list_identity_pools(context: Context, *, max_results: int, next_token: str | None = None) -> Response:
    """List the identity pools of the account and the region of the call, in no order that means anything."""
    account_and_region = (context.account, context.region)
    found, token = page(
        lambda after: context.table(POOLS).page("region", account_and_region, after),
        max_results,
        next_token,
        f"ListIdentityPools {account_and_region}",
        errors.PAGINATION_TOKEN_INVALID,
    )
    pools = [{"IdentityPoolId": pool.id, "IdentityPoolName": pool.name} for pool in found]
    return {"IdentityPools": pools, "NextToken": token}


def _checked_id(context: Context, pool_id: str) -> str:
    """Validate the pinned id of a new pool: it is of the region, and no pool has it yet."""
    form = _ID.fullmatch(pool_id) is not None and len(pool_id) <= _MAX_ID_LENGTH
    if not form or not pool_id.startswith(f"{context.region}:"):
        raise errors.PATTERN_VIOLATED(value=pool_id, path="identityPoolId", pattern=_ID.pattern)
    if context.table(POOLS).get(pool_id) is not None:
        raise errors.POOL_ID_TAKEN(pool_id=pool_id)
    return pool_id


def _described(pool: IdentityPool) -> dict[str, Any]:
    tags: Mapping[str, str] = pool.tags
    return {"IdentityPoolId": pool.id, **pool.settings, _TAGS: dict(tags)}
