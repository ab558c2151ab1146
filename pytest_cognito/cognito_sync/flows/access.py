"""Who may call: the developer of a pool, identities for their own data, or both.

The credentials of an identity say by condition keys of their session which pool and which identity they are for; all
others are a developer's. This comes on top of policies, which are asked before an operation where they are enforced.
"""

from __future__ import annotations

from typing import NamedTuple

from pytest_cognito import sts
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_identity import Identity, IdentityPool
from pytest_cognito.cognito_sync import errors, lookup
from pytest_cognito.http import hosts
from pytest_cognito.world import Context


class Access(NamedTuple):
    """What a call is about. ``by_identity`` says that it was signed with the credentials of the identity itself."""

    pool: IdentityPool
    identity: Identity
    by_identity: bool

    @property
    def modified_by(self) -> str:
        """LastModifiedBy of what the call changes: the identity, or the account of the developer."""
        return self.identity.id if self.by_identity else self.pool.account


def check_developer(context: Context) -> None:
    """Raise if the call was signed with the credentials of an identity."""
    if own_data(context) is not None:
        raise errors.WRONG_CREDENTIALS()


def of_developer(context: Context, pool_id: str) -> IdentityPool:
    """The pool of an operation that only developers may call."""
    check_developer(context)
    return lookup.pool(context, pool_id)


def of_identity(context: Context, pool_id: str, identity_id: str) -> Access:
    """What an operation is about that only the identity itself may call."""
    if own_data(context) is None:
        raise errors.WRONG_CREDENTIALS()
    return of_both(context, pool_id, identity_id)


def of_both(context: Context, pool_id: str, identity_id: str) -> Access:
    """What an operation is about that developers and the identity itself may call."""
    own = own_data(context)
    if own is not None and own != (pool_id, identity_id):
        raise errors.WRONG_CREDENTIALS()
    pool = lookup.pool(context, pool_id)
    return Access(pool, lookup.identity(context, pool, identity_id), own is not None)


def of_both_to_list(context: Context, pool_id: str, identity_id: str) -> Access:
    """As `of_both`, for ListDatasets and ListRecords, which know no error for what isn't there."""
    try:
        return of_both(context, pool_id, identity_id)
    except AWSError as error:
        if error.kind in (errors.POOL_NOT_FOUND, errors.IDENTITY_NOT_FOUND):
            raise errors.IDENTITY_FORBIDDEN(identity_id=identity_id) from None
        raise


def again(context: Context, access: Access) -> Access:
    """What a call is about, looked up again after others may have changed it."""
    pool = lookup.pool(context, access.pool.id)
    return Access(pool, lookup.identity(context, pool, access.identity.id), access.by_identity)


def own_data(context: Context) -> tuple[object, object] | None:
    """The pool and the identity that the credentials of the call are for; None if they are a developer's."""
    caller = context.caller
    session = None if caller is None else context.table(sts.SESSIONS).get(caller.access_key)
    if session is None:
        return None
    for key, identity_id in session.keys.items():
        issuer, _, claim = key.rpartition(":")
        if claim == "sub" and hosts.is_identity_issuer(issuer):  # that of the identity's region, wherever it calls
            return session.keys.get(f"{issuer}:aud"), identity_id
    return None
