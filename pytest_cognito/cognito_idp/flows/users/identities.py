"""The identities of users at identity providers: finding, adding and removing them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pytest_cognito.cognito_idp.records import (
    IDENTITIES,
    SUBJECT,
    USERS,
    Identity,
    IdentityProvider,
    User,
    UserPool,
)
from pytest_cognito.cognito_idp.rules.users import identities
from pytest_cognito.world import Context


def find(context: Context, pool: UserPool, provider: str, attribute: str, value: str) -> Identity | None:
    """The identity at a provider with a value of an attribute."""
    return context.table(IDENTITIES).get((pool.id, provider, attribute, value))


def of_user(context: Context, user: User) -> list[Identity]:
    """The identities of a user, oldest first."""
    return [found for _, found in context.table(IDENTITIES).page("user", (user.pool_id, user.key))]


def linked_attributes(context: Context, pool: UserPool, provider: str) -> set[str]:
    """The attributes, beside the subject, by which users of a provider were linked."""
    found: Iterator[tuple[object, Identity]] = context.table(IDENTITIES).page("provider", (pool.id, provider))
    return {identity.attribute for _, identity in found} - {SUBJECT}


def add(
    context: Context,
    user: User,
    provider: IdentityProvider,
    attribute: str,
    value: str,
    *,
    primary: bool = False,
) -> User:
    """Add an identity to a user, and to their attribute ``identities``."""
    now = context.now()
    context.table(IDENTITIES).put(
        Identity(
            pool_id=user.pool_id,
            provider=provider.name,
            attribute=attribute,
            value=value,
            user=user.key,
            provider_type=provider.type,
            issuer=provider.entity_id,
            primary=primary,
            created=now,
            known=now,
            number=context.world.store.serial(),
        )
    )
    return _with_attribute(context, user)


def remove(context: Context, user: User, identity: Identity) -> User:
    """Remove an identity from a user, and from their attribute ``identities``."""
    context.table(IDENTITIES).delete(IDENTITIES.key(identity))
    return _with_attribute(context, user)


def identify(context: Context, user: User, identity: Identity, subject: str) -> User:
    """Replace an attribute by which a user was linked by their subject, which is known from their first sign-in on."""
    table = context.table(IDENTITIES)
    table.delete(IDENTITIES.key(identity))
    table.put(replace(identity, attribute=SUBJECT, value=subject, known=context.now()))
    return _with_attribute(context, user)


def _with_attribute(context: Context, user: User) -> User:
    found = of_user(context, user)
    others = {name: value for name, value in user.attributes.items() if name != identities.ATTRIBUTE}
    attributes = {identities.ATTRIBUTE: identities.attribute(found), **others} if found else others
    changed = replace(user, attributes=attributes, modified=context.now())
    context.table(USERS).put(changed)
    return changed
