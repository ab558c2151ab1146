"""Multi-factor authentication: a pool's configuration, a user's factors and preferences, software tokens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..aws.operation import Response, operation
from ..world import Context
from . import errors, lookup
from .flows import access, preferences, software_token
from .rules import mfa_settings
from .rules.mfa import EMAIL, SMS, TOTP
from .tables import POOLS

Settings = Mapping[str, Any]


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
        caller = access.of(
            context, access_token, deleted=errors.ACCESS_TOKEN_REVOKED, reset=errors.RESET_REQUIRED_TO_ENROL
        )
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
    given = _named(sms_mfa_settings, software_token_mfa_settings, email_mfa_settings)
    preferences.prefer(context, caller.pool, caller.user, given, passkey=web_authn_mfa_settings)
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
    given = _named(sms_mfa_settings, software_token_mfa_settings, email_mfa_settings)
    preferences.prefer(context, pool, user, given, passkey=web_authn_mfa_settings)
    return {}


@operation
def set_user_settings(context: Context, *, access_token: str, mfa_options: list[dict[str, str]]) -> Response:
    """The old way to turn SMS on or off for the caller."""
    caller = access.of(context, access_token)
    preferences.set_options(context, caller.pool, caller.user, mfa_options)
    return {}


@operation
def admin_set_user_settings(
    context: Context, *, user_pool_id: str, username: str, mfa_options: list[dict[str, str]]
) -> Response:
    """The old way to turn SMS on or off for a user."""
    pool = lookup.pool(context, user_pool_id)
    preferences.set_options(context, pool, lookup.user(context, pool, username), mfa_options)
    return {}


def _check_one(access_token: str | None, session: str | None) -> None:
    if (access_token is None) == (session is None):
        raise errors.TOKEN_OR_SESSION()


def _named(sms: Settings | None, software_token: Settings | None, email: Settings | None) -> dict[str, Settings]:
    """The settings that were given, by factor."""
    named = {SMS: sms, TOTP: software_token, EMAIL: email}
    return {factor: settings for factor, settings in named.items() if settings is not None}
