"""Virtual MFA devices of IAM users."""

from __future__ import annotations

from dataclasses import dataclass, field

from pytest_cognito.iam.records.users import USERS
from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class MfaDevice:
    """A virtual MFA device: ``arn:aws:iam::123456789012:mfa/alice``. Its codes are those of RFC 6238.

    ``used`` are the time steps whose codes were used.
    """

    serial: str
    user_arn: str
    secret: str = field(repr=False)
    used: tuple[int, ...] = ()


MFA_DEVICES: Schema[MfaDevice] = Schema(
    "iam/mfa-devices", key=lambda device: device.serial, owners={USERS: lambda device: device.user_arn}
)
