"""Domains of user pools."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pytest_cognito.cognito_idp.records.pools import POOLS
from pytest_cognito.http import hosts
from pytest_cognito.state.schema import Schema


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


DOMAINS: Schema[Domain] = Schema(
    "cognito-idp/domains",
    key=lambda domain: ("" if domain.custom else domain.region, domain.name.lower()),
    owners={POOLS: lambda domain: domain.pool_id},
)
