"""Groups and their members."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pytest_cognito.cognito_idp.records.pools import POOLS
from pytest_cognito.cognito_idp.records.recoveries import VERSIONS, WRITE_LOCK
from pytest_cognito.cognito_idp.records.users import USERS
from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class Group:
    """A group. ``created`` and ``modified`` are CreationDate and LastModifiedDate."""

    pool_id: str
    name: str
    description: str | None
    role_arn: str | None
    precedence: int | None
    created: dt.datetime
    modified: dt.datetime


@dataclass(frozen=True, slots=True)
class Membership:
    """The membership of a user in a group.

    ``user`` is the user's key, ``group`` the group's name. ``number`` orders the memberships by creation.
    """

    pool_id: str
    group: str
    user: str
    number: int
    created: dt.datetime


GROUPS: Schema[Group] = Schema(
    "cognito-idp/groups",
    key=lambda group: (group.pool_id, group.name.lower()),
    ordered={"pool": lambda group: [(group.pool_id, group.name)]},
    owners={POOLS: lambda group: group.pool_id},
    history=VERSIONS,
    created=lambda group: group.created,
    lock=WRITE_LOCK,
)
MEMBERSHIPS: Schema[Membership] = Schema(
    "cognito-idp/memberships",
    key=lambda member: (member.pool_id, member.group, member.user),
    ordered={
        "group": lambda member: [((member.pool_id, member.group), member.number)],
        "user": lambda member: [((member.pool_id, member.user), member.group)],
    },
    owners={
        GROUPS: lambda member: (member.pool_id, member.group.lower()),
        USERS: lambda member: (member.pool_id, member.user),
    },
    history=VERSIONS,
    created=lambda member: member.created,
    lock=WRITE_LOCK,
)
