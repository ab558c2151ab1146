"""Risk configurations: their checks and defaults, and the responses that they ask for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from ipaddress import ip_address, ip_network
from typing import Any, NamedTuple

from pytest_cognito.cognito_idp import errors

Settings = Mapping[str, Any]

SIGN_IN = "SIGN_IN"
SIGN_UP = "SIGN_UP"
PASSWORD_CHANGE = "PASSWORD_CHANGE"
BLOCK = "BLOCK"
NO_ACTION = "NO_ACTION"
MFA_REQUIRED = "MFA_REQUIRED"
MFA_IF_CONFIGURED = "MFA_IF_CONFIGURED"
_ALL_EVENTS = (SIGN_IN, PASSWORD_CHANGE, SIGN_UP)
_COMPROMISED = "CompromisedCredentialsRiskConfiguration"
_TAKEOVER = "AccountTakeoverRiskConfiguration"
_EXCEPTIONS = "RiskExceptionConfiguration"
_SENDER = ("SourceArn", "From")
_BLOCKED, _SKIPPED = "BlockedIPRangeList", "SkippedIPRangeList"
_IDENTITY = re.compile(r"arn:[\w-]+:ses:[\w-]+:[0-9]+:identity/.+")


class Action(NamedTuple):
    """The response to a level of risk: EventAction, and whether the user is notified."""

    event_action: str = NO_ACTION
    notify: bool = False


def complete(compromised: Settings | None, takeover: Settings | None, exceptions: Settings | None) -> Settings:
    """The settings of a request, with AWS's defaults; raise if they are not allowed. Empty for a reset."""
    settings: dict[str, Any] = {}
    if compromised is not None:
        settings[_COMPROMISED] = {**compromised, "EventFilter": compromised.get("EventFilter") or list(_ALL_EVENTS)}
    if takeover is not None:
        _check_identity(takeover.get("NotifyConfiguration"))
        settings[_TAKEOVER] = takeover
    if exceptions is not None:
        for name in (_BLOCKED, _SKIPPED):
            _check_ranges(exceptions.get(name) or ())
        settings[_EXCEPTIONS] = exceptions
    return settings


def _check_identity(notify: Settings | None) -> None:
    if notify is not None and _IDENTITY.fullmatch(notify["SourceArn"]) is None:
        raise errors.EMAIL_IDENTITY_INVALID(source_arn=notify["SourceArn"])


def _check_ranges(ranges: Iterable[str]) -> None:
    for each in ranges:
        try:
            ip_network(each, strict=False)
        except ValueError:
            raise errors.IP_RANGE_INVALID(ip_range=each) from None
        if "/" not in each:
            raise errors.IP_RANGE_INVALID(ip_range=each)


def always_blocks(settings: Settings, ip: str) -> bool:
    """Whether requests from an address are always blocked."""
    return _listed(settings, _BLOCKED, ip)


def never_assesses(settings: Settings, ip: str) -> bool:
    """Whether no risk is looked for in requests from an address."""
    return _listed(settings, _SKIPPED, ip)


def _listed(settings: Settings, name: str, ip: str) -> bool:
    ranges = (settings.get(_EXCEPTIONS) or {}).get(name)
    if not ranges:
        return False
    try:
        address = ip_address(ip)
    except ValueError:
        return False
    return any(address in ip_network(each, strict=False) for each in ranges)


def blocks_compromised(settings: Settings, event: str) -> bool:
    """Whether compromised credentials are blocked at an event: ``SIGN_IN``, ``SIGN_UP`` or ``PASSWORD_CHANGE``."""
    found = settings.get(_COMPROMISED)
    return found is not None and event in found["EventFilter"] and found["Actions"]["EventAction"] == BLOCK


def action(settings: Settings, level: str) -> Action:
    """The response to a level of risk, ``Low``, ``Medium`` or ``High``; none where the configuration has none."""
    actions = (settings.get(_TAKEOVER) or {}).get("Actions") or {}
    found = actions.get(f"{level}Action")
    return Action(found["EventAction"], found["Notify"]) if found else Action()


def check_replica(primary: Settings, replica: Settings) -> None:
    """Raise unless the settings of a replica are those of the pool itself, but for the sender of its messages."""
    before, after = with_sender_of(primary, {}), with_sender_of(replica, {})
    fixed = [name for name in (_COMPROMISED, _TAKEOVER, _EXCEPTIONS) if before.get(name) != after.get(name)]
    if fixed:
        raise errors.REPLICA_SETTINGS_FIXED(members=", ".join(fixed))


def with_sender_of(settings: Settings, other: Settings) -> Settings:
    """Settings with the sender of the messages to users that other ones have."""
    notify = notify_configuration(settings)
    if notify is None:
        return settings
    templates = {name: value for name, value in notify.items() if name not in _SENDER}
    sender = {name: value for name, value in (notify_configuration(other) or {}).items() if name in _SENDER}
    return {**settings, _TAKEOVER: {**settings[_TAKEOVER], "NotifyConfiguration": {**templates, **sender}}}


def notify_configuration(settings: Settings) -> Settings | None:
    """``NotifyConfiguration``: sender and templates of notification messages."""
    found: Settings | None = (settings.get(_TAKEOVER) or {}).get("NotifyConfiguration")
    return found
