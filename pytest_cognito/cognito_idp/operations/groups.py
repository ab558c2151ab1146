"""Operations on groups and their members."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.aws.paging import page
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.users import membership
from pytest_cognito.cognito_idp.records import GROUPS, MEMBERSHIPS, USERS, Group, User
from pytest_cognito.cognito_idp.rules import quotas
from pytest_cognito.cognito_idp.rules.users import user_views
from pytest_cognito.world import Context

_PAGE = 60


@operation
def create_group(
    context: Context,
    *,
    group_name: str,
    user_pool_id: str,
    description: str | None = None,
    role_arn: str | None = None,
    precedence: int | None = None,
) -> Response:
    """Create a group. Its name must be unique in the pool, ignoring case."""
    pool = lookup.pool(context, user_pool_id)
    groups = context.table(GROUPS)
    if groups.get((pool.id, group_name.lower())) is not None:
        raise errors.GROUP_EXISTS()
    if groups.count("pool", pool.id) >= quotas.GROUPS_OF_POOL:
        raise errors.GROUP_LIMIT()
    now = context.now()
    group = Group(pool.id, group_name, description, role_arn, precedence, created=now, modified=now)
    groups.put(group)
    return {"Group": _described(group)}


@operation
def get_group(context: Context, *, group_name: str, user_pool_id: str) -> Response:
    """Get a group."""
    return {"Group": _described(lookup.group(context, lookup.pool(context, user_pool_id), group_name))}


@operation
def update_group(
    context: Context,
    *,
    group_name: str,
    user_pool_id: str,
    description: str | None = None,
    role_arn: str | None = None,
    precedence: int | None = None,
) -> Response:
    """Change a group. Members that the request leaves out stay unchanged."""
    group = lookup.group(context, lookup.pool(context, user_pool_id), group_name)
    members = {"description": description, "role_arn": role_arn, "precedence": precedence}
    changes: dict[str, Any] = {member: value for member, value in members.items() if value is not None}
    group = replace(group, modified=context.now(), **changes)
    context.table(GROUPS).put(group)
    return {"Group": _described(group)}


@operation
def delete_group(context: Context, *, group_name: str, user_pool_id: str) -> Response:
    """Delete a group, but not its users."""
    pool = lookup.pool(context, user_pool_id)
    group = lookup.group(context, pool, group_name)
    context.table(GROUPS).delete((pool.id, group.name.lower()))
    return {}


@operation
def list_groups(
    context: Context, *, user_pool_id: str, limit: int | None = None, next_token: str | None = None
) -> Response:
    """List the groups of a pool by name."""
    pool = lookup.pool(context, user_pool_id)
    found, token = page(
        lambda after: context.table(GROUPS).page("pool", pool.id, after),
        limit or _PAGE,
        next_token,
        f"ListGroups {pool.id}",
        errors.PAGINATION_TOKEN_INVALID,
    )
    return {"Groups": [_described(group) for group in found], "NextToken": token}


@operation
def admin_add_user_to_group(context: Context, *, user_pool_id: str, username: str, group_name: str) -> Response:
    """Add a user to a group. If they are in it already, nothing changes."""
    pool = lookup.pool(context, user_pool_id)
    membership.join(context, lookup.user(context, pool, username), lookup.group(context, pool, group_name))
    return {}


@operation
def admin_remove_user_from_group(context: Context, *, user_pool_id: str, username: str, group_name: str) -> Response:
    """Remove a user from a group. It is no error if they are not in it."""
    pool = lookup.pool(context, user_pool_id)
    user, group = lookup.user(context, pool, username), lookup.group(context, pool, group_name)
    context.table(MEMBERSHIPS).delete((pool.id, group.name, user.key))
    return {}


@operation
def admin_list_groups_for_user(
    context: Context, *, username: str, user_pool_id: str, limit: int | None = None, next_token: str | None = None
) -> Response:
    """List the groups of a user by name."""
    pool = lookup.pool(context, user_pool_id)
    user = lookup.user(context, pool, username)
    found, token = page(
        lambda after: membership.groups_by_name(context, user, after),
        limit or _PAGE,
        next_token,
        f"AdminListGroupsForUser {pool.id} {user.key}",
        errors.PAGINATION_TOKEN_INVALID,
    )
    return {"Groups": [_described(group) for group in found], "NextToken": token}


@operation
def list_users_in_group(
    context: Context, *, user_pool_id: str, group_name: str, limit: int | None = None, next_token: str | None = None
) -> Response:
    """List the users in a group, with all attributes, in the order in which they were added."""
    pool = lookup.pool(context, user_pool_id)
    group = lookup.group(context, pool, group_name)
    found, token = page(
        lambda after: _users_in_group(context, group, after),
        limit or _PAGE,
        next_token,
        f"ListUsersInGroup {pool.id} {group.name}",
        errors.PAGINATION_TOKEN_INVALID,
    )
    return {"Users": [user_views.user_type(user) for user in found], "NextToken": token}


def _users_in_group(context: Context, group: Group, after: Any) -> Iterator[tuple[Any, User]]:
    users = context.table(USERS)
    for position, member in context.table(MEMBERSHIPS).page("group", (group.pool_id, group.name), after):
        user = users.get((member.pool_id, member.user))
        if user is not None:
            yield position, user


def _described(group: Group) -> dict[str, Any]:
    return {
        "GroupName": group.name,
        "UserPoolId": group.pool_id,
        "Description": group.description,
        "RoleArn": group.role_arn,
        "Precedence": group.precedence,
        "CreationDate": group.created,
        "LastModifiedDate": group.modified,
    }
