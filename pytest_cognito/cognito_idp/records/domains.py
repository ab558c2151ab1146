"""Domains of user pools."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pytest_cognito.cognito_idp.records.pools import POOLS, UserPool
from pytest_cognito.cognito_idp.records.replicas import REPLICAS, replica_key
from pytest_cognito.http import hosts
from pytest_cognito.state.schema import Schema

CLASSIC_HOSTED_UI, MANAGED_LOGIN = 1, 2
"""The values of ManagedLoginVersion."""


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain of a pool: a prefix of an Amazon domain, unique in its region, or a ``custom`` domain, globally unique.

    ``version`` is ManagedLoginVersion, ``distribution`` the host name of the CloudFront distribution. ``config`` and
    ``routing`` are CustomDomainConfig and Routing of the request.
    """

    name: str
    pool_id: str
    region: str
    account: str
    version: int
    distribution: str
    custom: bool
    config: Mapping[str, Any]
    routing: Mapping[str, Any] | None

    @property
    def host(self) -> str:
        """The host name of managed login and the OAuth 2.0 endpoints."""
        return self.name if self.custom else hosts.prefix_domain(self.name, self.region)

    @property
    def has_managed_login(self) -> bool:
        """Whether the pages are those of managed login, and not of the classic hosted UI."""
        return self.version == MANAGED_LOGIN

    def serves(self, pool: UserPool) -> bool:
        """Whether this domain of a pool belongs to the pool's region, which may be that of a replica."""
        return self.custom or self.region == pool.region


DOMAINS: Schema[Domain] = Schema(
    "cognito-idp/domains",
    key=lambda domain: ("" if domain.custom else domain.region, domain.name.lower()),
    ordered={"custom": lambda domain: [(domain.account, domain.name)] if domain.custom else []},
    owners={
        POOLS: lambda domain: domain.pool_id,
        REPLICAS: lambda domain: None if domain.custom else replica_key(domain.pool_id, domain.region),
    },
)
