"""The device of a sign-in: made by the first one, and noted by later ones."""

from __future__ import annotations

from dataclasses import replace

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import DEVICES, Device, User, UserPool
from pytest_cognito.cognito_idp.triggers import events
from pytest_cognito.kernel.identifiers import LETTERS_AND_DIGITS
from pytest_cognito.world import Context


def find(context: Context, user: User, key: str) -> Device:
    """The device of a user with a device key."""
    device = context.table(DEVICES).get((user.pool_id, user.key, key))
    if device is None:
        raise errors.DEVICE_NOT_FOUND()
    return device


def add(context: Context, pool: UserPool, user: User, ip: str) -> Device:
    """Make the device of a sign-in that has named none."""
    ids, now = context.world.ids, context.now()
    device = Device(
        pool_id=pool.id,
        user=user.key,
        key=f"{pool.region}_{ids.uuid()}",
        group_key=f"-{ids.text(8, LETTERS_AND_DIGITS)}",
        created=now,
        modified=now,
        authenticated=now.replace(microsecond=0),
        ip=ip,
        sdk=events.sdk(context.user_agent),
        number=context.world.store.serial(),
    )
    context.table(DEVICES).put(device)
    return device


def note_sign_in(context: Context, device: Device, ip: str) -> Device:
    """Note the time, the address and the SDK of a sign-in with a device."""
    now = context.now().replace(microsecond=0)
    device = replace(device, authenticated=now, ip=ip, sdk=events.sdk(context.user_agent))
    context.table(DEVICES).put(device)
    return device
