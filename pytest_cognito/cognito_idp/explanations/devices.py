"""Explanations of errors about devices."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_cognito.cognito_idp.explanations.call_details import CallDetails
from pytest_cognito.cognito_idp.records import DEVICES, GRANTS
from pytest_cognito.kernel.text import first_few, plain


def users_devices(details: CallDetails) -> Iterator[str]:
    """The devices of the user."""
    user = details.user
    if user is None:
        return
    listed = [device for _, device in details.table(DEVICES).page("user", (user.pool_id, user.key))]
    keys = first_few(device.key for device in listed)
    yield f"devices of {plain(user.username)}: {keys or 'none'}"


def device_of_access_token(details: CallDetails) -> Iterator[str]:
    """The device that the access token is bound to."""
    key = details.claim("device_key")
    yield (
        "the access token is of no device: the last request of its sign-in named the user by an alias, "
        "or it was issued without a sign-in from a device"
        if key is None
        else f"the access token is of the device {plain(key)}"
    )


def device_of_refresh_token(details: CallDetails) -> Iterator[str]:
    """The device that the refresh token is of, if it is why the token was refused."""
    token = details.auth_parameter("REFRESH_TOKEN") or details.parameter("RefreshToken")
    grant = details.table(GRANTS).find("token", token) if token else None
    if grant is None or grant.device is None:
        return
    device = details.table(DEVICES).get((grant.pool_id, grant.user, grant.device))
    named = details.auth_parameter("DEVICE_KEY") or details.parameter("DeviceKey")
    if device is None:
        yield f"its device {grant.device} was forgotten"
    elif not device.confirmed:
        yield f"its device {grant.device} was not confirmed by ConfirmDevice"
    elif named != grant.device:
        yield f"it is good with the key of its device, {grant.device}; the call names {plain(named or 'none')}"
