"""Which groups a user is in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...world import Context
from ..records import Group, Membership, User
from ..tables import GROUPS, MEMBERSHIPS


def of_user(context: Context, user: User) -> list[Group]:
    """The groups of a user: the one that takes precedence first, those without a precedence last, then by name."""
    return sorted((group for _, group in listed(context, user, None)), key=_rank)


def join(context: Context, user: User, group: Group) -> None:
    """Put a user into a group; one who is in it already stays where he is."""
    members = context.table(MEMBERSHIPS)
    if members.get((user.pool_id, group.name, user.key)) is None:
        members.put(Membership(user.pool_id, group.name, user.key, context.world.store.serial()))


def leave_all(context: Context, user: User) -> None:
    """Take a user out of all groups."""
    members = context.table(MEMBERSHIPS)
    for _, member in list(members.page("user", (user.pool_id, user.key))):
        members.delete((member.pool_id, member.group, member.user))


def listed(context: Context, user: User, after: Any) -> Iterator[tuple[Any, Group]]:
    groups = context.table(GROUPS)
    for position, member in context.table(MEMBERSHIPS).page("user", (user.pool_id, user.key), after):
        group = groups.get((member.pool_id, member.group.lower()))
        if group is not None:
            yield position, group


def _rank(group: Group) -> tuple[bool, int, str]:
    return group.precedence is None, group.precedence or 0, group.name
