"""Confirming a user, and telling the PostConfirmation trigger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ...world import Context
from .. import errors, lookup
from ..records import AppClient, User, UserPool
from ..triggers import engine, events
from . import accounts, codes, limits


def by_code(
    context: Context,
    pool: UserPool,
    client: AppClient,
    username: str,
    code: str,
    *,
    force_alias: bool = False,
    metadata: Mapping[str, str] | None = None,
) -> None:
    """Confirm a user with the code that he was sent, which also verifies where it was sent to."""
    user = lookup.find_user(context, pool, username)
    if user is None:
        raise errors.CODE_EXPIRED() if client.hides_existence else errors.USER_NOT_FOUND_FOR_CLIENT()
    limits.spend(context, user, "ConfirmSignUp")
    if user.status != "UNCONFIRMED":
        raise errors.NOT_UNCONFIRMED(status=user.status)
    sent = codes.redeem(context, user, "SignUp", code)
    confirm(context, pool, client, user, verify=sent.attribute, force_alias=force_alias, metadata=metadata)


def confirm(
    context: Context,
    pool: UserPool,
    client: AppClient | None,
    user: User,
    *,
    verify: str | None,
    force_alias: bool = False,
    metadata: Mapping[str, str] | None = None,
) -> User:
    """Make a user CONFIRMED, an attribute of his verified, and run PostConfirmation; if that fails, he stays
    confirmed.
    """
    attributes = dict(user.attributes)
    if verify is not None:
        attributes[f"{verify}_verified"] = "true"
    confirmed = accounts.save(
        context, pool, replace(user, status="CONFIRMED", attributes=attributes), force_alias=force_alias
    )
    tell(context, pool, client, confirmed, "ConfirmSignUp", metadata)
    return confirmed


def tell(
    context: Context,
    pool: UserPool,
    client: AppClient | None,
    user: User,
    source: str,
    metadata: Mapping[str, str] | None,
) -> None:
    """Run PostConfirmation, of which nothing but a failure comes back."""
    engine.run(
        context,
        pool,
        "PostConfirmation",
        source,
        username=user.username,
        client_id=client.id if client else None,
        request=events.post_confirmation(user, metadata),
    )
