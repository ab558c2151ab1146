"""Multi-factor authentication: a pool's configuration, a user's factors and preferences, software tokens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..aws.operation import Response, operation
from ..world import Context
from . import errors, lookup
from .flows import access, software_token
from .records import NO_MFA, Mfa, User, UserPool
from .rules import mfa_settings
from .rules.mfa import EMAIL, SMS, TOTP
from .tables import POOLS, USERS

Settings = Mapping[str, Any]
_FACTORS = (SMS, TOTP, EMAIL)


@operation
def set_user_pool_mfa_config(
    context: Context,
    *,
    user_pool_id: str,
    sms_mfa_configuration: Settings | None = None,
    software_token_mfa_configuration: Settings | None = None,
    email_mfa_configuration: Settings | None = None,
    mfa_configuration: str | None = None,
    web_authn_configuration: Settings | None = None,
) -> Response:
    """Replace a pool's MFA configuration; what is left out is turned off."""
    pool = lookup.pool(context, user_pool_id)
    request = {
        "SmsMfaConfiguration": sms_mfa_configuration,
        "SoftwareTokenMfaConfiguration": software_token_mfa_configuration,
        "EmailMfaConfiguration": email_mfa_configuration,
        "MfaConfiguration": mfa_configuration or "OFF",
        "WebAuthnConfiguration": web_authn_configuration,
    }
    pool = mfa_settings.applied(pool, {name: value for name, value in request.items() if value is not None})
    context.table(POOLS).put(replace(pool, modified=context.now()))
    return mfa_settings.described(pool)


@operation
def get_user_pool_mfa_config(context: Context, *, user_pool_id: str) -> Response:
    """A pool's MFA configuration: what is configured, and nothing else."""
    return mfa_settings.described(lookup.pool(context, user_pool_id))


@operation
def associate_software_token(
    context: Context, *, access_token: str | None = None, session: str | None = None
) -> Response:
    """A new secret for a software token, to be verified; for a signed-in user or in the midst of MFA_SETUP."""
    _check_one(access_token, session)
    if access_token is not None:
        caller = access.of(context, access_token)
        return {"SecretCode": software_token.associate(context, caller.pool, caller.user)}
    enrolment = software_token.resume(context, session)
    return {
        "SecretCode": software_token.associate(context, enrolment.pool, enrolment.user),
        "Session": enrolment.go_on(context, verified=False),
    }


@operation
def verify_software_token(
    context: Context,
    *,
    user_code: str,
    access_token: str | None = None,
    session: str | None = None,
    friendly_device_name: str | None = None,
) -> Response:
    """Register the software token whose code is given."""
    _check_one(access_token, session)
    if access_token is not None:
        caller = access.of(context, access_token)
        software_token.verify(context, caller.pool, caller.user, user_code, friendly_device_name)
        return {"Status": "SUCCESS"}
    enrolment = software_token.resume(context, session)
    software_token.verify(context, enrolment.pool, enrolment.user, user_code, friendly_device_name)
    return {"Status": "SUCCESS", "Session": enrolment.go_on(context, verified=True)}


@operation
def set_user_mfa_preference(
    context: Context,
    *,
    access_token: str,
    sms_mfa_settings: Settings | None = None,
    software_token_mfa_settings: Settings | None = None,
    email_mfa_settings: Settings | None = None,
    web_authn_mfa_settings: Settings | None = None,
) -> Response:
    """Turn factors of the caller on or off, and prefer one."""
    caller = access.of(context, access_token)
    _prefer(context, caller.pool, caller.user, sms_mfa_settings, software_token_mfa_settings, email_mfa_settings)
    return {}


@operation
def admin_set_user_mfa_preference(
    context: Context,
    *,
    username: str,
    user_pool_id: str,
    sms_mfa_settings: Settings | None = None,
    software_token_mfa_settings: Settings | None = None,
    email_mfa_settings: Settings | None = None,
    web_authn_mfa_settings: Settings | None = None,
) -> Response:
    """Turn factors of a user on or off, and prefer one."""
    pool = lookup.pool(context, user_pool_id)
    user = lookup.user(context, pool, username)
    _prefer(context, pool, user, sms_mfa_settings, software_token_mfa_settings, email_mfa_settings)
    return {}


@operation
def set_user_settings(context: Context, *, access_token: str, mfa_options: list[dict[str, str]]) -> Response:
    """The old way to turn SMS on or off for the caller."""
    _set_options(context, access.of(context, access_token).user, mfa_options)
    return {}


@operation
def admin_set_user_settings(
    context: Context, *, user_pool_id: str, username: str, mfa_options: list[dict[str, str]]
) -> Response:
    """The old way to turn SMS on or off for a user."""
    _set_options(context, lookup.user(context, lookup.pool(context, user_pool_id), username), mfa_options)
    return {}


def _check_one(access_token: str | None, session: str | None) -> None:
    if (access_token is None) == (session is None):
        raise errors.TOKEN_OR_SESSION()


def _prefer(
    context: Context,
    pool: UserPool,
    user: User,
    sms: Settings | None,
    software_token: Settings | None,
    email: Settings | None,
) -> None:
    """Apply the settings that were given to the user's factors; a preference that was turned off is gone."""
    given = {factor: settings for factor, settings in zip(_FACTORS, (sms, software_token, email), strict=True) if settings}
    if sum(bool(settings.get("PreferredMfa")) for settings in given.values()) > 1:
        raise errors.ONE_PREFERENCE()
    mfa = user.mfa
    for factor, settings in given.items():
        mfa = _applied(pool, user, mfa, factor, settings)
    if pool.mfa == "ON" and user.mfa.enabled and not mfa.enabled:
        raise errors.MFA_CANNOT_BE_TURNED_OFF()
    context.table(USERS).put(replace(user, mfa=mfa, modified=context.now()))


def _applied(pool: UserPool, user: User, mfa: Mfa, factor: str, settings: Settings) -> Mfa:
    if not settings.get("Enabled"):
        if settings.get("PreferredMfa"):
            raise errors.PREFERENCE_NOT_ENABLED()
        return replace(
            mfa,
            enabled=tuple(one for one in mfa.enabled if one != factor),
            preferred=None if mfa.preferred == factor else mfa.preferred,
        )
    mfa_settings.check_usable(pool, user, factor)
    preferred = settings.get("PreferredMfa")
    if preferred is False and mfa.preferred == factor:
        mfa = replace(mfa, preferred=None)
    return replace(
        mfa,
        enabled=tuple(one for one in _FACTORS if one in mfa.enabled or one == factor),
        preferred=factor if preferred else mfa.preferred,
    )


def _set_options(context: Context, user: User, options: list[dict[str, str]]) -> None:
    """MFAOptions know SMS to the phone number alone; an empty list turns it off."""
    for option in options:
        if option.get("DeliveryMedium", "SMS") != "SMS" or option.get("AttributeName", "phone_number") != "phone_number":
            raise errors.MFA_OPTIONS_SMS_ONLY()
    if options and not user.attributes.get("phone_number"):
        raise errors.NO_DELIVERY_FOR_FACTOR(factor=SMS)
    others = tuple(factor for factor in user.mfa.enabled if factor != SMS)
    enabled = (SMS, *others) if options else others
    preferred = user.mfa.preferred if user.mfa.preferred in enabled else None
    mfa = replace(user.mfa, enabled=enabled, preferred=preferred, legacy_sms=bool(options))
    context.table(USERS).put(replace(user, mfa=mfa if mfa != NO_MFA else NO_MFA, modified=context.now()))
