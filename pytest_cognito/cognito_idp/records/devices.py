"""The devices of users."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from pytest_cognito.cognito_idp.records.users import USERS
from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class Device:
    """A device of a user, which a sign-in has made and ConfirmDevice has confirmed, or not yet.

    ``user`` is the user's key, ``key`` and ``group_key`` are DeviceKey and DeviceGroupKey. ``verifier`` and ``salt``,
    in hexadecimal digits, are those of the device's secret (see `rules.factors.srp`); a device without them can't prove
    itself. ``remembered`` says that the device may stand in for a code. ``authenticated`` is the time of the last
    sign-in with the device, in whole seconds, ``ip`` its address and ``sdk`` the AWS SDK that it used. ``number``
    orders the devices by creation.
    """

    pool_id: str
    user: str
    key: str
    group_key: str
    created: dt.datetime
    modified: dt.datetime
    authenticated: dt.datetime
    ip: str
    sdk: str
    number: int
    name: str | None = None
    verifier: int | None = field(default=None, repr=False)
    salt: str | None = field(default=None, repr=False)
    confirmed: bool = False
    remembered: bool = False


DEVICES: Schema[Device] = Schema(
    "cognito-idp/devices",
    key=lambda device: (device.pool_id, device.user, device.key),
    ordered={"user": lambda device: [((device.pool_id, device.user), device.number)]},
    owners={USERS: lambda device: (device.pool_id, device.user)},
)
