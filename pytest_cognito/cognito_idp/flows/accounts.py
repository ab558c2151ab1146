"""Making a user: what SignUp and AdminCreateUser have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ...world import Context
from .. import errors
from ..records import User, UserPool
from ..rules import names
from ..rules.attributes import VERIFIABLE
from ..tables import USERS


def draw_sub(context: Context) -> str:
    """A ``sub`` in the form of today's pools: like a UUID, but none (``34c84488-e0e1-70ae-d2ee-991ad1a898c8``)."""
    return sub_of(context.world.ids.hexadecimal(28))


def sub_of(drawn: str) -> str:
    """A ``sub`` of these hexadecimal digits, 28 or more."""
    return f"{drawn[:8]}-{drawn[8]}0{drawn[9]}1-70{drawn[10:12]}-{drawn[12:16]}-{drawn[16:28]}"


def with_username_attribute(pool: UserPool, username: str, attributes: Mapping[str, str]) -> dict[str, str]:
    """The attributes of a new user: where an attribute takes the place of the user name, it gets its value."""
    attribute = names.attribute_of(pool, username)
    return {**attributes, attribute: username} if attribute else dict(attributes)


def make(
    context: Context,
    pool: UserPool,
    username: str,
    sub: str,
    attributes: Mapping[str, str],
    *,
    status: str,
    password: str | None,
    temporary: bool = False,
) -> User:
    """A new user, not put yet. In a pool with username attributes the user name is the ``sub``."""
    now = context.now()
    name = sub if pool.username_attributes else names.shown(pool, username)
    return User(
        pool_id=pool.id,
        username=name,
        key=pool.fold(name),
        sub=sub,
        attributes=attributes,
        status=status,
        created=now,
        modified=now,
        number=context.world.store.serial(),
        names=names.of(pool, sub, attributes),
        password=password,
        password_set=now if temporary else None,
    )


def taken_names(context: Context, pool: UserPool, user: User) -> list[str]:
    """The attributes by which ``user`` would be found and by which somebody else is found already."""
    users = context.table(USERS)
    taken = []
    for attribute in (*pool.username_attributes, *pool.aliases):
        value = user.attributes.get(attribute)
        if value and pool.fold(value) in user.names:
            key = (pool.id, pool.fold(value))
            if names.holder_of_alias(users.find("names", key) or users.get(key), user.key):
                taken.append(attribute)
    return taken


def save(context: Context, pool: UserPool, user: User, *, force_alias: bool = False) -> User:
    """Put a user who has changed, found by the names that the attributes give him now. See `add` for aliases."""
    changed = replace(user, modified=context.now(), names=names.of(pool, user.sub, user.attributes))
    return add(context, pool, changed, force_alias=force_alias)


def add(context: Context, pool: UserPool, user: User, *, force_alias: bool = False) -> User:
    """Put a user, as `make` made him.

    An alias that somebody else holds is AliasExistsException or, forced, taken from him: he keeps the value,
    unverified.
    """
    for attribute in taken_names(context, pool, user):
        if not force_alias or attribute in pool.username_attributes:
            raise errors.ALIAS_EXISTS(attribute=attribute)
        _take_alias(context, pool, attribute, user.attributes[attribute])
    context.table(USERS).put(user)
    return user


def _take_alias(context: Context, pool: UserPool, attribute: str, value: str) -> None:
    """Let nobody be found by a value any more; a user name is nobody's to take."""
    users = context.table(USERS)
    holder = users.find("names", (pool.id, pool.fold(value)))
    if holder is None:
        raise errors.ALIAS_EXISTS(attribute=attribute)
    attributes = dict(holder.attributes)
    for alias in pool.aliases:
        if pool.fold(attributes.get(alias, "")) != pool.fold(value):
            continue
        if alias in VERIFIABLE:
            attributes[f"{alias}_verified"] = "false"
        else:
            del attributes[alias]
    users.put(replace(holder, attributes=attributes, names=names.of(pool, holder.sub, attributes)))
