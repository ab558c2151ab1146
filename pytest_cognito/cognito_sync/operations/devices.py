"""Operations on devices that get push sync notifications, and on what they have subscribed to."""

from __future__ import annotations

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.cognito_identity import IDENTITIES
from pytest_cognito.cognito_sync import errors, lookup
from pytest_cognito.cognito_sync.flows import access, push
from pytest_cognito.cognito_sync.records import DEVICES, SUBSCRIPTIONS, Device, Subscription
from pytest_cognito.world import Context


@operation
def register_device(
    context: Context, *, identity_pool_id: str, identity_id: str, platform: str, token: str
) -> Response:
    """Register a device of an identity, by the token with which its platform reaches it, for push notifications.

    SNS makes an endpoint of it in the application that the pool has for the platform. A device that is registered
    again keeps its id.
    """
    caller = access.of_identity(context, identity_pool_id, identity_id)
    application = push.application(context, caller.pool, platform)
    endpoint = push.create_endpoint(context, application, token)
    access.again(context, caller)  # both may be gone meanwhile
    known = _registered(context, identity_id, platform, token)
    device = Device(
        id=known.id if known is not None else context.world.ids.uuid(),
        pool_id=caller.pool.id,
        identity_id=identity_id,
        platform=platform,
        application=application,
        token=token,
        endpoint=endpoint,
    )
    context.table(DEVICES).put(device)
    return {"DeviceId": device.id}


@operation
def subscribe_to_dataset(
    context: Context, *, identity_pool_id: str, identity_id: str, dataset_name: str, device_id: str
) -> Response:
    """Let a device be notified when another one changes a dataset, which must exist: synchronise it once before."""
    _check_device(context, identity_pool_id, identity_id, device_id)
    lookup.dataset(context, identity_id, dataset_name)
    context.table(SUBSCRIPTIONS).put(Subscription(device_id, identity_id, dataset_name))
    return {}


@operation
def unsubscribe_from_dataset(
    context: Context, *, identity_pool_id: str, identity_id: str, dataset_name: str, device_id: str
) -> Response:
    """Let a device be notified of changes of a dataset no more. That it never was is no error."""
    _check_device(context, identity_pool_id, identity_id, device_id)
    key = (identity_id, dataset_name, device_id)
    if context.table(SUBSCRIPTIONS).get(key) is None:
        lookup.dataset(context, identity_id, dataset_name)
    context.table(SUBSCRIPTIONS).delete(key)
    return {}


def _check_device(context: Context, pool_id: str, identity_id: str, device_id: str) -> None:
    """Raise unless the caller is the identity, its pool has push sync, and the device is one of its own."""
    push.settings(context, access.of_identity(context, pool_id, identity_id).pool)
    device = context.table(DEVICES).get(device_id)
    if device is None or device.identity_id != identity_id:
        raise errors.DEVICE_NOT_FOUND(device_id=device_id)


def _registered(context: Context, identity_id: str, platform: str, token: str) -> Device | None:
    """The device of an identity with a token, if it is registered."""
    devices = context.table(DEVICES).owned(IDENTITIES, identity_id)
    return next((device for device in devices if (device.platform, device.token) == (platform, token)), None)
