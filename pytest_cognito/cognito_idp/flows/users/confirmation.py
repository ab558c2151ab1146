"""The confirmation of users, and the PostConfirmation trigger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.messages import codes
from pytest_cognito.cognito_idp.flows.users import accounts, limits
from pytest_cognito.cognito_idp.records import AppClient, Code, User, UserPool
from pytest_cognito.cognito_idp.rules.users import attribute_changes
from pytest_cognito.cognito_idp.triggers import engine, events
from pytest_cognito.world import Context


def confirm_with_code(
    context: Context,
    pool: UserPool,
    client: AppClient,
    username: str,
    code: str,
    *,
    force_alias: bool = False,
    metadata: Mapping[str, str] | None = None,
) -> None:
    """Confirm a user with the sign-up code, which also verifies the address that it was sent to."""
    user = lookup.find_user(context, pool, username)
    if user is None:
        raise errors.CODE_EXPIRED() if client.hides_existence else errors.USER_NOT_FOUND_FOR_CLIENT()
    limits.count_call(context, user, "ConfirmSignUp")
    if user.status != "UNCONFIRMED":
        raise errors.NOT_UNCONFIRMED(status=user.status)
    sent = codes.redeem(context, user, "SignUp", code)
    confirm(context, pool, client, user, sent, force_alias=force_alias, metadata=metadata)


def confirm(
    context: Context,
    pool: UserPool,
    client: AppClient | None,
    user: User,
    sent: Code | None,
    *,
    force_alias: bool = False,
    metadata: Mapping[str, str] | None = None,
) -> User:
    """Set the status of a user to CONFIRMED, and run PostConfirmation. ``sent`` is the code that the user has entered.

    The user stays confirmed if the trigger fails.
    """
    attributes = user.attributes
    if sent is not None:
        attributes = attribute_changes.verified(attributes, sent.attribute, sent.address)
    confirmed = accounts.save(
        context, pool, replace(user, status="CONFIRMED", attributes=attributes), force_alias=force_alias
    )
    run_post_confirmation(context, pool, client, confirmed, "ConfirmSignUp", metadata)
    return confirmed


def run_post_confirmation(
    context: Context,
    pool: UserPool,
    client: AppClient | None,
    user: User,
    source: str,
    metadata: Mapping[str, str] | None,
) -> None:
    """Run PostConfirmation. Its response has no effect, but an error fails the operation."""
    engine.run(
        context,
        pool,
        "PostConfirmation",
        source,
        username=user.username,
        client_id=client.id if client else None,
        request=events.post_confirmation(user, metadata),
    )
