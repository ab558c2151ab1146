"""Resource servers of user pools: APIs that accept access tokens, with their custom scopes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pytest_cognito.cognito_idp.records.pools import POOLS
from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class ResourceServer:
    """A resource server. ``scopes`` are the descriptions of its scopes by name."""

    pool_id: str
    identifier: str
    name: str
    scopes: Mapping[str, str]

    @property
    def full_scopes(self) -> tuple[str, ...]:
        """The scopes as clients ask for them: ``identifier/name``."""
        return tuple(f"{self.identifier}/{scope}" for scope in self.scopes)


RESOURCE_SERVERS: Schema[ResourceServer] = Schema(
    "cognito-idp/resource-servers",
    key=lambda server: (server.pool_id, server.identifier),
    ordered={"pool": lambda server: [(server.pool_id, server.identifier)]},
    owners={POOLS: lambda server: server.pool_id},
)
