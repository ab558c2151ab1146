"""Logins of the developer provider: users whom the developer's own backend has authenticated."""

from __future__ import annotations

from collections.abc import Mapping

from pytest_cognito.cognito_identity import errors
from pytest_cognito.cognito_identity.flows.logins import verification
from pytest_cognito.cognito_identity.flows.logins.proven import ProvenLogin
from pytest_cognito.cognito_identity.records import LOGINS, Identity, IdentityPool, Login
from pytest_cognito.cognito_identity.rules import pool_providers
from pytest_cognito.world import Context


def check_provider(pool: IdentityPool, name: str) -> None:
    """Raise unless a name is the one of the developer provider of a pool."""
    if name != pool.developer_provider:
        raise errors.DEVELOPER_PROVIDER_NOT_SUPPORTED()


def login(pool: IdentityPool, logins: Mapping[str, str]) -> ProvenLogin:
    """The one entry of Logins that names a user of the developer provider. The caller's signature proves it."""
    name = _name(pool, logins)
    user = logins[name]
    return ProvenLogin(
        provider=name, subject=user, audience=pool.id, amr=(name, f"{name}:{pool.id}:{user}"), developer=True
    )


def _name(pool: IdentityPool, logins: Mapping[str, str]) -> str:
    """The key of Logins that is the developer provider's; no other may have the form of one."""
    name = pool.developer_provider
    others = [key for key in logins if key != name]
    if name is not None and name in logins and all(verification.is_public(key) for key in others):
        return name
    if name not in logins and len(others) == 1 and others[0] not in pool_providers.principal_tag_names(pool):
        raise errors.DEVELOPER_PROVIDER_NOT_SUPPORTED()
    raise errors.ONE_DEVELOPER_PROVIDER()


def get(context: Context, pool: IdentityPool, user: str) -> Login:
    """The login of a user of the developer provider of a pool, or AWS's error if they have no identity."""
    found = context.table(LOGINS).get((pool.id, pool.developer_provider, user))
    if found is None:
        raise errors.DEVELOPER_USER_NOT_FOUND(user=user)
    return found


def check_free(context: Context, user: ProvenLogin, identity: Identity) -> None:
    """Raise if a user has an identity, which is another one than the given."""
    found = context.table(LOGINS).get((identity.pool_id, user.provider, user.subject))
    if found is not None and found.identity_id != identity.id:
        raise errors.DEVELOPER_USER_REGISTERED()
