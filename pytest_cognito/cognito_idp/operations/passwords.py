"""Operations on passwords: set by an administrator, reset with a code, changed by the user."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.messages import codes, sending
from pytest_cognito.cognito_idp.flows.threats.activity import Activity
from pytest_cognito.cognito_idp.flows.tokens import access
from pytest_cognito.cognito_idp.flows.users import confirmation, limits, lockout, migration, stored_passwords
from pytest_cognito.cognito_idp.records import USERS, AppClient, User, UserPool
from pytest_cognito.cognito_idp.rules.messages import delivery
from pytest_cognito.cognito_idp.rules.threats import responses
from pytest_cognito.world import Context

_NOT_RESETTABLE = ("UNCONFIRMED", "FORCE_CHANGE_PASSWORD", "EXTERNAL_PROVIDER")


@operation
def admin_set_user_password(
    context: Context, *, user_pool_id: str, username: str, password: str, permanent: bool = False
) -> Response:
    """Set a permanent password (status CONFIRMED) or a temporary one (status FORCE_CHANGE_PASSWORD)."""
    pool = lookup.pool(context, user_pool_id)
    user = lookup.user(context, pool, username)
    stored_passwords.store(
        context,
        pool,
        user,
        password,
        errors.PASSWORD_BY_ADMIN,
        status="CONFIRMED" if permanent else "FORCE_CHANGE_PASSWORD",
        set_at=None if permanent else context.now(),
    )
    lockout.reset(context, user)
    return {}


@operation
def admin_reset_user_password(
    context: Context, *, user_pool_id: str, username: str, client_metadata: Mapping[str, str] | None = None
) -> Response:
    """Set the status of a user to RESET_REQUIRED and send a password reset code, which is good at every app client."""
    pool = lookup.pool(context, user_pool_id)
    user = lookup.user(context, pool, username)
    if not user.enabled:
        raise errors.USER_DISABLED()
    if user.status in _NOT_RESETTABLE:
        raise errors.PASSWORD_NOT_RESETTABLE()
    _check_self_service_recovery(pool)
    user = replace(user, status="RESET_REQUIRED", modified=context.now())
    context.table(USERS).put(user)
    _send_reset_code(context, pool, None, user, client_metadata)
    return {}


@operation
def forgot_password(
    context: Context,
    *,
    client_id: str,
    username: str,
    secret_hash: str | None = None,
    user_context_data: dict[str, Any] | None = None,
    analytics_metadata: dict[str, str] | None = None,
    client_metadata: Mapping[str, str] | None = None,
) -> Response:
    """Send a password reset code by the first recovery mechanism that is available for the user.

    The code is good at the app client that has asked for it.
    """
    client, pool = lookup.authenticated_client(context, client_id, secret_hash, username)
    with Activity(context, pool, client, "ForgotPassword", username, user_context_data) as activity:
        user = activity.user = lookup.find_user(context, pool, username) or migration.at_forgotten_password(
            context, pool, client, username, client_metadata
        )
        return {"CodeDeliveryDetails": _begin_reset(context, pool, client, username, user, client_metadata)}


def _begin_reset(
    context: Context,
    pool: UserPool,
    client: AppClient,
    username: str,
    user: User | None,
    metadata: Mapping[str, str] | None,
) -> dict[str, str]:
    if not client.hides_existence:
        _check_enabled(user)
    _check_self_service_recovery(pool)
    simulated = delivery.simulated_details(pool, username, delivery.recovery_attributes(pool))
    if user is None or not user.enabled:
        return simulated
    limits.count_call(context, user, "ForgotPassword")
    if user.status in ("FORCE_CHANGE_PASSWORD", "EXTERNAL_PROVIDER"):
        raise errors.PASSWORD_NOT_RESETTABLE()
    if client.hides_existence and delivery.reset_code_attribute(pool, user) is None:
        return simulated
    return _send_reset_code(context, pool, client, user, metadata)


@operation
def confirm_forgot_password(
    context: Context,
    *,
    client_id: str,
    username: str,
    confirmation_code: str,
    password: str,
    secret_hash: str | None = None,
    analytics_metadata: dict[str, str] | None = None,
    user_context_data: dict[str, Any] | None = None,
    client_metadata: Mapping[str, str] | None = None,
) -> Response:
    """Set a new password with the password reset code. The status becomes CONFIRMED."""
    client, pool = lookup.authenticated_client(context, client_id, secret_hash, username)
    with Activity(context, pool, client, "PasswordChange", username, user_context_data) as activity:
        user = activity.user = lookup.find_user(context, pool, username)
        user = _redeem_reset_code(context, client, user, confirmation_code)
        user = stored_passwords.store(context, pool, user, password, errors.PASSWORD_BY_USER, status="CONFIRMED")
        activity.check_new_password(password, responses.PASSWORD_CHANGE)
        lockout.reset(context, user)
        confirmation.run_post_confirmation(context, pool, client, user, "ConfirmForgotPassword", client_metadata)
    return {}


def _redeem_reset_code(context: Context, client: AppClient, user: User | None, code: str) -> User:
    """Check a password reset code and return the user whose it is."""
    if user is None or (client.hides_existence and not user.enabled):
        raise errors.CODE_MISMATCH() if client.hides_existence else errors.USER_NOT_FOUND_FOR_CLIENT()
    if not user.enabled:
        raise errors.USER_DISABLED()
    limits.count_call(context, user, "ForgotPassword")
    codes.redeem(context, user, "ForgotPassword", code, client=client)
    return user


@operation
def change_password(
    context: Context, *, access_token: str, proposed_password: str, previous_password: str | None = None
) -> Response:
    """Change the password of the user of an access token. A user of an identity provider has none to change."""
    holder = access.token_holder(context, access_token)
    user = holder.user
    with Activity(context, holder.pool, holder.client, "PasswordChange", user.username) as activity:
        activity.user = user
        limits.count_call(context, user, "ChangePassword")
        external = user.status == "EXTERNAL_PROVIDER"
        if external or (user.has_password and not stored_passwords.matches(user, previous_password or "")):
            raise errors.INCORRECT()
        stored_passwords.store(
            context, holder.pool, user, proposed_password, errors.PASSWORD_BY_USER, status=user.status
        )
        activity.check_new_password(proposed_password, responses.PASSWORD_CHANGE)
    return {}


def _check_enabled(user: User | None) -> None:
    if user is None:
        raise errors.USER_NOT_FOUND_FOR_CLIENT()
    if not user.enabled:
        raise errors.USER_DISABLED()


def _check_self_service_recovery(pool: UserPool) -> None:
    if "admin_only" in delivery.recovery_mechanisms(pool):
        raise errors.PASSWORD_RESET_BY_ADMIN_ONLY()


def _send_reset_code(
    context: Context,
    pool: UserPool,
    client: AppClient | None,
    user: User,
    metadata: Mapping[str, str] | None,
) -> dict[str, str]:
    """Send a password reset code and return its ``CodeDeliveryDetails``; raise if no mechanism is available."""
    attribute = delivery.reset_code_attribute(pool, user)
    if attribute is None:
        raise errors.NO_RECOVERY_CHANNEL()
    code = codes.issue(context, user, "ForgotPassword", attribute, only_for=client)
    return sending.send(
        context, pool, user, client, "ForgotPassword", attribute, code=code.value, client_metadata=metadata
    )
