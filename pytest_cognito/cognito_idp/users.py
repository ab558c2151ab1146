"""Users: reading and listing them, and what an administrator does to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ..aws.operation import Response, operation
from ..aws.paging import page
from ..world import Context
from . import errors, lookup
from .flows import access, codes, invitation, limits, lockout, membership, sessions
from .records import User, UserPool
from .rules import attributes as rules
from .rules import client_settings, mfa
from .rules.filters import Filter, parse
from .tables import USERS

_PAGE = 60
_TOKEN_LIFETIME = 60 * 60


def listed(user: User, only: frozenset[str] | None = None) -> dict[str, Any]:
    """A user as listings and AdminCreateUser show it; with ``only`` these attributes of it."""
    return {
        "Username": user.username,
        "Attributes": _attributes(user, only),
        "UserCreateDate": user.created,
        "UserLastModifiedDate": user.modified,
        "Enabled": user.enabled,
        "UserStatus": user.status,
        "MFAOptions": mfa.shown(user)["MFAOptions"] if user.mfa.legacy_sms else None,
    }


def remove(context: Context, user: User) -> None:
    """Delete a user with all that hangs on it, so that nothing of it is left to the next one of the name."""
    membership.leave_all(context, user)
    codes.forget(context, user)
    limits.forget(context, user)
    lockout.end(context, user)
    sessions.end_all(context, user)
    access.end_all(context, user)
    context.table(USERS).delete((user.pool_id, user.key))


@operation
def admin_create_user(
    context: Context,
    *,
    user_pool_id: str,
    username: str,
    user_attributes: list[dict[str, str]] | None = None,
    validation_data: list[dict[str, str]] | None = None,
    temporary_password: str | None = None,
    force_alias_creation: bool = False,
    message_action: str | None = None,
    desired_delivery_mediums: list[str] | None = None,
    client_metadata: Mapping[str, str] | None = None,
) -> Response:
    """Create a user with a temporary password and send the invitation, or send it again (``RESEND``)."""
    pool = lookup.pool(context, user_pool_id)
    request = invitation.Request(
        username=username,
        attributes=rules.named(user_attributes),
        validation_data=rules.named(validation_data),
        password=temporary_password,
        force_alias=force_alias_creation,
        silent=message_action == "SUPPRESS",
        mediums=tuple(desired_delivery_mediums or ()),
        metadata=client_metadata or {},
    )
    send = invitation.again if message_action == "RESEND" else invitation.first
    return {"User": listed(send(context, pool, lookup.find_user(context, pool, username), request))}


@operation
def admin_get_user(context: Context, *, user_pool_id: str, username: str) -> Response:
    """A user with all attributes."""
    user = lookup.user(context, lookup.pool(context, user_pool_id), username)
    return {
        "Username": user.username,
        "UserAttributes": _attributes(user, None),
        "UserCreateDate": user.created,
        "UserLastModifiedDate": user.modified,
        "Enabled": user.enabled,
        "UserStatus": user.status,
        **mfa.shown(user),
    }


@operation
def admin_delete_user(context: Context, *, user_pool_id: str, username: str) -> Response:
    """Delete a user for good."""
    remove(context, lookup.user(context, lookup.pool(context, user_pool_id), username))
    return {}


@operation
def admin_disable_user(context: Context, *, user_pool_id: str, username: str) -> Response:
    """Lock a user out and revoke the tokens."""
    user = lookup.user(context, lookup.pool(context, user_pool_id), username)
    access.revoke_all(context, user)
    context.table(USERS).put(replace(user, enabled=False, modified=context.now()))
    return {}


@operation
def admin_enable_user(context: Context, *, user_pool_id: str, username: str) -> Response:
    """Let a disabled user in again. Tokens that were revoked stay so."""
    user = lookup.user(context, lookup.pool(context, user_pool_id), username)
    context.table(USERS).put(replace(user, enabled=True, modified=context.now()))
    return {}


@operation
def get_user(context: Context, *, access_token: str) -> Response:
    """The user that an access token is of, with the attributes that its client may read."""
    caller = access.of(context, access_token)
    readable = _attributes(caller.user, client_settings.readable(caller.client, caller.pool))
    shown = [attribute for attribute in readable if not attribute["Name"].startswith("dev:")]
    return {"Username": caller.user.username, "UserAttributes": shown, **mfa.shown(caller.user)}


@operation
def delete_user(context: Context, *, access_token: str) -> Response:
    """Delete the user that an access token is of."""
    remove(context, access.of(context, access_token).user)
    return {}


@operation
def list_users(
    context: Context,
    *,
    user_pool_id: str,
    attributes_to_get: list[str] | None = None,
    limit: int | None = None,
    pagination_token: str | None = None,
    filter: str | None = None,
) -> Response:
    """A page of the pool's users: in the order in which they were made or, with a filter, of the attribute it is on."""
    pool = lookup.pool(context, user_pool_id)
    only = _only(pool, attributes_to_get)
    wanted = parse(filter) if filter else None
    found, token = page(
        lambda after: _dated(context, _matching(context, pool, wanted, _undated(context, after))),
        limit or _PAGE,
        pagination_token,
        f"ListUsers {pool.id} {filter or ''}",
        errors.PAGINATION_TOKEN_INVALID,
    )
    return {"Users": [listed(user, only) for user in found], "PaginationToken": token}


def _attributes(user: User, only: frozenset[str] | None) -> list[dict[str, str]]:
    """The attributes of a user as a list, ``sub`` first and always there unless ``only`` leaves it out."""
    shown = [{"Name": "sub", "Value": user.sub}] if only is None or "sub" in only else []
    for name, value in user.attributes.items():
        if only is None or name in only:
            shown.append({"Name": name, "Value": value})
    return shown


def _only(pool: UserPool, names: list[str] | None) -> frozenset[str] | None:
    if not names:
        return None
    if not pool.schema_by_name.keys() >= set(names):
        raise errors.ATTRIBUTES_TO_GET_UNKNOWN()
    return frozenset(names)


def _dated(context: Context, found: Iterator[tuple[Any, User]]) -> Iterator[tuple[Any, User]]:
    """What was found, each position with the second at which it was."""
    now = context.world.clock.timestamp()
    return (((now, position), user) for position, user in found)


def _undated(context: Context, dated: Any) -> Any:
    """The position in a token; an hour after it was given it is worth nothing."""
    if dated is None:
        return None
    given, position = dated
    if context.world.clock.timestamp() - given >= _TOKEN_LIFETIME:
        raise errors.PAGINATION_TOKEN_INVALID()
    return position


def _matching(context: Context, pool: UserPool, wanted: Filter | None, after: Any) -> Iterator[tuple[Any, User]]:
    users = context.table(USERS)
    if wanted is None:
        yield from users.page("pool", pool.id, after)
        return
    for position, user in users.page(wanted.attribute, pool.id, after, prefix=wanted.value):
        if wanted.prefix or position[0] == wanted.value:
            yield position, user
        else:
            return
