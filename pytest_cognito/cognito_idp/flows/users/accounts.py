"""Creating and storing users, for SignUp, AdminCreateUser, user migration and sign-in by identity providers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import USERS, User, UserPool
from pytest_cognito.cognito_idp.rules.users import names
from pytest_cognito.cognito_idp.rules.users.attribute_rules import VERIFIABLE
from pytest_cognito.world import Context


def draw_sub(context: Context) -> str:
    """Generate a ``sub`` such as ``34c84488-e0e1-70ae-d2ee-991ad1a898c8``, which looks like a UUID but is none."""
    return format_sub(context.world.ids.hexadecimal(28))


def format_sub(digits: str) -> str:
    """Format a ``sub`` from at least 28 hexadecimal digits."""
    return f"{digits[:8]}-{digits[8]}0{digits[9]}1-70{digits[10:12]}-{digits[12:16]}-{digits[16:28]}"


def with_username_attribute(pool: UserPool, username: str, attributes: Mapping[str, str]) -> dict[str, str]:
    """The attributes of a new user: in a pool with username attributes, the user name is the value of one of them.

    Raises if they have another value for it.
    """
    attribute = names.username_attribute(pool, username)
    if attribute is None:
        return dict(attributes)
    given = attributes.get(attribute)
    if given and pool.fold(given) != pool.fold(username):
        raise errors.USERNAME_ATTRIBUTE_DIFFERS(what=attribute.replace("_", " "), attribute=attribute)
    return {**attributes, attribute: username}


def new_user(
    context: Context,
    pool: UserPool,
    username: str,
    sub: str,
    attributes: Mapping[str, str],
    *,
    status: str,
    password: str | None,
    temporary: bool = False,
    provider: str | None = None,
) -> User:
    """A new user, not stored yet.

    In a pool with username attributes the user name is the ``sub``, except for a user whom an identity ``provider`` has
    brought. ``temporary`` says that the password is temporary.
    """
    now = context.now()
    name = sub if pool.username_attributes and provider is None else pool.fold(username)
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
        names=names.other_names(pool, sub, attributes if provider is None else {}),
        password=password,
        password_set=now if temporary else None,
        provider=provider,
    )


def taken_attributes(context: Context, pool: UserPool, user: User) -> list[str]:
    """The username attributes and aliases of ``user`` whose value identifies another user already."""
    users = context.table(USERS)
    attributes = []
    for attribute in (*pool.username_attributes, *pool.aliases):
        value = user.attributes.get(attribute)
        if value and pool.fold(value) in user.names:
            key = (pool.id, pool.fold(value))
            if names.held_by_another(users.find("names", key) or users.get(key), user.key):
                attributes.append(attribute)
    return attributes


def save(context: Context, pool: UserPool, user: User, *, force_alias: bool = False) -> User:
    """Store a changed user and update the names that identify them. See `add` for ``force_alias``."""
    changed = replace(user, modified=context.now(), names=names.names_of(pool, user))
    return add(context, pool, changed, force_alias=force_alias)


def add(context: Context, pool: UserPool, user: User, *, force_alias: bool = False) -> User:
    """Store a new user.

    Raises AliasExistsException if another user has one of their aliases. With ``force_alias`` the alias moves to the
    new user; the other user keeps the value of an e-mail address or phone number, unverified.
    """
    for attribute in taken_attributes(context, pool, user):
        if not force_alias or attribute in pool.username_attributes:
            raise errors.ALIAS_EXISTS(attribute=attribute)
        _remove_alias(context, pool, attribute, user.attributes[attribute])
    context.table(USERS).put(user)
    return user


def _remove_alias(context: Context, pool: UserPool, attribute: str, value: str) -> None:
    """Remove the alias with a value from its user; raise if the value is the user name of a user."""
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
    users.put(replace(holder, attributes=attributes, names=names.other_names(pool, holder.sub, attributes)))
