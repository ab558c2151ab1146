"""Operations on devices, for their users and for administrators."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.aws.paging import page
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.factors import devices
from pytest_cognito.cognito_idp.flows.tokens import access
from pytest_cognito.cognito_idp.records import DEVICES, Device, User, UserPool
from pytest_cognito.cognito_idp.rules.factors import devices as rules
from pytest_cognito.world import Context

_PAGE = 60


@operation
def confirm_device(
    context: Context,
    *,
    access_token: str,
    device_key: str,
    device_secret_verifier_config: Mapping[str, str] | None = None,
    device_name: str | None = None,
) -> Response:
    """Confirm the device of a sign-in, with a name and the verifier of its secret.

    The access token must be one of the sign-in that has made the device. The device is remembered at once, unless
    UserConfirmationNecessary says that the user is to be asked for it.
    """
    holder = _holder(context, access_token)
    if holder.claims.get("device_key") != device_key:
        raise errors.DEVICE_KEY_INVALID()
    device = devices.find(context, holder.user, device_key)
    if device.confirmed:
        raise errors.DEVICE_CONFIRMED()
    if device_secret_verifier_config is not None:
        secret = rules.parse_secret(device_secret_verifier_config)
        if secret is None:
            raise errors.DEVICE_VERIFIER_INVALID()
        device = replace(device, verifier=secret.verifier, salt=secret.salt)
    remembered = rules.is_remembered_at_once(holder.pool)
    context.table(DEVICES).put(
        replace(device, name=device_name, confirmed=True, remembered=remembered, modified=context.now())
    )
    return {"UserConfirmationNecessary": not remembered}


@operation
def get_device(context: Context, *, device_key: str, access_token: str | None = None) -> Response:
    """Get a device of the user of an access token."""
    holder = _holder(context, access_token)
    return {"Device": rules.device_type(devices.find(context, holder.user, device_key))}


@operation
def admin_get_device(context: Context, *, device_key: str, user_pool_id: str, username: str) -> Response:
    """Get a device of a user, with the attributes that only administrators see."""
    pool = _tracking_pool(context, user_pool_id)
    user = _owner(context, pool, username)
    return {"Device": rules.device_type_for_admins(pool, user, devices.find(context, user, device_key))}


@operation
def list_devices(
    context: Context, *, access_token: str, limit: int | None = None, pagination_token: str | None = None
) -> Response:
    """List the devices of the user of an access token in the order of their creation."""
    holder = _holder(context, access_token)
    return _listed(context, holder.user, "ListDevices", limit, pagination_token, rules.device_type)


@operation
def admin_list_devices(
    context: Context,
    *,
    user_pool_id: str,
    username: str,
    limit: int | None = None,
    pagination_token: str | None = None,
) -> Response:
    """List the devices of a user in the order of their creation, with the attributes that only administrators see."""
    pool = _tracking_pool(context, user_pool_id)
    user = _owner(context, pool, username)

    def described(device: Device) -> dict[str, Any]:
        return rules.device_type_for_admins(pool, user, device)

    return _listed(context, user, "AdminListDevices", limit, pagination_token, described)


@operation
def update_device_status(
    context: Context, *, access_token: str, device_key: str, device_remembered_status: str | None = None
) -> Response:
    """Remember a device of the user of an access token, or no longer."""
    return _set_status(context, _holder(context, access_token).user, device_key, device_remembered_status)


@operation
def admin_update_device_status(
    context: Context, *, user_pool_id: str, username: str, device_key: str, device_remembered_status: str | None = None
) -> Response:
    """Remember a device of a user, or no longer."""
    user = lookup.user(context, _tracking_pool(context, user_pool_id), username)
    return _set_status(context, user, device_key, device_remembered_status)


@operation
def forget_device(context: Context, *, device_key: str, access_token: str | None = None) -> Response:
    """Delete a device of the user of an access token. The refresh tokens of its sign-ins are no longer valid."""
    return _forget(context, _holder(context, access_token).user, device_key)


@operation
def admin_forget_device(context: Context, *, user_pool_id: str, username: str, device_key: str) -> Response:
    """Delete a device of a user. The refresh tokens of its sign-ins are no longer valid."""
    user = lookup.user(context, _tracking_pool(context, user_pool_id), username)
    return _forget(context, user, device_key)


def _holder(context: Context, access_token: str | None) -> access.TokenHolder:
    """The user of an access token, in a pool that tracks devices."""
    if access_token is None:
        raise errors.PARAMETER_MISSING(name="AccessToken")
    holder = access.token_holder(context, access_token)
    _check_tracking(holder.pool)
    return holder


def _tracking_pool(context: Context, pool_id: str) -> UserPool:
    pool = lookup.pool(context, pool_id)
    _check_tracking(pool)
    return pool


def _check_tracking(pool: UserPool) -> None:
    if not pool.device_tracking:
        raise errors.DEVICES_NOT_TRACKED()


def _owner(context: Context, pool: UserPool, username: str) -> User:
    """The user with a name, for the operations that have no error of their own for an unknown one."""
    user = lookup.find_user(context, pool, username)
    if user is None:
        raise errors.DEVICE_OWNER_NOT_FOUND()
    return user


def _listed(
    context: Context,
    user: User,
    operation_name: str,
    limit: int | None,
    token: str | None,
    described: Callable[[Device], dict[str, Any]],
) -> Response:
    found, next_token = page(
        lambda after: context.table(DEVICES).page("user", (user.pool_id, user.key), after),
        limit or _PAGE,
        token,
        f"{operation_name} {user.pool_id} {user.key}",
        errors.PAGINATION_TOKEN_INVALID,
    )
    return {"Devices": [described(device) for device in found], "PaginationToken": next_token}


def _set_status(context: Context, user: User, device_key: str, status: str | None) -> Response:
    if status is None:
        raise errors.PARAMETER_MISSING(name="DeviceRememberedStatus")
    device = devices.find(context, user, device_key)
    context.table(DEVICES).put(replace(device, remembered=status == "remembered", modified=context.now()))
    return {}


def _forget(context: Context, user: User, device_key: str) -> Response:
    device = devices.find(context, user, device_key)
    context.table(DEVICES).delete((device.pool_id, device.user, device.key))
    return {}
