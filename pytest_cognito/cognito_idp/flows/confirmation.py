"""Confirming a user, and telling the PostConfirmation trigger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ...world import Context
from ..records import AppClient, User, UserPool
from ..triggers import engine, user_attributes
from . import accounts


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
    request: dict[str, Any] = {"userAttributes": user_attributes.of(user)}
    if metadata:
        request["clientMetadata"] = dict(metadata)
    engine.run(
        context,
        pool,
        "PostConfirmation",
        source,
        username=user.username,
        client_id=client.id if client else None,
        request=request,
    )
