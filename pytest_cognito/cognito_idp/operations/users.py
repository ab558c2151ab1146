"""Operations on users: creating, reading, listing, disabling and deleting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.aws.paging import page
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.tokens import access
from pytest_cognito.cognito_idp.flows.users import invitation
from pytest_cognito.cognito_idp.records import USERS, User, UserPool
from pytest_cognito.cognito_idp.rules.clients import client_settings
from pytest_cognito.cognito_idp.rules.factors import mfa
from pytest_cognito.cognito_idp.rules.users import attribute_rules, user_views
from pytest_cognito.cognito_idp.rules.users.filters import Filter, parse
from pytest_cognito.world import Context

_PAGE = 60
_TOKEN_LIFETIME = 60 * 60


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
    """Create a user with a temporary password and send the invitation, or send it again (``RESEND``).

    Where the pool allows sign-in by code, a user without a ``TemporaryPassword`` gets none, and is CONFIRMED.
    """
    pool = lookup.pool(context, user_pool_id)
    request = invitation.Request(
        username=username,
        attributes=attribute_rules.as_dict(user_attributes),
        validation_data=attribute_rules.as_dict(validation_data),
        password=temporary_password or None,
        force_alias=force_alias_creation,
        silent=message_action == "SUPPRESS",
        mediums=tuple(desired_delivery_mediums or ()),
        metadata=client_metadata or {},
    )
    invite = invitation.resend if message_action == "RESEND" else invitation.create
    return {"User": user_views.user_type(invite(context, pool, lookup.find_user(context, pool, username), request))}


@operation
def admin_get_user(context: Context, *, user_pool_id: str, username: str) -> Response:
    """Get a user with all attributes."""
    user = lookup.user(context, lookup.pool(context, user_pool_id), username)
    return {
        "Username": user.username,
        "UserAttributes": user_views.attributes(user),
        "UserCreateDate": user.created,
        "UserLastModifiedDate": user.modified,
        "Enabled": user.enabled,
        "UserStatus": user.status,
        **mfa.response_members(user),
    }


@operation
def admin_delete_user(context: Context, *, user_pool_id: str, username: str) -> Response:
    """Delete a user."""
    _delete(context, lookup.user(context, lookup.pool(context, user_pool_id), username))
    return {}


@operation
def admin_disable_user(context: Context, *, user_pool_id: str, username: str) -> Response:
    """Disable a user and revoke their tokens."""
    user = lookup.user(context, lookup.pool(context, user_pool_id), username)
    access.revoke_all(context, user)
    context.table(USERS).put(replace(user, enabled=False, modified=context.now()))
    return {}


@operation
def admin_enable_user(context: Context, *, user_pool_id: str, username: str) -> Response:
    """Enable a disabled user. Revoked tokens stay revoked."""
    user = lookup.user(context, lookup.pool(context, user_pool_id), username)
    context.table(USERS).put(replace(user, enabled=True, modified=context.now()))
    return {}


@operation
def get_user(context: Context, *, access_token: str) -> Response:
    """Get the user of an access token, with the attributes that the app client may read."""
    holder = access.token_holder(context, access_token)
    readable = user_views.attributes(holder.user, client_settings.readable(holder.client, holder.pool))
    attributes = [attribute for attribute in readable if not attribute["Name"].startswith("dev:")]
    return {"Username": holder.user.username, "UserAttributes": attributes, **mfa.response_members(holder.user)}


@operation
def delete_user(context: Context, *, access_token: str) -> Response:
    """Delete the user of an access token."""
    _delete(context, access.token_holder(context, access_token).user)
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
    """List the users of a pool, in the order of creation or, with a filter, of the filtered attribute."""
    pool = lookup.pool(context, user_pool_id)
    attribute_names = _attribute_names(pool, attributes_to_get)
    user_filter = parse(filter) if filter else None
    found, token = page(
        lambda after: _with_time(context, _matching(context, pool, user_filter, _without_time(context, after))),
        limit or _PAGE,
        pagination_token,
        f"ListUsers {pool.id} {filter or ''}",
        errors.PAGINATION_TOKEN_INVALID,
    )
    return {"Users": [user_views.user_type(user, attribute_names) for user in found], "PaginationToken": token}


def _delete(context: Context, user: User) -> None:
    """Delete a user with all their data."""
    context.table(USERS).delete((user.pool_id, user.key))


def _attribute_names(pool: UserPool, names: list[str] | None) -> frozenset[str] | None:
    """The names in AttributesToGet, if there are any; raise for one that is not in the schema."""
    if not names:
        return None
    if not pool.schema_by_name.keys() >= set(names):
        raise errors.ATTRIBUTES_TO_GET_UNKNOWN()
    return frozenset(names)


def _with_time(context: Context, found: Iterator[tuple[Any, User]]) -> Iterator[tuple[Any, User]]:
    """Add the current time, in seconds since the epoch, to each position."""
    now = context.world.clock.timestamp()
    return (((now, position), user) for position, user in found)


def _without_time(context: Context, position_and_time: Any) -> Any:
    """The position in a pagination token; raise if the token is older than an hour."""
    if position_and_time is None:
        return None
    issued_at, position = position_and_time
    if context.world.clock.timestamp() - issued_at >= _TOKEN_LIFETIME:
        raise errors.PAGINATION_TOKEN_INVALID()
    return position


def _matching(context: Context, pool: UserPool, user_filter: Filter | None, after: Any) -> Iterator[tuple[Any, User]]:
    users = context.table(USERS)
    if user_filter is None:
        yield from users.page("pool", pool.id, after)
        return
    for position, user in users.page(user_filter.attribute, pool.id, after, prefix=user_filter.value):
        if user_filter.prefix or position[0] == user_filter.value:
            yield position, user
        else:
            return
