"""Operations of sign-up and confirmation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.sign_in import sign_up_sessions
from pytest_cognito.cognito_idp.flows.threats.activity import Activity
from pytest_cognito.cognito_idp.flows.users import confirmation, limits, registration
from pytest_cognito.cognito_idp.records import AppClient, User, UserPool
from pytest_cognito.cognito_idp.rules.messages import delivery
from pytest_cognito.cognito_idp.rules.users import attribute_rules
from pytest_cognito.world import Context


@operation
def sign_up(
    context: Context,
    *,
    client_id: str,
    username: str,
    password: str | None = None,
    secret_hash: str | None = None,
    user_attributes: list[dict[str, str]] | None = None,
    validation_data: list[dict[str, str]] | None = None,
    analytics_metadata: dict[str, str] | None = None,
    user_context_data: dict[str, Any] | None = None,
    client_metadata: Mapping[str, str] | None = None,
) -> Response:
    """Create a user, UNCONFIRMED unless the PreSignUp trigger confirms them, and send the confirmation code.

    Where sign-in by code is possible, they need no password. With ``Session``, they can sign in once confirmed.
    """
    client, pool = lookup.authenticated_client(context, client_id, secret_hash, username)
    request = registration.Request(
        username=username,
        password=password or None,
        attributes=attribute_rules.as_dict(user_attributes),
        validation_data=attribute_rules.as_dict(validation_data),
        metadata=client_metadata or {},
    )
    with Activity(context, pool, client, "SignUp", username, user_context_data) as activity:
        user = activity.user = registration.register(context, pool, client, request, activity)
        details = registration.send_first_code(context, pool, client, user, request)
    return {
        "UserConfirmed": user.status == "CONFIRMED",
        "UserSub": user.sub,
        "CodeDeliveryDetails": details,
        "Session": sign_up_sessions.begin(context, client, user) if details is not None else None,
    }


@operation
def confirm_sign_up(
    context: Context,
    *,
    client_id: str,
    username: str,
    confirmation_code: str,
    secret_hash: str | None = None,
    force_alias_creation: bool = False,
    analytics_metadata: dict[str, str] | None = None,
    user_context_data: dict[str, Any] | None = None,
    client_metadata: Mapping[str, str] | None = None,
    session: str | None = None,
) -> Response:
    """Confirm a user with the confirmation code, which also verifies the address that it was sent to.

    With the ``Session`` of SignUp it gives another, with which they can sign in without a further proof.
    """
    client, pool = lookup.authenticated_client(context, client_id, secret_hash, username)
    waiting = None if session is None else sign_up_sessions.resume(context, pool, client, username, session)
    with Activity(context, pool, client, None, username, user_context_data):
        confirmation.confirm_with_code(
            context,
            pool,
            client,
            username,
            confirmation_code,
            force_alias=force_alias_creation,
            metadata=client_metadata,
        )
    return {} if waiting is None else {"Session": sign_up_sessions.confirm(context, client, waiting)}


@operation
def admin_confirm_sign_up(
    context: Context, *, user_pool_id: str, username: str, client_metadata: Mapping[str, str] | None = None
) -> Response:
    """Confirm a user without a code. No attribute becomes verified."""
    pool = lookup.pool(context, user_pool_id)
    user = lookup.user(context, pool, username)
    if user.status != "UNCONFIRMED":
        raise errors.NOT_UNCONFIRMED(status=user.status)
    confirmation.confirm(context, pool, None, user, None, metadata=client_metadata)
    return {}


@operation
def resend_confirmation_code(
    context: Context,
    *,
    client_id: str,
    username: str,
    secret_hash: str | None = None,
    user_context_data: dict[str, Any] | None = None,
    analytics_metadata: dict[str, str] | None = None,
    client_metadata: Mapping[str, str] | None = None,
) -> Response:
    """Send a new confirmation code to an unconfirmed user, which replaces the earlier one."""
    client, pool = lookup.authenticated_client(context, client_id, secret_hash, username)
    with Activity(context, pool, client, "ResendCode", username, user_context_data) as activity:
        user = activity.user = lookup.find_user(context, pool, username)
        if user is None:
            return {"CodeDeliveryDetails": _simulated_resend(pool, client, username)}
        return {"CodeDeliveryDetails": _resend(context, pool, client, user, client_metadata)}


def _simulated_resend(pool: UserPool, client: AppClient, username: str) -> dict[str, str]:
    """``CodeDeliveryDetails`` for a user who does not exist, if the app client hides that."""
    if not client.hides_existence:
        raise errors.USER_NOT_FOUND_FOR_CLIENT()
    if not pool.auto_verified:
        raise errors.NO_AUTO_VERIFICATION()
    return delivery.simulated_details(pool, username)


def _resend(
    context: Context, pool: UserPool, client: AppClient, user: User, metadata: Mapping[str, str] | None
) -> dict[str, str]:
    limits.count_call(context, user, "ResendConfirmationCode")
    if user.status != "UNCONFIRMED":
        raise errors.ALREADY_CONFIRMED()
    attribute = delivery.sign_up_code_attribute(pool, user)
    if attribute is None:
        raise errors.NO_AUTO_VERIFICATION()
    return registration.send_code(context, pool, client, user, "ResendCode", attribute, metadata)
