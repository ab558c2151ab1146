"""Operations on MFA: the configuration of pools, the preferences of users, and software tokens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.factors import preferences, software_token
from pytest_cognito.cognito_idp.flows.pools import saving
from pytest_cognito.cognito_idp.flows.sign_in import mfa_setup
from pytest_cognito.cognito_idp.flows.tokens import access
from pytest_cognito.cognito_idp.rules.factors.mfa import EMAIL, SMS, TOTP
from pytest_cognito.cognito_idp.rules.pools import mfa_settings
from pytest_cognito.world import Context

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
    """Replace the MFA configuration of a pool. Factors that the request leaves out are turned off."""
    pool = lookup.pool(context, user_pool_id)
    request = {
        "SmsMfaConfiguration": sms_mfa_configuration,
        "SoftwareTokenMfaConfiguration": software_token_mfa_configuration,
        "EmailMfaConfiguration": email_mfa_configuration,
        "MfaConfiguration": mfa_configuration or "OFF",
        "WebAuthnConfiguration": web_authn_configuration,
    }
    pool = mfa_settings.apply(pool, {name: value for name, value in request.items() if value is not None})
    saving.save(context, replace(pool, modified=context.now()))
    return mfa_settings.describe(pool)


@operation
def get_user_pool_mfa_config(context: Context, *, user_pool_id: str) -> Response:
    """Get the MFA configuration of a pool."""
    return mfa_settings.describe(lookup.pool(context, user_pool_id))


@operation
def associate_software_token(
    context: Context, *, access_token: str | None = None, session: str | None = None
) -> Response:
    """Generate the secret of a software token, for a signed-in user or during MFA_SETUP."""
    _check_token_or_session(access_token, session)
    if access_token is not None:
        holder = access.token_holder(
            context, access_token, deleted=errors.ACCESS_TOKEN_REVOKED, reset=errors.RESET_REQUIRED_TO_ENROL
        )
        return {"SecretCode": software_token.associate(context, holder.pool, holder.user)}
    sign_in = mfa_setup.resume(context, session, reset=errors.RESET_REQUIRED_TO_ENROL)
    return {
        "SecretCode": software_token.associate(context, sign_in.pool, sign_in.user),
        "Session": sign_in.next_session(context, verified=sign_in.verified),
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
    """Register a software token with its first code."""
    _check_token_or_session(access_token, session)
    if access_token is not None:
        holder = access.token_holder(context, access_token)
        software_token.verify(context, holder.pool, holder.user, user_code, friendly_device_name)
        return {"Status": "SUCCESS"}
    sign_in = mfa_setup.resume(context, session)
    software_token.verify(context, sign_in.pool, sign_in.user, user_code, friendly_device_name)
    return {"Status": "SUCCESS", "Session": sign_in.next_session(context, verified=True)}


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
    """Turn MFA factors of the user of an access token on or off, and set the preferred one."""
    holder = access.token_holder(context, access_token)
    requested = _by_factor(sms_mfa_settings, software_token_mfa_settings, email_mfa_settings)
    preferences.set_preferences(context, holder.pool, holder.user, requested, passkey=web_authn_mfa_settings)
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
    """Turn MFA factors of a user on or off, and set the preferred one."""
    pool = lookup.pool(context, user_pool_id)
    user = lookup.user(context, pool, username)
    requested = _by_factor(sms_mfa_settings, software_token_mfa_settings, email_mfa_settings)
    preferences.set_preferences(context, pool, user, requested, passkey=web_authn_mfa_settings)
    return {}


@operation
def set_user_settings(context: Context, *, access_token: str, mfa_options: list[dict[str, str]]) -> Response:
    """Turn SMS on or off for the user of an access token (deprecated by AWS)."""
    holder = access.token_holder(context, access_token)
    preferences.set_mfa_options(context, holder.pool, holder.user, mfa_options)
    return {}


@operation
def admin_set_user_settings(
    context: Context, *, user_pool_id: str, username: str, mfa_options: list[dict[str, str]]
) -> Response:
    """Turn SMS on or off for a user (deprecated by AWS)."""
    pool = lookup.pool(context, user_pool_id)
    preferences.set_mfa_options(context, pool, lookup.user(context, pool, username), mfa_options)
    return {}


def _check_token_or_session(access_token: str | None, session: str | None) -> None:
    """Raise unless the request has either an access token or a session."""
    if (access_token is None) == (session is None):
        raise errors.TOKEN_OR_SESSION()


def _by_factor(sms: Settings | None, software_token: Settings | None, email: Settings | None) -> dict[str, Settings]:
    """The settings in the request, by factor."""
    settings_by_factor = {SMS: sms, TOTP: software_token, EMAIL: email}
    return {factor: settings for factor, settings in settings_by_factor.items() if settings is not None}


@operation
def admin_delete_software_token(context: Context, *, user_pool_id: str, username: str) -> Response:
    """Delete the software token of a user, who can register another one."""
    pool = lookup.pool(context, user_pool_id)
    user = lookup.user(context, pool, username)
    if user.status == "UNCONFIRMED":
        raise errors.NOT_CONFIRMED()
    software_token.delete(context, user)
    return {}
