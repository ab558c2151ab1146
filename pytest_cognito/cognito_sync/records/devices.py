"""Devices that get push sync notifications, and what they have subscribed to."""

from __future__ import annotations

from dataclasses import dataclass, field

from pytest_cognito.cognito_identity import IDENTITIES
from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class Device:
    """A device of an identity. ``endpoint`` is the ARN of its endpoint of SNS, where another mock has made one."""

    id: str
    pool_id: str
    identity_id: str
    platform: str
    application: str
    token: str = field(repr=False)
    endpoint: str | None = None


@dataclass(frozen=True, slots=True)
class Subscription:
    """The subscription of a device to the dataset of a name. It outlasts a deletion, of which the device is told."""

    device_id: str
    identity_id: str
    dataset: str


DEVICES: Schema[Device] = Schema(
    "cognito-sync/devices",
    key=lambda device: device.id,
    owners={IDENTITIES: lambda device: device.identity_id},
)
SUBSCRIPTIONS: Schema[Subscription] = Schema(
    "cognito-sync/subscriptions",
    key=lambda subscription: (subscription.identity_id, subscription.dataset, subscription.device_id),
    ordered={
        "dataset": lambda subscription: [
            ((subscription.identity_id, subscription.dataset), subscription.device_id),
        ]
    },
    owners={DEVICES: lambda subscription: subscription.device_id},
)
