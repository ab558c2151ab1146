"""Identity providers of user pools, and the identities that users have there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from pytest_cognito.cognito_idp.records.pools import POOLS
from pytest_cognito.cognito_idp.records.recoveries import VERSIONS, WRITE_LOCK
from pytest_cognito.cognito_idp.records.users import USERS
from pytest_cognito.state.schema import Schema

LOCAL = "COGNITO"
"""The name of the pool itself among the identity providers of an app client (SupportedIdentityProviders)."""
SUBJECT = "Cognito_Subject"
"""The name under which every provider has the attribute that identifies a user there: ``sub``, ``id``, ``NameID``."""


@dataclass(frozen=True, slots=True)
class IdentityProvider:
    """An identity provider of a pool.

    ``details``, ``mapping``, ``identifiers`` and ``acr_mapping`` are ProviderDetails with what Cognito adds,
    AttributeMapping, IdpIdentifiers and AcrMapping. ``private_key`` is the detail of that name, which Cognito does not
    return. ``entity_id`` is the id of a SAML provider in its metadata, if these are known. ``metadata`` are those that
    were retrieved at its MetadataURL, at the time ``retrieved``.
    """

    pool_id: str
    name: str
    type: str
    details: Mapping[str, str] = field(repr=False)
    mapping: Mapping[str, str]
    identifiers: tuple[str, ...]
    acr_mapping: Mapping[str, str]
    created: dt.datetime
    modified: dt.datetime
    private_key: str | None = field(default=None, repr=False)
    entity_id: str | None = None
    metadata: str | None = field(default=None, repr=False)
    retrieved: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """An identity of a user at a provider: the value of an attribute by which the provider knows them.

    ``attribute`` is `SUBJECT` or, of an identity that an administrator has linked, the name of a mapped attribute.
    ``primary`` is the identity whose first sign-in has made the user. ``number`` orders the identities of a user.
    ``known`` is since when it is known by this attribute.
    """

    pool_id: str
    provider: str
    attribute: str
    value: str
    user: str
    provider_type: str
    issuer: str | None
    primary: bool
    created: dt.datetime
    known: dt.datetime
    number: int


@dataclass(frozen=True, slots=True)
class SamlAssertion:
    """An assertion that has signed in a user, and that can't do so again. It is valid until ``expires``."""

    pool_id: str
    issuer: str
    id: str
    expires: dt.datetime


IDENTITY_PROVIDERS: Schema[IdentityProvider] = Schema(
    "cognito-idp/identity-providers",
    key=lambda provider: (provider.pool_id, provider.name),
    unique={"identifier": lambda provider: [(provider.pool_id, name) for name in provider.identifiers]},
    ordered={"pool": lambda provider: [(provider.pool_id, provider.name)]},
    owners={POOLS: lambda provider: provider.pool_id},
)
IDENTITIES: Schema[Identity] = Schema(
    "cognito-idp/identities",
    key=lambda identity: (identity.pool_id, identity.provider, identity.attribute, identity.value),
    ordered={
        "provider": lambda identity: [((identity.pool_id, identity.provider), identity.attribute)],
        "user": lambda identity: [((identity.pool_id, identity.user), identity.number)],
    },
    owners={USERS: lambda identity: (identity.pool_id, identity.user)},
    history=VERSIONS,
    created=lambda identity: identity.known,
    lock=WRITE_LOCK,
)
SAML_ASSERTIONS: Schema[SamlAssertion] = Schema(
    "cognito-idp/saml-assertions",
    key=lambda assertion: (assertion.pool_id, assertion.issuer, assertion.id),
    owners={POOLS: lambda assertion: assertion.pool_id},
    expires=lambda assertion: assertion.expires,
)
