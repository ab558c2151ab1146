"""The tables of user pools: how each record is found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ..state.table import Schema
from .records import (
    AppClient,
    Attempts,
    Code,
    Domain,
    Grant,
    Group,
    Issue,
    Lockout,
    Membership,
    Session,
    User,
    UserPool,
)


def _user_names(user: User) -> Iterable[tuple[str, str]]:
    return [(user.pool_id, name) for name in user.names]


def _searched(attribute: str) -> Callable[[User], list[tuple[str, str]]]:
    """Users of a pool in the order of an attribute, in which ListUsers ignores the case."""

    def entries(user: User) -> list[tuple[str, str]]:
        value = user.attributes.get(attribute)
        return [] if value is None else [(user.pool_id, value.lower())]

    return entries


SEARCHABLE = ("email", "phone_number", "name", "given_name", "family_name", "preferred_username")
"""The attributes of a user that ListUsers can search, beside what every user has."""

POOLS: Schema[UserPool] = Schema(
    "user pools",
    key=lambda pool: pool.id,
    ordered={"region": lambda pool: [((pool.account, pool.region), pool.number)]},
)
CLIENTS: Schema[AppClient] = Schema(
    "app clients",
    key=lambda client: client.id,
    ordered={"pool": lambda client: [(client.pool_id, client.number)]},
)
USERS: Schema[User] = Schema(
    "users",
    key=lambda user: (user.pool_id, user.key),
    unique={"names": _user_names},
    ordered={
        "pool": lambda user: [(user.pool_id, user.number)],
        "username": lambda user: [(user.pool_id, user.username)],
        "status": lambda user: [(user.pool_id, "Enabled" if user.enabled else "Disabled")],
        "cognito:user_status": lambda user: [(user.pool_id, user.status.lower())],
        "sub": lambda user: [(user.pool_id, user.sub)],
        **{attribute: _searched(attribute) for attribute in SEARCHABLE},
    },
)
GROUPS: Schema[Group] = Schema(
    "groups",
    key=lambda group: (group.pool_id, group.name.lower()),
    ordered={"pool": lambda group: [(group.pool_id, group.name)]},
)
MEMBERSHIPS: Schema[Membership] = Schema(
    "memberships",
    key=lambda member: (member.pool_id, member.group, member.user),
    ordered={
        "group": lambda member: [((member.pool_id, member.group), member.number)],
        "user": lambda member: [((member.pool_id, member.user), member.group)],
        "pool": lambda member: [(member.pool_id, member.number)],
    },
)
CODES: Schema[Code] = Schema("codes", key=lambda code: (code.pool_id, code.user, code.purpose))
ATTEMPTS: Schema[Attempts] = Schema("attempts", key=lambda one: (one.pool_id, one.user, one.what))
LOCKOUTS: Schema[Lockout] = Schema("lockouts", key=lambda one: (one.pool_id, one.user))
GRANTS: Schema[Grant] = Schema(
    "grants",
    key=lambda grant: grant.id,
    unique={"token": lambda grant: [grant.token, *grant.earlier]},
    ordered={"user": lambda grant: [((grant.pool_id, grant.user), grant.id)]},
)
ISSUES: Schema[Issue] = Schema("issues", key=lambda issue: issue.event_id)
SESSIONS: Schema[Session] = Schema(
    "sessions",
    key=lambda session: session.token,
    ordered={"user": lambda session: [((session.pool_id, session.user), session.token)]},
)

DOMAINS: Schema[Domain] = Schema(
    "domains",
    key=lambda domain: ("" if domain.custom else domain.region, domain.name),
    ordered={"pool": lambda domain: [(domain.pool_id, domain.name)]},
)

OF_A_POOL: tuple[Schema[Any], ...] = (
    CLIENTS,
    USERS,
    GROUPS,
    MEMBERSHIPS,
    CODES,
    ATTEMPTS,
    LOCKOUTS,
    GRANTS,
    SESSIONS,
    DOMAINS,
)
"""The tables whose records name a pool (``pool_id``) and go when it goes."""
