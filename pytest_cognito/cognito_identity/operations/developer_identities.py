"""Operations on the users of the developer provider of a pool, whom the developer's own backend authenticates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.aws.paging import page
from pytest_cognito.cognito_identity import errors, lookup
from pytest_cognito.cognito_identity.flows import linking
from pytest_cognito.cognito_identity.flows.logins import developers
from pytest_cognito.cognito_identity.records import LOGINS, Identity, IdentityPool, Login
from pytest_cognito.world import Context

_PAGE = 60


@operation
def lookup_developer_identity(
    context: Context,
    *,
    identity_pool_id: str,
    identity_id: str | None = None,
    developer_user_identifier: str | None = None,
    max_results: int = _PAGE,
    next_token: str | None = None,
) -> Response:
    """Get the identity of a developer's user, or the users of an identity; with both, whether they belong together."""
    pool = lookup.pool(context, identity_pool_id)
    if developer_user_identifier is not None:
        login = developers.get(context, pool, developer_user_identifier)
        if identity_id is not None:
            _check_owner(login, _identity(context, pool, identity_id))
        return {"IdentityId": login.identity_id, "DeveloperUserIdentifierList": [login.subject], "NextToken": None}
    if identity_id is None:
        raise errors.IDENTITY_OR_DEVELOPER_USER()
    identity = _identity(context, pool, identity_id)
    found, token = page(
        lambda after: _users(context, identity, after),
        max_results,
        next_token,
        f"LookupDeveloperIdentity {identity.id}",
        errors.PAGINATION_TOKEN_INVALID,
    )
    return {
        "IdentityId": identity.id,
        "DeveloperUserIdentifierList": [login.subject for login in found],
        "NextToken": token,
    }


@operation
def merge_developer_identities(
    context: Context,
    *,
    source_user_identifier: str,
    destination_user_identifier: str,
    developer_provider_name: str,
    identity_pool_id: str,
) -> Response:
    """Merge the identity of a developer's user into that of another one, which gets all logins.

    The identity of the source is disabled. Users of one identity stay as they are.
    """
    pool = lookup.pool(context, identity_pool_id)
    developers.check_provider(pool, developer_provider_name)
    source, destination = (
        lookup.identity(context, developers.get(context, pool, user).identity_id)
        for user in (source_user_identifier, destination_user_identifier)
    )
    return {"IdentityId": linking.merge(context, destination, source).id}


@operation
def unlink_developer_identity(
    context: Context,
    *,
    identity_id: str,
    identity_pool_id: str,
    developer_provider_name: str,
    developer_user_identifier: str,
) -> Response:
    """Remove a developer's user from an identity. They get a new identity when they come again."""
    pool = lookup.pool(context, identity_pool_id)
    developers.check_provider(pool, developer_provider_name)
    identity = _identity(context, pool, identity_id)
    login = developers.get(context, pool, developer_user_identifier)
    _check_owner(login, identity)
    linking.remove(context, identity, login)
    return {}


def _identity(context: Context, pool: IdentityPool, identity_id: str) -> Identity:
    identity = lookup.identity(context, identity_id)
    if identity.pool_id != pool.id:
        raise errors.IDENTITY_NOT_FOUND(identity_id=identity_id)
    return identity


def _check_owner(login: Login, identity: Identity) -> None:
    if login.identity_id != identity.id:
        raise errors.DEVELOPER_USER_OF_ANOTHER(user=login.subject, identity_id=identity.id)


def _users(context: Context, identity: Identity, after: Any) -> Iterator[tuple[Any, Login]]:
    for position, login in context.table(LOGINS).page("identity", identity.id, after):
        if login.developer:
            yield position, login
