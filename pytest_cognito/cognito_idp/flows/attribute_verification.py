"""The verification of an address or a phone number that a user has, or is to have."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from ...world import Context
from ..records import AppClient, User, UserPool
from ..rules.attributes import VERIFIABLE
from ..tables import CODES
from . import accounts, codes, messages


def send(
    context: Context,
    pool: UserPool,
    client: AppClient | None,
    user: User,
    *,
    source: str,
    attribute: str,
    pending: str | None,
    metadata: Mapping[str, str] | None,
) -> dict[str, str]:
    """Send a code to an attribute's value, or to the one that is ``pending``; gives its ``CodeDeliveryDetails``."""
    code = codes.issue(context, user, codes.VERIFY[attribute], attribute, pending=pending)
    if pending is not None:
        user = replace(user, attributes={**user.attributes, attribute: pending, f"{attribute}_verified": "false"})
    return messages.send(context, pool, user, client, source, attribute, code=code.value, client_metadata=metadata)


def pending(context: Context, user: User, attribute: str) -> str | None:
    """The value that an attribute gets once it is verified. It outlives the code that was sent to it."""
    code = context.table(CODES).get((user.pool_id, user.key, codes.VERIFY[attribute]))
    return code.pending if code else None


def settle(context: Context, before: User, after: Mapping[str, str], names: Collection[str]) -> None:
    """Of the attributes that were decided anew, void the codes that were sent to other values than they have now."""
    for attribute in VERIFIABLE:
        sent_to = pending(context, before, attribute) or before.attributes.get(attribute)
        if attribute in names and sent_to != after.get(attribute):
            context.table(CODES).delete((before.pool_id, before.key, codes.VERIFY[attribute]))


def redeem(context: Context, pool: UserPool, user: User, attribute: str, given: str) -> None:
    """Take a code back: the value that it was sent to is the user's now, and verified.

    A value that is somebody else's alias stays his: AliasExistsException.
    """
    code = codes.redeem(context, user, codes.VERIFY[attribute], given)
    value = code.pending or user.attributes[attribute]
    attributes = {**user.attributes, attribute: value, f"{attribute}_verified": "true"}
    accounts.save(context, pool, replace(user, attributes=attributes))
