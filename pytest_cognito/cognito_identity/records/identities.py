"""Identities and the logins that lead to them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pytest_cognito.cognito_identity.records.pools import POOLS
from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class Identity:
    """An identity. A ``guest`` has never had a login. One that was merged into another is ``disabled``."""

    id: str
    pool_id: str
    guest: bool
    disabled: bool
    created: dt.datetime
    modified: dt.datetime


@dataclass(frozen=True, slots=True)
class Login:
    """A user of a provider, whose tokens lead to an identity.

    ``provider`` is the key of Logins: ``accounts.google.com``, the issuer of a user pool without its scheme, the ARN of
    a SAML provider, or the name of the pool's developer provider, of whose users ``developer`` is true.
    ``number`` orders the logins by creation.
    """

    pool_id: str
    provider: str
    subject: str
    identity_id: str
    developer: bool
    number: int


IDENTITIES: Schema[Identity] = Schema(
    "cognito-identity/identities",
    key=lambda identity: identity.id,
    ordered={"pool": lambda identity: [(identity.pool_id, identity.id)]},
    owners={POOLS: lambda identity: identity.pool_id},
)
LOGINS: Schema[Login] = Schema(
    "cognito-identity/logins",
    key=lambda login: (login.pool_id, login.provider, login.subject),
    ordered={"identity": lambda login: [(login.identity_id, login.number)]},
    owners={IDENTITIES: lambda login: login.identity_id},
)
