"""Operations on the identities of a pool: by an application, whose logins lead to them, and by the pool's developer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.aws.paging import page
from pytest_cognito.cognito_identity import errors, lookup
from pytest_cognito.cognito_identity.flows import linking
from pytest_cognito.cognito_identity.flows.logins import verification
from pytest_cognito.cognito_identity.records import IDENTITIES, LOGINS, Identity
from pytest_cognito.world import Context


@operation
def get_id(
    context: Context,
    *,
    identity_pool_id: str,
    account_id: str | None = None,
    logins: Mapping[str, str] | None = None,
) -> Response:
    """Get the identity that logins lead to, a new one for a user who has none; without logins a new guest's.

    The call needs no signature. Each login is verified, and new ones are linked to the identity of the others.
    """
    pool = lookup.pool(context, identity_pool_id)
    if account_id not in (None, pool.account):
        raise errors.POOL_NOT_FOUND(pool_id=identity_pool_id)
    proven = verification.verify(context, pool, logins)
    return {"IdentityId": linking.resolve(context, pool, None, proven, full=errors.TOO_MANY_LOGINS).id}


@operation
def unlink_identity(
    context: Context, *, identity_id: str, logins: Mapping[str, str], logins_to_remove: list[str]
) -> Response:
    """Remove logins of public providers from an identity that one of the given logins proves.

    The call needs no signature. A removed login gets a new identity when it comes again; an identity without any can't
    be reached any more.
    """
    pool = lookup.pool(context, lookup.identity(context, identity_id).pool_id)
    proven = verification.verify(context, pool, logins)
    identity = linking.usable(context, pool, identity_id)
    if not proven:
        raise errors.IDENTITY_FORBIDDEN(identity_id=identity_id)
    linking.check_linked(context, identity, proven)
    linking.unlink(context, identity, [verification.provider(context, pool, key) for key in logins_to_remove])
    return {}


@operation
def describe_identity(context: Context, *, identity_id: str) -> Response:
    """Get the providers of the logins of an identity, and when it was made and changed."""
    return _described(context, lookup.identity(context, identity_id))


@operation
def list_identities(
    context: Context,
    *,
    identity_pool_id: str,
    max_results: int,
    next_token: str | None = None,
    hide_disabled: bool = False,
) -> Response:
    """List the identities of a pool, in no order that means anything. Merged ones are disabled and can be left out."""
    pool = lookup.pool(context, identity_pool_id)
    found, token = page(
        lambda after: _listing(context, pool.id, after, hide_disabled=hide_disabled),
        max_results,
        next_token,
        f"ListIdentities {pool.id} {hide_disabled}",
        errors.PAGINATION_TOKEN_INVALID,
    )
    described = [_described(context, identity) for identity in found]
    return {"IdentityPoolId": pool.id, "Identities": described, "NextToken": token}


@operation
def delete_identities(context: Context, *, identity_ids_to_delete: list[str]) -> Response:
    """Delete identities with their logins; ids of none are ignored.

    A user whose identity is deleted gets a new one with the next login.
    """
    identities = context.table(IDENTITIES)
    for identity_id in identity_ids_to_delete:
        identity = lookup.find_identity(context, identity_id)
        if identity is not None:
            identities.delete(identity.id)
    return {"UnprocessedIdentityIds": []}


def _listing(context: Context, pool_id: str, after: Any, *, hide_disabled: bool) -> Iterator[tuple[Any, Identity]]:
    for position, identity in context.table(IDENTITIES).page("pool", pool_id, after):
        if not (hide_disabled and identity.disabled):
            yield position, identity


def _described(context: Context, identity: Identity) -> dict[str, Any]:
    logins = context.table(LOGINS).page("identity", identity.id)
    providers = list(dict.fromkeys(login.provider for _, login in logins))
    return {
        "IdentityId": identity.id,
        "Logins": providers or None,
        "CreationDate": identity.created,
        "LastModifiedDate": identity.modified,
    }
