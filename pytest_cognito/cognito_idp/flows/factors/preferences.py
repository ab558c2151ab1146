"""MFA preferences: the factors that a user has turned on, and the preferred one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import NO_MFA, USERS, Mfa, User, UserPool
from pytest_cognito.cognito_idp.rules.factors import mfa, passkeys
from pytest_cognito.cognito_idp.rules.pools import mfa_settings
from pytest_cognito.world import Context

Settings = Mapping[str, Any]


def set_preferences(
    context: Context, pool: UserPool, user: User, requested: Mapping[str, Settings], *, passkey: Settings | None
) -> None:
    """Apply the settings of SetUserMFAPreference, ``requested`` by factor. Other factors do not change.

    Turning a factor off also removes it as the preferred one.
    """
    if sum(bool(settings.get("PreferredMfa")) for settings in requested.values()) > 1:
        raise errors.ONE_PREFERENCE()
    changed = user.mfa
    for factor, settings in requested.items():
        changed = _applied(pool, user, changed, factor, settings)
    if passkey is not None:
        changed = _with_passkey(pool, changed, on=bool(passkey.get("Enabled")))
    _store(context, pool, user, changed)


def set_mfa_options(context: Context, pool: UserPool, user: User, options: list[dict[str, str]]) -> None:
    """Turn SMS on, or off with an empty list. MFAOptions support no other factor."""
    for option in options:
        if (
            option.get("DeliveryMedium", "SMS") != "SMS"
            or option.get("AttributeName", "phone_number") != "phone_number"
        ):
            raise errors.MFA_OPTIONS_SMS_ONLY()
    changed = _applied(pool, user, user.mfa, mfa.SMS, {"Enabled": bool(options)})
    _store(context, pool, user, replace(changed, legacy_sms=bool(options)))


def _applied(pool: UserPool, user: User, before: Mfa, factor: str, settings: Settings) -> Mfa:
    prefer = bool(settings.get("PreferredMfa"))
    if not settings.get("Enabled"):
        if prefer:
            raise errors.PREFERENCE_NOT_ENABLED()
        return _without(before, factor)
    mfa_settings.check_usable(pool, user, factor)
    preferred = before.preferred
    if prefer:
        preferred = factor
    elif preferred == factor and settings.get("PreferredMfa") is False:
        preferred = None
    on = {*before.enabled, factor}
    return replace(before, enabled=tuple(each for each in mfa.FACTORS if each in on), preferred=preferred)


def _without(before: Mfa, factor: str) -> Mfa:
    return replace(
        before,
        enabled=tuple(enabled for enabled in before.enabled if enabled != factor),
        preferred=None if before.preferred == factor else before.preferred,
        legacy_sms=before.legacy_sms and factor != mfa.SMS,
    )


def _with_passkey(pool: UserPool, before: Mfa, *, on: bool) -> Mfa:
    """Turn a passkey on or off as MFA. The pool must allow it, and the user must have another MFA factor."""
    if on:
        if not passkeys.is_both_factors(pool):
            raise errors.PASSKEY_NOT_MULTI_FACTOR()
        if not before.enabled:
            raise errors.PASSKEY_IS_THE_ONLY_FACTOR()
    return replace(before, passkey=on)


def _store(context: Context, pool: UserPool, user: User, changed: Mfa) -> None:
    if pool.mfa == "ON" and user.mfa.enabled and not changed.enabled:
        raise errors.MFA_CANNOT_BE_TURNED_OFF()
    # Saves memory: most users of a big pool have no MFA and share one object.
    stored = NO_MFA if changed == NO_MFA else changed
    context.table(USERS).put(replace(user, mfa=stored, modified=context.now()))
