"""Where a request comes from: the address and the device of the user."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any, NamedTuple

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import AppClient

Told = Mapping[str, Any]
"""``UserContextData`` of a request without AWS credentials, or ``ContextData`` of one with them."""


class Circumstances(NamedTuple):
    """The address, the user agent and the time zone of the user. ``told`` says that the application has sent any."""

    ip: str
    user_agent: str
    timezone: str | None
    told: bool

    @property
    def device(self) -> str:
        """The name of the device: ``Chrome 125, Windows 10``."""
        from pytest_cognito.cognito_idp.rules.users import user_agents  # its patterns take a while

        return user_agents.describe(self.user_agent)


def check(client: AppClient, told: Told) -> None:
    """Raise if the application has sent a malformed IP address."""
    ip = _told_ip(client, told)
    if ip is None:
        return
    try:
        ip_address(ip)
    except ValueError:
        raise errors.IP_ADDRESS_INVALID(ip=ip) from None


def read(client: AppClient, told: Told, address: str, user_agent: str) -> Circumstances:
    """The circumstances of a request from ``address``, with what the application has said about the user's device."""
    device = _device_data(told.get("EncodedData") or "")
    agent = device.get("UserAgent") or _header(told, "user-agent") or user_agent
    return Circumstances(_told_ip(client, told) or address, agent, device.get("ClientTimezone"), bool(told))


def _told_ip(client: AppClient, told: Told) -> str | None:
    """The IP address that the application has sent.

    That of a request without AWS credentials counts only if the app client has a secret and
    EnablePropagateAdditionalUserContextData, which needs one.
    """
    by_server = "HttpHeaders" in told
    if by_server or client.settings.get("EnablePropagateAdditionalUserContextData"):
        return told.get("IpAddress")
    return None


def _header(told: Told, name: str) -> str | None:
    """A header of the user's request to the application, in ``ContextData``."""
    for header in told.get("HttpHeaders") or ():
        if header.get("headerName", "").lower() == name:
            value: str | None = header.get("headerValue")
            return value
    return None


def _device_data(encoded: str) -> dict[str, str]:
    """The data about the device that Cognito's library for context data has encoded; none if it is malformed.

    It is JSON in base64, whose ``payload`` is JSON again. The signature, made with the public id of the app client,
    proves nothing and is not checked.
    """
    try:
        payload = json.loads(json.loads(base64.b64decode(encoded, validate=True))["payload"])
        found = payload["contextData"]
    except (binascii.Error, ValueError, TypeError, KeyError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: value for name, value in found.items() if isinstance(value, str)}
