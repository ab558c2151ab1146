"""Sign-up: a user registers, gets a code, and confirms with it."""

from __future__ import annotations

from collections.abc import Mapping

from ..aws.operation import Response, operation
from ..world import Context
from . import errors, lookup
from .flows import confirmation, limits, registration
from .rules import attributes as rules
from .rules import delivery


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
    user_context_data: dict[str, str] | None = None,
    client_metadata: Mapping[str, str] | None = None,
) -> Response:
    """Register a user, UNCONFIRMED unless the PreSignUp trigger confirms it, and send the code."""
    client, pool = lookup.authenticated(context, client_id, secret_hash, username)
    request = registration.Request(
        username=username,
        password=password,
        attributes=rules.named(user_attributes),
        validation_data=rules.named(validation_data),
        metadata=client_metadata or {},
    )
    user = registration.register(context, pool, client, request)
    details = registration.send_code(context, pool, client, user, request)
    return {"UserConfirmed": user.status == "CONFIRMED", "UserSub": user.sub, "CodeDeliveryDetails": details}


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
    user_context_data: dict[str, str] | None = None,
    client_metadata: Mapping[str, str] | None = None,
    session: str | None = None,
) -> Response:
    """Confirm a user with the code, which also verifies the attribute that the code was sent to."""
    client, pool = lookup.authenticated(context, client_id, secret_hash, username)
    confirmation.by_code(
        context, pool, client, username, confirmation_code, force_alias=force_alias_creation, metadata=client_metadata
    )
    return {}


@operation
def admin_confirm_sign_up(
    context: Context, *, user_pool_id: str, username: str, client_metadata: Mapping[str, str] | None = None
) -> Response:
    """Confirm a user without a code; no attribute becomes verified."""
    pool = lookup.pool(context, user_pool_id)
    user = lookup.user(context, pool, username)
    if user.status != "UNCONFIRMED":
        raise errors.NOT_UNCONFIRMED(status=user.status)
    confirmation.confirm(context, pool, None, user, verify=None, metadata=client_metadata)
    return {}


@operation
def resend_confirmation_code(
    context: Context,
    *,
    client_id: str,
    username: str,
    secret_hash: str | None = None,
    user_context_data: dict[str, str] | None = None,
    analytics_metadata: dict[str, str] | None = None,
    client_metadata: Mapping[str, str] | None = None,
) -> Response:
    """Send a new code to a user who is not confirmed; the earlier one is void."""
    client, pool = lookup.authenticated(context, client_id, secret_hash, username)
    user = lookup.find_user(context, pool, username)
    if user is None:
        if not client.hides_existence:
            raise errors.USER_NOT_FOUND_FOR_CLIENT()
        if not pool.auto_verified:
            raise errors.NO_AUTO_VERIFICATION()
        return {"CodeDeliveryDetails": delivery.simulated(pool, username)}
    limits.spend(context, user, "ResendConfirmationCode")
    if user.status != "UNCONFIRMED":
        raise errors.ALREADY_CONFIRMED()
    attribute = delivery.to_verify(pool, user)
    if attribute is None:
        raise errors.NO_AUTO_VERIFICATION()
    return {
        "CodeDeliveryDetails": registration.send(context, pool, client, user, "ResendCode", attribute, client_metadata)
    }
