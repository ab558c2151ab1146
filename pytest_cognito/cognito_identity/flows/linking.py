"""From logins to an identity: finding it, linking logins to it, and merging identities.

A user of a provider has one identity in a pool. Logins that come in one call belong to the same person: AWS links those
that it has not seen to the identity of the others, and merges identities that turn out to be one person's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pytest_cognito import cognito_sync
from pytest_cognito.aws.errors import ErrorText
from pytest_cognito.cognito_identity import errors, lookup
from pytest_cognito.cognito_identity.flows.logins.proven import ProvenLogin
from pytest_cognito.cognito_identity.records import IDENTITIES, LOGINS, Identity, IdentityPool, Login
from pytest_cognito.http import hosts
from pytest_cognito.world import Context

MOST_LOGINS = 20
"""How many logins can be linked to an identity."""


def resolve(
    context: Context,
    pool: IdentityPool,
    identity_id: str | None,
    proven: Sequence[ProvenLogin],
    *,
    full: ErrorText = errors.TOO_MANY_LOGINS_TO_MERGE,
) -> Identity:
    """The identity that verified logins lead to, with all of them linked to it; without logins a guest's.

    ``identity_id`` is the identity that the call names. It must be a guest's, or one that one of the logins belongs to
    or that a token of identity pools is for; the identity that it leads to may be another one, which has been merged
    with it. ``full`` is the error for an identity that would have too many logins.
    """
    pool = lookup.pool(context, pool.id)  # others may have changed it while providers were asked
    named = None if identity_id is None else usable(context, pool, identity_id)
    if not proven:
        return _guest(context, pool, named)
    issuer = hosts.identity_issuer(pool.region)
    tokens = [login for login in proven if login.provider == issuer]
    proven = [login for login in proven if login.provider != issuer]
    if any(named is None or named.id != login.subject for login in tokens):
        raise errors.LOGINS_DO_NOT_MATCH()
    known = _known(context, pool, proven)
    if named is not None and not (tokens or named.guest or named.id in known):
        _check_developers(context, named, proven)
    merged = [*known.values()]
    if named is not None and named.id not in known:
        merged = [named] if not merged else [*merged, named]
    survivor = _survivor(merged) if merged else _create(context, pool, guest=False)
    return _link(context, _merge(context, survivor, merged, full), pool, proven, full)


def usable(context: Context, pool: IdentityPool, identity_id: str) -> Identity:
    """The identity of a pool with an id, or AWS's error; an identity that was merged into another is forbidden."""
    identity = lookup.identity(context, identity_id)
    if identity.pool_id != pool.id:
        raise errors.IDENTITY_NOT_FOUND(identity_id=identity_id)
    if identity.disabled:
        raise errors.IDENTITY_FORBIDDEN(identity_id=identity_id)
    return identity


def logins_of(context: Context, identity: Identity) -> list[Login]:
    """The logins that are linked to an identity, in the order in which they were."""
    return [login for _, login in context.table(LOGINS).page("identity", identity.id)]


def merge(context: Context, survivor: Identity, other: Identity) -> Identity:
    """Merge an identity into another one, which gets all its logins."""
    return _merge(context, survivor, [survivor, other], errors.TOO_MANY_LOGINS_TO_MERGE)


def unlink(context: Context, identity: Identity, providers: Iterable[str]) -> None:
    """Remove the logins of some public providers from an identity, or raise if it has none of one of them."""
    by_provider = {login.provider: login for login in logins_of(context, identity) if not login.developer}
    for provider in dict.fromkeys(providers):
        login = by_provider.get(provider)
        if login is None:
            raise errors.LOGIN_NOT_LINKED(provider=provider, identity_id=identity.id)
        remove(context, identity, login)


def remove(context: Context, identity: Identity, login: Login) -> None:
    """Remove a login from an identity."""
    context.table(LOGINS).delete((login.pool_id, login.provider, login.subject))
    context.table(IDENTITIES).put(replace(identity, modified=context.now()))


