"""Operations on the styles of managed login."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.records import BRANDINGS, POOLS, Branding, UserPool
from pytest_cognito.cognito_idp.rules import quotas
from pytest_cognito.cognito_idp.rules.branding import assets as asset_rules
from pytest_cognito.cognito_idp.rules.branding import settings as setting_rules
from pytest_cognito.cognito_idp.rules.pools import tiers
from pytest_cognito.world import Context

Settings = Mapping[str, Any]
Assets = Sequence[Mapping[str, Any]]


@operation
def create_managed_login_branding(
    context: Context,
    *,
    user_pool_id: str,
    client_id: str,
    use_cognito_provided_values: bool = False,
    settings: Settings | None = None,
    assets: Assets = (),
) -> Response:
    """Create the style of an app client, which can have one.

    Its images are of the format that they say, in the category that is meant for them. With Cognito's own values a
    request has no settings.
    """
    pool = lookup.pool(context, user_pool_id)
    client = lookup.client(context, pool, client_id)
    tiers.check_branding(pool)
    _check_request(use_cognito_provided_values, settings, assets)
    brandings = context.table(BRANDINGS)
    if brandings.find("client", client.id) is not None:
        raise errors.BRANDING_EXISTS()
    if brandings.number_owned(POOLS, pool.id) >= quotas.BRANDINGS_OF_POOL:
        raise errors.BRANDING_LIMIT()
    now = context.now()
    branding = Branding(
        id=context.world.ids.uuid(),
        pool_id=pool.id,
        client_id=client.id,
        cognito_values=use_cognito_provided_values,
        settings=settings,
        assets=asset_rules.merged((), assets),
        created=now,
        modified=now,
    )
    brandings.put(branding)
    return {"ManagedLoginBranding": _described(branding)}


@operation
def describe_managed_login_branding(
    context: Context, *, user_pool_id: str, managed_login_branding_id: str, return_merged_resources: bool = False
) -> Response:
    """Get a style: what was customized, or all settings with Cognito's own where nothing was."""
    branding = _branding(context, lookup.pool(context, user_pool_id), managed_login_branding_id)
    return {"ManagedLoginBranding": _described(branding, merged=return_merged_resources)}


@operation
def describe_managed_login_branding_by_client(
    context: Context, *, user_pool_id: str, client_id: str, return_merged_resources: bool = False
) -> Response:
    """Get the style of an app client."""
    client = lookup.client(context, lookup.pool(context, user_pool_id), client_id)
    branding = context.table(BRANDINGS).find("client", client.id)
    if branding is None:
        raise errors.CLIENT_WITHOUT_BRANDING(client_id=client.id)
    return {"ManagedLoginBranding": _described(branding, merged=return_merged_resources)}


@operation
def update_managed_login_branding(
    context: Context,
    *,
    user_pool_id: str | None = None,
    managed_login_branding_id: str | None = None,
    use_cognito_provided_values: bool | None = None,
    settings: Settings | None = None,
    assets: Assets = (),
) -> Response:
    """Change a style. Settings and images that the request leaves out stay, unless Cognito's own values are to apply.

    The model requires no member; both ids are needed all the same.
    """
    if user_pool_id is None or managed_login_branding_id is None:
        raise errors.BRANDING_ID_MISSING()
    pool = lookup.pool(context, user_pool_id)
    branding = _branding(context, pool, managed_login_branding_id)
    tiers.check_branding(pool)
    _check_request(bool(use_cognito_provided_values), settings, assets)
    if use_cognito_provided_values:
        branding = replace(branding, settings=None, assets=())
    if settings is not None:
        branding = replace(branding, settings=setting_rules.merged(branding.settings or {}, settings))
    branding = replace(
        branding,
        cognito_values=_cognito_values(branding, use_cognito_provided_values, settings),
        assets=asset_rules.merged(branding.assets, assets),
        modified=context.now(),
    )
    context.table(BRANDINGS).put(branding)
    return {"ManagedLoginBranding": _described(branding)}


@operation
def delete_managed_login_branding(context: Context, *, user_pool_id: str, managed_login_branding_id: str) -> Response:
    """Delete a style. The managed login pages of its app client do not work until it has another one."""
    branding = _branding(context, lookup.pool(context, user_pool_id), managed_login_branding_id)
    context.table(BRANDINGS).delete(branding.id)
    return {}


def _branding(context: Context, pool: UserPool, branding_id: str) -> Branding:
    found = context.table(BRANDINGS).get(branding_id.lower())
    if found is None or found.pool_id != pool.id:
        raise errors.BRANDING_NOT_FOUND(branding_id=branding_id)
    return found


def _check_request(cognito_values: bool, settings: Settings | None, assets: Assets) -> None:
    """Raise for settings beside Cognito's own values, for settings that are not valid, and for too large a request.

    The documentation forbids images beside Cognito's own values, too; AWS accepts them.
    """
    if cognito_values and settings:
        raise errors.BRANDING_SETTINGS_WITH_COGNITO_VALUES()
    size = asset_rules.encoded_size(assets) + (len(json.dumps(settings)) if settings else 0)
    if size > asset_rules.MAX_REQUEST:
        raise errors.BRANDING_REQUEST_TOO_LARGE()
    if settings is not None:
        setting_rules.check(settings)


def _cognito_values(branding: Branding, requested: bool | None, settings: Settings | None) -> bool:
    """UseCognitoProvidedValues after a request: settings of one's own end it."""
    if requested is not None:
        return requested
    return branding.cognito_values and not settings


def _described(branding: Branding, *, merged: bool = False) -> dict[str, Any]:
    return {
        "ManagedLoginBrandingId": branding.id,
        "UserPoolId": branding.pool_id,
        "UseCognitoProvidedValues": branding.cognito_values,
        "Settings": setting_rules.complete(branding.settings) if merged else branding.settings,
        "Assets": list(branding.assets),
        "CreationDate": branding.created,
        "LastModifiedDate": branding.modified,
    }
