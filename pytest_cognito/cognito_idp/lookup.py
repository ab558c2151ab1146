"""Look-ups: from what a request names to its record, or the error that AWS gives where there is none."""

from __future__ import annotations

from ..world import Context
from . import errors
from .records import AppClient, Group, User, UserPool
from .rules import secret_hash
from .tables import CLIENTS, GROUPS, POOLS, USERS


def pool(context: Context, pool_id: str) -> UserPool:
    """The pool of an id, in the region and the account of the call."""
    found = context.table(POOLS).get(pool_id)
    if found is None or found.region != context.region or found.account != context.account:
        raise errors.POOL_NOT_FOUND(pool_id=pool_id)
    return found


def client(context: Context, of: UserPool, client_id: str) -> AppClient:
    """The client of an id in a pool, as operations of administrators name it."""
    found = context.table(CLIENTS).get(client_id)
    if found is None or found.pool_id != of.id:
        raise errors.CLIENT_NOT_FOUND(client_id=client_id)
    return found


def client_and_pool(context: Context, client_id: str) -> tuple[AppClient, UserPool]:
    """The client of an id and its pool, for operations that name no pool: in the region and the account of the call."""
    found = find_client(context, client_id)
    of = context.table(POOLS).get(found.pool_id) if found else None
    if found is None or of is None:
        raise errors.CLIENT_NOT_FOUND(client_id=client_id)
    return found, of


def find_client(context: Context, client_id: str) -> AppClient | None:
    """The client of an id in the region and the account of the call."""
    found = context.table(CLIENTS).get(client_id)
    of = context.table(POOLS).get(found.pool_id) if found else None
    return found if of and (of.region, of.account) == (context.region, context.account) else None


def authenticated(
    context: Context, client_id: str, given_hash: str | None, username: str
) -> tuple[AppClient, UserPool]:
    """The client of an id and its pool, once the call has shown with its ``SECRET_HASH`` that it knows the secret."""
    found, of = client_and_pool(context, client_id)
    secret_hash.verify(found, username, given_hash)
    return found, of


def find_user(context: Context, of: UserPool, username: str) -> User | None:
    """The user of a name: the user name, the sub, or an alias that is active."""
    users = context.table(USERS)
    key = (of.id, of.fold(username))
    return users.get(key) or users.find("names", key)


def user(context: Context, of: UserPool, username: str) -> User:
    """The user of a name, as operations of administrators name it."""
    found = find_user(context, of, username)
    if found is None:
        raise errors.USER_NOT_FOUND()
    return found


def group(context: Context, of: UserPool, name: str) -> Group:
    """The group of a name, whatever its case."""
    found = context.table(GROUPS).get((of.id, name.lower()))
    if found is None:
        raise errors.GROUP_NOT_FOUND()
    return found
