"""The groups of users."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pytest_cognito.cognito_idp.records import GROUPS, MEMBERSHIPS, USERS, Group, Membership, User
from pytest_cognito.world import Context


def groups_by_precedence(context: Context, user: User) -> list[Group]:
    """The groups of a user by precedence, the lowest number first and none last, and then by name."""
    groups = context.table(GROUPS)
    names = (member.group for member in context.table(MEMBERSHIPS).owned(USERS, (user.pool_id, user.key)))
    found = (groups.get((user.pool_id, name.lower())) for name in names)
    return sorted((group for group in found if group is not None), key=_precedence_and_name)


def join(context: Context, user: User, group: Group) -> None:
    """Add a user to a group. If they are in it already, nothing changes."""
    members = context.table(MEMBERSHIPS)
    if members.get((user.pool_id, group.name, user.key)) is None:
        members.put(Membership(user.pool_id, group.name, user.key, context.world.store.serial()))


def groups_by_name(context: Context, user: User, after: Any) -> Iterator[tuple[Any, Group]]:
    """The groups of a user by name, each with its position in the listing, after the position ``after``."""
    groups = context.table(GROUPS)
    for position, member in context.table(MEMBERSHIPS).page("user", (user.pool_id, user.key), after):
        group = groups.get((member.pool_id, member.group.lower()))
        if group is not None:
            yield position, group


def _precedence_and_name(group: Group) -> tuple[bool, int, str]:
    return group.precedence is None, group.precedence or 0, group.name