def check_linked(context: Context, identity: Identity, proven: Iterable[ProvenLogin]) -> None:
    """Raise unless one of some verified logins is linked to an identity."""
    logins = context.table(LOGINS)
    for each in proven:
        login = logins.get((identity.pool_id, each.provider, each.subject))
        if login is not None and login.identity_id == identity.id:
            return
    raise errors.LOGINS_DO_NOT_MATCH()


def _guest(context: Context, pool: IdentityPool, named: Identity | None) -> Identity:
    if not pool.admits_guests:
        raise errors.GUESTS_NOT_SUPPORTED()
    if named is None:
        return _create(context, pool, guest=True)
    if not named.guest:
        raise errors.IDENTITY_FORBIDDEN(identity_id=named.id)
    return named


def _known(context: Context, pool: IdentityPool, proven: Iterable[ProvenLogin]) -> dict[str, Identity]:
    """The identities that some logins belong to, the oldest login first."""
    table, identities = context.table(LOGINS), context.table(IDENTITIES)
    found = [table.get((pool.id, each.provider, each.subject)) for each in proven]
    known = sorted((login for login in found if login is not None), key=lambda login: login.number)
    owners = [identities.get(login.identity_id) for login in known]
    return {identity.id: identity for identity in owners if identity is not None}


def _check_developers(context: Context, identity: Identity, proven: Iterable[ProvenLogin]) -> None:
    """Raise unless a developer links one more of their users to an identity that has no others than theirs."""
    linked = logins_of(context, identity)
    if not linked or not all(login.developer for login in linked) or not any(each.developer for each in proven):
        raise errors.LOGINS_DO_NOT_MATCH()


def _survivor(merged: Sequence[Identity]) -> Identity:
    """The identity that is left of several: the oldest one that is no guest's."""
    return min(merged, key=lambda identity: (identity.guest, identity.created))


def _create(context: Context, pool: IdentityPool, *, guest: bool) -> Identity:
    now = context.now()
    identity = Identity(f"{pool.region}:{context.world.ids.uuid()}", pool.id, guest, False, now, now)
    context.table(IDENTITIES).put(identity)
    return identity


def _merge(context: Context, survivor: Identity, merged: Iterable[Identity], full: ErrorText) -> Identity:
    """Move all logins and datasets of identities to one of them, and disable the others."""
    others = [identity for identity in merged if identity.id != survivor.id]
    if not others:
        return survivor
    moved = [login for identity in others for login in logins_of(context, identity)]
    _check_room(logins_of(context, survivor), moved, full)
    now = context.now()
    for login in moved:
        context.table(LOGINS).put(replace(login, identity_id=survivor.id))
    for identity in others:
        context.table(IDENTITIES).put(replace(identity, disabled=True, modified=now))
        cognito_sync.move_datasets(context, identity.id, survivor.id)
    survivor = replace(survivor, modified=now)
    context.table(IDENTITIES).put(survivor)
    return survivor


def _link(
    context: Context, identity: Identity, pool: IdentityPool, proven: Iterable[ProvenLogin], full: ErrorText
) -> Identity:
    """Link those of some logins to an identity that no identity has yet."""
    logins = context.table(LOGINS)
    serial = context.world.store.serial
    new = [
        Login(pool.id, each.provider, each.subject, identity.id, each.developer, serial())
        for each in proven
        if logins.get((pool.id, each.provider, each.subject)) is None
    ]
    if not new:
        return identity
    _check_room(logins_of(context, identity), new, full)
    for login in new:
        logins.put(login)
    identity = replace(identity, guest=False, modified=context.now())
    context.table(IDENTITIES).put(identity)
    return identity


def _check_room(linked: Sequence[Login], further: Sequence[Login], full: ErrorText) -> None:
    """Raise if an identity would have two users of a public provider, or too many logins."""
    together = [*linked, *further]
    public = [login.provider for login in together if not login.developer]
    if len(set(public)) < len(public):
        raise errors.LOGIN_ALREADY_LINKED()
    if len(together) > MOST_LOGINS:
        raise full()
