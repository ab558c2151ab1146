"""What a test arranges and reads by hand, beside the API: users at once, tokens without a sign-in, functions for
triggers.

Nothing here runs a trigger that the API would not run for reading, and nothing sends a message.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..aws.arn import arn
from ..kernel.functions import Function
from ..kernel.usage import UsageError
from ..world import Context
from . import errors, lookup
from .flows import accounts, membership, tokens
from .records import AppClient, Group, User, UserPool
from .rules import attributes as rules
from .rules import names, passwords
from .tables import CLIENTS, GROUPS, POOLS, USERS
from .triggers.catalog import TRIGGERS

DEFAULT_PASSWORD = "Correct-horse-7"


def add_user(
    context: Context,
    pool: UserPool,
    username: str,
    *,
    password: str | None = None,
    attributes: Mapping[str, str] | None = None,
    groups_of_user: Sequence[str] = (),
    status: str = "CONFIRMED",
    sub: str | None = None,
) -> User:
    """Make a user as if AdminCreateUser and AdminSetUserPassword had; ``email`` and ``phone_number`` count as verified
    unless ``attributes`` say otherwise. Groups that don't exist yet are made."""
    names.check(pool, username)
    given = accounts.with_username_attribute(pool, username, attributes or {})
    for attribute in rules.VERIFIABLE:
        if given.get(attribute):
            given.setdefault(f"{attribute}_verified", "true")
    kept = rules.conform(pool, given, by_admin=True)
    if password is not None:
        passwords.check(pool, password, errors.PASSWORD_BY_ADMIN)
    if lookup.find_user(context, pool, username) is not None:
        raise errors.USER_ACCOUNT_EXISTS()
    user = accounts.make(
        context,
        pool,
        username,
        sub or accounts.draw_sub(context),
        kept,
        status=status,
        password=password or default_password(context, pool),
        temporary=status == "FORCE_CHANGE_PASSWORD",
    )
    user = accounts.add(context, pool, user)
    for name in groups_of_user:
        add_to_group(context, pool, user, name)
    return user


def default_password(context: Context, pool: UserPool) -> str:
    """The password of a user for whom none was said: the same everywhere, as long as the pool's policy takes it."""
    if passwords.lacks(pool.password_policy, DEFAULT_PASSWORD) is None:
        return DEFAULT_PASSWORD
    return passwords.draw(pool, context.world.ids)


def add_to_group(context: Context, pool: UserPool, user: User, name: str) -> None:
    """Put a user into a group, which is made if there is none of this name."""
    if context.table(GROUPS).get((pool.id, name.lower())) is None:
        now = context.now()
        context.table(GROUPS).put(Group(pool.id, name, None, None, None, now, now))
    membership.join(context, user, lookup.group(context, pool, name))


def join_group(context: Context, pool: UserPool, username: str, name: str) -> None:
    """Put the user of a name into a group, which is made if there is none of this name."""
    add_to_group(context, pool, lookup.user(context, pool, username), name)


def set_function(context: Context, pool: UserPool, trigger: str, function: Function, version: str | None) -> None:
    """Let a callable be the Lambda function of a pool's trigger."""
    known = TRIGGERS.get(trigger)
    if known is None:
        raise UsageError(f"there is no trigger {trigger!r}; pytest-cognito runs {', '.join(sorted(TRIGGERS))}")
    wanted = _version(known.response, version)
    name = f"{getattr(function, '__name__', 'function').strip('<>')}-{trigger}"
    function_arn = arn("lambda", pool.region, pool.account, f"function:{name}-{context.world.store.serial()}")
    context.world.functions.register(function_arn, function)
    settings = {**pool.triggers, trigger: function_arn}
    if known.configured:
        before = (pool.triggers.get(known.configured) or {}).get("LambdaVersion", "V1_0")
        settings[known.configured] = {"LambdaArn": function_arn, "LambdaVersion": wanted or before}
    context.table(POOLS).put(replace(pool, settings={**pool.settings, "LambdaConfig": settings}))


def _version(versions: Mapping[str, object], version: str | None) -> str | None:
    if version is None:
        return None
    digit = str(version).removeprefix("V").removesuffix("_0")
    if digit not in versions:
        raise UsageError(f"version is one of {', '.join(f'V{one}_0' for one in versions)}, not {version!r}")
    return f"V{digit}_0"


def issue_tokens(
    context: Context,
    pool: UserPool,
    client_id: str,
    username: str,
    scopes: Sequence[str] | None,
    claims: Mapping[str, Any] | None,
) -> tokens.Tokens:
    """Tokens of a user without a sign-in; ``claims`` go into both of them as they are."""
    client = lookup.client(context, pool, client_id)
    user = lookup.user(context, pool, username)
    grant = tokens.new_grant(context, pool, client, user, tuple(scopes) if scopes else tokens.API_SCOPES)
    return tokens.issue(context, pool, client, user, grant, "Authentication", extra=claims)


def clients_of(context: Context, pool_id: str) -> Iterable[AppClient]:
    """The app clients of a pool, oldest first."""
    return [client for _, client in context.table(CLIENTS).page("pool", pool_id)]


def pools_of(context: Context) -> Iterable[UserPool]:
    """The pools of the region and the account, oldest first."""
    return [pool for _, pool in context.table(POOLS).page("region", (context.account, context.region))]


def users_of(context: Context, pool_id: str) -> Iterable[User]:
    """The users of a pool, oldest first."""
    return [user for _, user in context.table(USERS).page("pool", pool_id)]
