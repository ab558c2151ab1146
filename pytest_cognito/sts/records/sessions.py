"""Temporary credentials and what they stand for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from pytest_cognito.iam import Keys, NamedPolicy, Principal
from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class Session:
    """A session: temporary credentials, and who makes a request that they sign.

    ``access_key`` begins with ``ASIA``. ``kind`` is the operation that began it: ``AssumeRole``,
    ``AssumeRoleWithWebIdentity``, ``AssumeRoleWithSAML``, ``GetSessionToken``, ``GetFederationToken``, ``AssumeRoot`` …
    ``user_arn`` is the IAM user of GetSessionToken and GetFederationToken; a session of a role has the role in
    ``principal.role_arn``. Their policies are looked up when they are asked for.

    ``policies`` are layers of session policies (see `iam.Policies`). ``tags`` are the session tags, ``transitive`` the
    keys of those that chained sessions inherit. ``keys`` are the condition keys that the federation has set:
    ``aws:FederatedProvider``, ``accounts.google.com:sub``. ``chained`` says that the credentials of a role have begun
    it. ``mfa`` is when its user has entered the code of an MFA device. ``scoped`` is how many of the layers
    GetScopedCredentials has added.
    """

    access_key: str
    secret_key: str = field(repr=False)
    token: str = field(repr=False)
    kind: str
    principal: Principal
    issued: dt.datetime
    expires: dt.datetime
    user_arn: str | None = None
    policies: tuple[tuple[NamedPolicy, ...], ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)
    transitive: tuple[str, ...] = ()
    source_identity: str | None = None
    keys: Keys = field(default_factory=dict)
    chained: bool = False
    mfa: dt.datetime | None = None
    scoped: int = 0


# They never go by themselves: expired credentials that the world has forgotten would be taken for the developer's.
SESSIONS: Schema[Session] = Schema(
    "sts/sessions",
    key=lambda session: session.access_key,
    unique={"token": lambda session: (session.token,)},
)
