"""Client ID metadata documents (CIMD): which addresses may stand for an app client, and the documents found there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pytest_cognito.cognito_idp.records.pools import POOLS
from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class CIMDPolicy:
    """A policy: a client whose ``client_id`` is an address that fits one of ``patterns`` is the app client.

    The app client may be deleted later. ``cache_duration`` is how long a document is kept, in seconds. ``number``
    orders the policies by creation.
    """

    id: str
    pool_id: str
    client_id: str
    name: str
    cache_duration: int
    patterns: tuple[str, ...]
    created: dt.datetime
    modified: dt.datetime
    number: int


@dataclass(frozen=True, slots=True)
class ClientMetadata:
    """An address that a client has come with, and the document that was found there.

    ``document`` is ``None``, as are ``cached`` and ``expires``, after it was invalidated.
    """

    pool_id: str
    policy_id: str
    url: str
    document: Mapping[str, Any] | None = field(repr=False)
    cached: dt.datetime | None
    expires: dt.datetime | None


CIMD_POLICIES: Schema[CIMDPolicy] = Schema(
    "cognito-idp/cimd-policies",
    key=lambda policy: policy.id,
    ordered={"pool": lambda policy: [(policy.pool_id, policy.number)]},
    owners={POOLS: lambda policy: policy.pool_id},
)
CLIENT_METADATA: Schema[ClientMetadata] = Schema(
    "cognito-idp/client-metadata",
    key=lambda metadata: (metadata.policy_id, metadata.url),
    ordered={"policy": lambda metadata: [(metadata.policy_id, metadata.url)]},
    owners={CIMD_POLICIES: lambda metadata: metadata.policy_id},
)
