"""The second factors that a user has turned on, and the one that he prefers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ...world import Context
from .. import errors
from ..records import NO_MFA, Mfa, User, UserPool
from ..rules import mfa, mfa_settings
from ..tables import USERS

Settings = Mapping[str, Any]


def prefer(
    context: Context, pool: UserPool, user: User, given: Mapping[str, Settings], *, passkey: Settings | None
) -> None:
    """Apply settings to a user's factors; those that are not ``given`` stay as they are.

    A factor that is turned off is no longer preferred.
    """
    if sum(bool(settings.get("PreferredMfa")) for settings in given.values()) > 1:
        raise errors.ONE_PREFERENCE()
    changed = user.mfa
    for factor, settings in given.items():
        changed = _applied(pool, user, changed, factor, settings)
    if passkey is not None:
        changed = _with_passkey(pool, changed, on=bool(passkey.get("Enabled")))
    _keep(context, pool, user, changed)


def set_options(context: Context, pool: UserPool, user: User, options: list[dict[str, str]]) -> None:
    """Turn SMS on, or off with an empty list: MFAOptions know nothing else."""
    for option in options:
        if (
            option.get("DeliveryMedium", "SMS") != "SMS"
            or option.get("AttributeName", "phone_number") != "phone_number"
        ):
            raise errors.MFA_OPTIONS_SMS_ONLY()
    changed = _applied(pool, user, user.mfa, mfa.SMS, {"Enabled": bool(options)})
    _keep(context, pool, user, replace(changed, legacy_sms=bool(options)))


def _applied(pool: UserPool, user: User, before: Mfa, factor: str, settings: Settings) -> Mfa:
    wanted = bool(settings.get("PreferredMfa"))
    if not settings.get("Enabled"):
        if wanted:
            raise errors.PREFERENCE_NOT_ENABLED()
        return _without(before, factor)
    mfa_settings.check_usable(pool, user, factor)
    preferred = before.preferred
    if wanted:
        preferred = factor
    elif preferred == factor and settings.get("PreferredMfa") is False:
        preferred = None
    on = {*before.enabled, factor}
    return replace(before, enabled=tuple(one for one in mfa.FACTORS if one in on), preferred=preferred)


def _without(before: Mfa, factor: str) -> Mfa:
    return replace(
        before,
        enabled=tuple(one for one in before.enabled if one != factor),
        preferred=None if before.preferred == factor else before.preferred,
        legacy_sms=before.legacy_sms and factor != mfa.SMS,
    )


def _with_passkey(pool: UserPool, before: Mfa, *, on: bool) -> Mfa:
    """A passkey counts as both factors if the pool lets it, and beside another second factor only."""
    if on:
        configuration = pool.factors.get("WebAuthnConfiguration") or {}
        if configuration.get("FactorConfiguration") != "MULTI_FACTOR_WITH_USER_VERIFICATION":
            raise errors.PASSKEY_NOT_MULTI_FACTOR()
        if not before.enabled:
            raise errors.PASSKEY_IS_THE_ONLY_FACTOR()
    return replace(before, passkey=on)


def _keep(context: Context, pool: UserPool, user: User, changed: Mfa) -> None:
    if pool.mfa == "ON" and user.mfa.enabled and not changed.enabled:
        raise errors.MFA_CANNOT_BE_TURNED_OFF()
    # Most users of a big pool have none: they share one record.
    kept = NO_MFA if changed == NO_MFA else changed
    context.table(USERS).put(replace(user, mfa=kept, modified=context.now()))
