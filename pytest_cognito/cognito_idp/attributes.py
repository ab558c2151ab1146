"""A user's attributes: changing, deleting and verifying them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ..aws.operation import Response, operation
from ..world import Context
from . import errors, lookup
from .flows import access, accounts, limits
from .flows import attribute_verification as verification
from .records import AppClient, User, UserPool
from .rules import attribute_changes as changes
from .rules import attributes as rules
from .rules import client_settings, names
from .rules.attribute_changes import Change
from .rules.attributes import VERIFIABLE

_KIND = {"email": "email address", "phone_number": "phone number"}


@operation
def update_user_attributes(
    context: Context,
    *,
    user_attributes: list[dict[str, str]],
    access_token: str,
    client_metadata: Mapping[str, str] | None = None,
) -> Response:
    """Change attributes of the user that an access token is of, as far as its client may write them.

    Tells where codes went.
    """
    caller = access.of(context, access_token)
    given = rules.named(user_attributes)
    rules.check_permission(given, client_settings.writable(caller.client, caller.pool))
    change = changes.update(caller.pool, caller.user, given, by_admin=False)
    user = _save(context, caller.pool, caller.user, change, given, by_admin=False)
    sent = _send(context, caller.pool, caller.client, user, change=change, metadata=client_metadata)
    return {"CodeDeliveryDetailsList": sent}


@operation
def admin_update_user_attributes(
    context: Context,
    *,
    user_pool_id: str,
    username: str,
    user_attributes: list[dict[str, str]],
    client_metadata: Mapping[str, str] | None = None,
) -> Response:
    """Change any attributes of a user. A value that is said to be verified is so at once, and no code is sent."""
    pool = lookup.pool(context, user_pool_id)
    user = lookup.user(context, pool, username)
    given = rules.named(user_attributes)
    change = changes.update(pool, user, given, by_admin=True)
    user = _save(context, pool, user, change, given, by_admin=True)
    _send(context, pool, None, user, change=change, metadata=client_metadata)
    return {}


@operation
def delete_user_attributes(context: Context, *, user_attribute_names: list[str], access_token: str) -> Response:
    """Delete attributes of the user that an access token is of, as far as its client may write them."""
    caller = access.of(context, access_token)
    rules.check_permission(user_attribute_names, client_settings.writable(caller.client, caller.pool))
    change = changes.deletion(caller.pool, caller.user, user_attribute_names, by_admin=False)
    _save(context, caller.pool, caller.user, change, user_attribute_names, by_admin=False)
    return {}


@operation
def admin_delete_user_attributes(
    context: Context, *, user_pool_id: str, username: str, user_attribute_names: list[str]
) -> Response:
    """Delete attributes of a user."""
    pool = lookup.pool(context, user_pool_id)
    user = lookup.user(context, pool, username)
    change = changes.deletion(pool, user, user_attribute_names, by_admin=True)
    _save(context, pool, user, change, user_attribute_names, by_admin=True)
    return {}


@operation
def get_user_attribute_verification_code(
    context: Context,
    *,
    access_token: str,
    attribute_name: str,
    client_metadata: Mapping[str, str] | None = None,
) -> Response:
    """Send a code to an address or a phone number of the user that an access token is of, verified or not.

    Where a new value waits to be verified, the code goes to that one.
    """
    caller = access.of(context, access_token)
    _check_verifiable(attribute_name)
    limits.spend(context, caller.user, "GetUserAttributeVerificationCode")
    pending = verification.pending(context, caller.user, attribute_name)
    if pending is None and not caller.user.attributes.get(attribute_name):
        raise errors.NOTHING_TO_VERIFY(what=_KIND[attribute_name])
    details = verification.send(
        context,
        caller.pool,
        caller.client,
        caller.user,
        source="VerifyUserAttribute",
        attribute=attribute_name,
        pending=pending,
        metadata=client_metadata,
    )
    return {"CodeDeliveryDetails": details}


@operation
def verify_user_attribute(context: Context, *, access_token: str, attribute_name: str, code: str) -> Response:
    """Verify an attribute with the code that was sent to it; a value that waited for that becomes the user's."""
    caller = access.of(context, access_token)
    _check_verifiable(attribute_name)
    limits.spend(context, caller.user, "VerifyUserAttribute")
    verification.redeem(context, caller.pool, caller.user, attribute_name, code)
    return {}


def _check_verifiable(attribute: str) -> None:
    if attribute not in VERIFIABLE:
        raise errors.NOT_VERIFIABLE()


def _save(
    context: Context, pool: UserPool, user: User, change: Change, decided: Iterable[str], *, by_admin: bool
) -> User:
    """Put the user with the changed attributes.

    An administrator who says that an address or a phone number is verified takes the alias from whoever has it. A value
    that takes the place of a user name, or a preferred user name, is nobody's to take, not even later.
    """
    to_be = {**change.attributes, **change.pending}
    wanted = replace(user, attributes=to_be, names=names.of(pool, user.sub, to_be))
    for attribute in accounts.taken_names(context, pool, wanted):
        if attribute in pool.username_attributes or attribute not in VERIFIABLE:
            raise errors.ALIAS_EXISTS(attribute=attribute)
    verification.settle(context, user, to_be, set(decided))
    return accounts.save(context, pool, replace(user, attributes=change.attributes), force_alias=by_admin)


def _send(
    context: Context,
    pool: UserPool,
    client: AppClient | None,
    user: User,
    *,
    change: Change,
    metadata: Mapping[str, str] | None,
) -> list[dict[str, str]]:
    """Send the codes for new values that are to be verified; tells where they went."""
    return [
        verification.send(
            context,
            pool,
            client,
            user,
            source="UpdateUserAttribute",
            attribute=attribute,
            pending=change.pending.get(attribute),
            metadata=metadata,
        )
        for attribute in change.to_verify
    ]
