"""Look up the records that the parameters of a request name, or raise the error of AWS if there is none."""

from __future__ import annotations

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import (
    CLIENTS,
    DOMAINS,
    GROUPS,
    IDENTITY_PROVIDERS,
    POOLS,
    REPLICAS,
    USERS,
    AppClient,
    Domain,
    Group,
    IdentityProvider,
    User,
    UserPool,
)
from pytest_cognito.cognito_idp.rules.clients.secret_hash import verify as verify_secret_hash
from pytest_cognito.cognito_idp.rules.pools import replica_operations, replicas
from pytest_cognito.world import Context


def pool(context: Context, pool_id: str) -> UserPool:
    """The user pool with an id, in the region and the account of the call."""
    found = find_pool(context, pool_id)
    if found is None:
        raise errors.POOL_NOT_FOUND(pool_id=pool_id)
    return found


def find_pool(context: Context, pool_id: str) -> UserPool | None:
    """The user pool with an id, if it, or a replica of it, is in the region and the account of the call.

    Raises if it is a replica and the operation does not work there.
    """
    found = context.table(POOLS).get(pool_id)
    if found is None or found.account != context.account:
        return None
    if found.region == context.region:
        return found
    replica = context.table(REPLICAS).get((pool_id, context.region))
    if replica is None:
        return None
    replica_operations.check(context.call.operation, replica)
    return replicas.view(found, replica)


def domains(context: Context, pool: UserPool) -> list[Domain]:
    """The domains of a pool in its region: a prefix of an Amazon domain, a custom domain, or both."""
    return [domain for domain in context.table(DOMAINS).owned(POOLS, pool.id) if domain.serves(pool)]


def client(context: Context, pool: UserPool, client_id: str) -> AppClient:
    """The app client with an id, for operations that name its pool too."""
    found = context.table(CLIENTS).get(client_id)
    if found is None or found.pool_id != pool.id:
        raise errors.CLIENT_NOT_FOUND(client_id=client_id)
    return found


def client_and_pool(context: Context, client_id: str) -> tuple[AppClient, UserPool]:
    """The app client with an id and its pool, for operations that name the client alone."""
    found = context.table(CLIENTS).get(client_id)
    pool = find_pool(context, found.pool_id) if found else None
    if found is None or pool is None:
        raise errors.CLIENT_NOT_FOUND(client_id=client_id)
    return found, pool


def find_client(context: Context, client_id: str) -> AppClient | None:
    """The app client with an id, if there is one in the region and the account of the call."""
    found = context.table(CLIENTS).get(client_id)
    return found if found is not None and find_pool(context, found.pool_id) else None


def check_still_there(context: Context, pool: UserPool, client_id: str | None = None) -> None:
    """Raise if the pool or the app client of a call has been deleted, by a function that ran or by another call."""
    if client_id is not None and context.table(CLIENTS).get(client_id) is None:
        raise errors.CLIENT_NOT_FOUND(client_id=client_id)
    if context.table(POOLS).get(pool.id) is None:
        raise errors.POOL_NOT_FOUND(pool_id=pool.id)


def authenticated_client(
    context: Context, client_id: str, secret_hash: str | None, username: str
) -> tuple[AppClient, UserPool]:
    """The app client with an id and its pool, after a check of the request's ``SECRET_HASH``."""
    found, pool = client_and_pool(context, client_id)
    verify_secret_hash(found, username, secret_hash)
    return found, pool


def find_user(context: Context, pool: UserPool, username: str) -> User | None:
    """The user with a user name, a ``sub``, or an alias that is active; ``None`` if there is none."""
    users = context.table(USERS)
    key = (pool.id, pool.fold(username))
    return users.get(key) or users.find("names", key)


def user(context: Context, pool: UserPool, username: str) -> User:
    """The user with a user name, a ``sub``, or an alias that is active."""
    found = find_user(context, pool, username)
    if found is None:
        raise errors.USER_NOT_FOUND()
    return found


def still_there(context: Context, user: User) -> bool:
    """Whether a user has not been deleted since they were read; another one may have got their name."""
    found = context.table(USERS).get((user.pool_id, user.key))
    return found is not None and found.sub == user.sub


def group(context: Context, pool: UserPool, name: str) -> Group:
    """The group with a name, in any case."""
    found = context.table(GROUPS).get((pool.id, name.lower()))
    if found is None:
        raise errors.GROUP_NOT_FOUND()
    return found


def identity_provider(context: Context, pool: UserPool, name: str) -> IdentityProvider:
    """The identity provider with a name."""
    found = context.table(IDENTITY_PROVIDERS).get((pool.id, name))
    if found is None:
        raise errors.IDENTITY_PROVIDER_NOT_FOUND(name=name)
    return found
