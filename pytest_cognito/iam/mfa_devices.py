"""Virtual MFA devices of IAM users: making them, and the codes that they show."""

from __future__ import annotations

from dataclasses import replace

from pytest_cognito.iam.records import MFA_DEVICES, MfaDevice, User
from pytest_cognito.kernel import totp
from pytest_cognito.world import Context

_REMEMBERED = 2 * totp.WINDOW + 1


def create_mfa_device(context: Context, user: User) -> MfaDevice:
    """Create and enable a device of a user."""
    serial = f"{user.arn.rpartition(':')[0]}:mfa/{user.name}"
    device = MfaDevice(serial, user.arn, totp.draw_secret(context.world.ids))
    context.table(MFA_DEVICES).put(device)
    return device


def mfa_code(context: Context, serial: str) -> str | None:
    """A code that a device shows now and that was not used; None if all that are accepted now were used."""
    device = context.table(MFA_DEVICES).get(serial)
    return None if device is None else totp.unused_code(device.secret, device.used, context.now().timestamp())


def use_mfa_code(context: Context, user_arn: str, serial: str, code: str) -> bool:
    """Whether a code is one of a user's device. A code that is right can't be used again."""
    device = context.table(MFA_DEVICES).get(serial)
    if device is None or device.user_arn != user_arn:
        return False
    step = totp.matching_step(device.secret, code, context.now().timestamp())
    if step is None or step in device.used:
        return False
    context.table(MFA_DEVICES).put(replace(device, used=(*device.used, step)[-_REMEMBERED:]))
    return True
