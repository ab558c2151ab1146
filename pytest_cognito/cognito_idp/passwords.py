"""Passwords: set by an administrator, reset by a code, changed by the user."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..aws.operation import Response, operation
from ..world import Context
from . import errors, lookup
from .flows import access, codes, confirmation, limits, lockout, messages, migration, stored_passwords
from .records import AppClient, User, UserPool
from .rules import delivery
from .tables import USERS

_NOT_RESETTABLE = ("UNCONFIRMED", "FORCE_CHANGE_PASSWORD", "EXTERNAL_PROVIDER")


@operation
def admin_set_user_password(
    context: Context, *, user_pool_id: str, username: str, password: str, permanent: bool = False
) -> Response:
    """Set a password for good (the user is CONFIRMED) or until the next sign-in (FORCE_CHANGE_PASSWORD)."""
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
    lockout.end(context, user)
    return {}


@operation
def admin_reset_user_password(
    context: Context, *, user_pool_id: str, username: str, client_metadata: Mapping[str, str] | None = None
) -> Response:
    """Void a user's password and send him the code to set another."""
    pool = lookup.pool(context, user_pool_id)
    user = lookup.user(context, pool, username)
    if not user.enabled:
        raise errors.USER_DISABLED()
    if user.status in _NOT_RESETTABLE:
        raise errors.PASSWORD_NOT_RESETTABLE()
    _check_self_service(pool)
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
    user_context_data: dict[str, str] | None = None,
    analytics_metadata: dict[str, str] | None = None,
    client_metadata: Mapping[str, str] | None = None,
) -> Response:
    """Send a password reset code to the recovery channel of first priority that the user has."""
    client, pool = lookup.authenticated(context, client_id, secret_hash, username)
    user = lookup.find_user(context, pool, username) or migration.at_forgotten_password(
        context, pool, client, username, client_metadata
    )
    if not client.hides_existence:
        _check_reachable(user)
    _check_self_service(pool)
    simulated = {"CodeDeliveryDetails": delivery.simulated(pool, username, _recovery_attributes(pool))}
    if user is None or not user.enabled:
        return simulated
    limits.spend(context, user, "ForgotPassword")
    if user.status in ("FORCE_CHANGE_PASSWORD", "EXTERNAL_PROVIDER"):
        raise errors.PASSWORD_NOT_RESETTABLE()
    if client.hides_existence and delivery.to_recover(pool, user) is None:
        return simulated
    return {"CodeDeliveryDetails": _send_reset_code(context, pool, client, user, client_metadata)}


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
    user_context_data: dict[str, str] | None = None,
    client_metadata: Mapping[str, str] | None = None,
) -> Response:
    """Set a new password with the code; the user is CONFIRMED then."""
    client, pool = lookup.authenticated(context, client_id, secret_hash, username)
    user = lookup.find_user(context, pool, username)
    if user is None or (client.hides_existence and not user.enabled):
        raise errors.CODE_MISMATCH() if client.hides_existence else errors.USER_NOT_FOUND_FOR_CLIENT()
    if not user.enabled:
        raise errors.USER_DISABLED()
    limits.spend(context, user, "ForgotPassword")
    codes.redeem(context, user, "ForgotPassword", confirmation_code)
    user = stored_passwords.store(context, pool, user, password, errors.PASSWORD_BY_USER, status="CONFIRMED")
    lockout.end(context, user)
    confirmation.tell(context, pool, client, user, "ConfirmForgotPassword", client_metadata)
    return {}


@operation
def change_password(
    context: Context, *, access_token: str, proposed_password: str, previous_password: str | None = None
) -> Response:
    """Change the password of the user that an access token is of."""
    caller = access.of(context, access_token)
    user = caller.user
    limits.spend(context, user, "ChangePassword")
    if user.password is not None and not stored_passwords.matches(user, previous_password or ""):
        raise errors.INCORRECT()
    stored_passwords.store(context, caller.pool, user, proposed_password, errors.PASSWORD_BY_USER, status=user.status)
    return {}


def _recovery_attributes(pool: UserPool) -> tuple[str, ...]:
    named = {"verified_email": "email", "verified_phone_number": "phone_number"}
    return tuple(named[name] for name in delivery.recovery_mechanisms(pool) if name in named)


def _check_reachable(user: User | None) -> None:
    if user is None:
        raise errors.USER_NOT_FOUND_FOR_CLIENT()
    if not user.enabled:
        raise errors.USER_DISABLED()


def _check_self_service(pool: UserPool) -> None:
    if "admin_only" in delivery.recovery_mechanisms(pool):
        raise errors.PASSWORD_RESET_BY_ADMIN_ONLY()


def _send_reset_code(
    context: Context,
    pool: UserPool,
    client: AppClient | None,
    user: User,
    metadata: Mapping[str, str] | None,
) -> dict[str, str]:
    """Send a code to the channel by which the user recovers, or raise if he has none."""
    attribute = delivery.to_recover(pool, user)
    if attribute is None:
        raise errors.NO_RECOVERY_CHANNEL()
    code = codes.issue(context, user, "ForgotPassword", attribute)
    return messages.send(
        context, pool, user, client, "ForgotPassword", attribute, code=code.value, client_metadata=metadata
    )
