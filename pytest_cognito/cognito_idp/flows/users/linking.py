"""Linking a user of a pool to an identity at an identity provider, and ending that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.users import identities
from pytest_cognito.cognito_idp.records import SUBJECT, USERS, Identity, IdentityProvider, User, UserPool
from pytest_cognito.cognito_idp.rules import quotas
from pytest_cognito.cognito_idp.rules.providers.provider_details import TYPES
from pytest_cognito.world import Context

_LOCAL = "Cognito"
_MAX_ATTRIBUTES = 5
_MAX_LENGTH = 128


class Named(NamedTuple):
    """What identifies a user in a request: a provider, an attribute there, and its value."""

    provider: str
    attribute: str
    value: str


def named(member: str, shape: Mapping[str, str], *, attribute: bool = True) -> Named:
    """Read the shape ``ProviderUserIdentifierType``; raise for a part that is missing. ``attribute``: it is needed."""
    needed = ("ProviderName", *(("ProviderAttributeName",) if attribute else ()), "ProviderAttributeValue")
    for name in needed:
        if not shape.get(name):
            raise errors.LINK_PART_MISSING(member=f"{member}.{name}")
    return Named(shape["ProviderName"], shape.get("ProviderAttributeName") or SUBJECT, shape["ProviderAttributeValue"])


def link(context: Context, pool: UserPool, destination: Named, source: Named) -> User:
    """Link the identity ``source`` to the user ``destination``, who is signed in by it from then on."""
    if source.provider == _LOCAL:
        raise errors.LINK_OF_LOCAL_USER()
    provider = lookup.identity_provider(context, pool, source.provider)
    _check_attribute(provider, source.attribute)
    if sum(map(len, source)) > _MAX_LENGTH:
        raise errors.LINK_TOO_LONG()
    user = _destination(context, pool, destination)
    _check_free(context, pool, provider, source, user)
    _check_limits(context, pool, provider, source, user)
    fixed = [
        name for name, attribute in pool.schema_by_name.items() if not attribute["Mutable"] and name in user.attributes
    ]
    if fixed:
        raise errors.LINK_TO_FIXED_ATTRIBUTES(names=", ".join(fixed))
    return identities.add(context, user, provider, source.attribute, source.value)


def unlink(context: Context, pool: UserPool, whom: Named) -> None:
    """Remove the identity from its user or, of a user of the pool itself, the password.

    The next sign-in of an unlinked identity makes a user of its own.
    """
    if whom.provider == _LOCAL:
        if whom.attribute != SUBJECT:
            raise errors.LINK_NOT_BY_SUBJECT(provider=_LOCAL)
        user = lookup.user(context, pool, whom.value)
        without = replace(user, password=None, password_hash=None, password_set=None, modified=context.now())
        context.table(USERS).put(replace(without, status="EXTERNAL_PROVIDER"))
        return
    provider = lookup.identity_provider(context, pool, whom.provider)
    if TYPES[provider.type].named and whom.attribute != SUBJECT:
        raise errors.LINK_NOT_BY_SUBJECT(provider=provider.name)
    identity = identities.find(context, pool, provider.name, whom.attribute, whom.value)
    if identity is None:
        raise errors.USER_NOT_FOUND()
    identities.remove(context, holder(context, identity), identity)


def holder(context: Context, identity: Identity) -> User:
    """The user who has an identity. Raises RuntimeError if there is none: identities are deleted with their user."""
    user = context.table(USERS).get((identity.pool_id, identity.user))
    if user is None:
        raise RuntimeError(f"nobody has the identity {identity.value} of {identity.provider}")
    return user


def _check_attribute(provider: IdentityProvider, attribute: str) -> None:
    """Raise unless users of the provider can be linked by an attribute: the subject, or a mapped one, or its claim."""
    if attribute == SUBJECT:
        return
    if TYPES[provider.type].named:
        raise errors.LINK_NOT_BY_SUBJECT(provider=provider.name)
    if attribute not in (*provider.mapping, *provider.mapping.values()):
        raise errors.LINK_ATTRIBUTE_NOT_MAPPED(attribute=attribute, provider=provider.name)


def _destination(context: Context, pool: UserPool, destination: Named) -> User:
    if destination.provider == _LOCAL:
        return lookup.user(context, pool, destination.value)
    provider = lookup.identity_provider(context, pool, destination.provider)
    identity = identities.find(context, pool, provider.name, SUBJECT, destination.value)
    if identity is None:
        raise errors.USER_NOT_FOUND()
    return holder(context, identity)


def _check_free(context: Context, pool: UserPool, provider: IdentityProvider, source: Named, user: User) -> None:
    """Raise if the identity is linked already, or has a user of its own."""
    identity = identities.find(context, pool, provider.name, source.attribute, source.value)
    if identity is not None and identity.primary:
        raise errors.LINK_MERGES_USERS()
    if identity is not None:
        raise errors.LINK_EXISTS() if identity.user == user.key else errors.LINK_OF_ANOTHER_USER()
    name = pool.fold(f"{provider.name}_{source.value}")
    if source.attribute == SUBJECT and context.table(USERS).get((pool.id, name)) is not None:
        raise errors.LINK_OF_LOCAL_USER()


def _check_limits(context: Context, pool: UserPool, provider: IdentityProvider, source: Named, user: User) -> None:
    if len(identities.of_user(context, user)) >= quotas.LINKED_IDENTITIES:
        raise errors.LINK_LIMIT()
    attributes = identities.linked_attributes(context, pool, provider.name)
    if source.attribute not in (SUBJECT, *attributes) and len(attributes) >= _MAX_ATTRIBUTES:
        raise errors.LINK_ATTRIBUTE_LIMIT(provider=provider.name)
