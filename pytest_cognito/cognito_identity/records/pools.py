"""Identity pools."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pytest_cognito.aws.arn import arn
from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class IdentityPool:
    """An identity pool.

    ``settings`` are the members of CreateIdentityPool under the API's names, without those that were never given.
    ``roles`` are ARNs by ``authenticated`` and ``unauthenticated``, ``role_mappings`` RoleMapping by provider.
    """

    id: str
    region: str
    account: str
    settings: Mapping[str, Any]
    tags: Mapping[str, str]
    roles: Mapping[str, str]
    role_mappings: Mapping[str, Mapping[str, Any]]
    created: dt.datetime

    @property
    def arn(self) -> str:
        return arn("cognito-identity", self.region, self.account, f"identitypool/{self.id}")

    @property
    def name(self) -> str:
        name: str = self.settings["IdentityPoolName"]
        return name

    @property
    def admits_guests(self) -> bool:
        return bool(self.settings["AllowUnauthenticatedIdentities"])

    @property
    def developer_provider(self) -> str | None:
        return self.settings.get("DeveloperProviderName")


POOLS: Schema[IdentityPool] = Schema(
    "cognito-identity/pools",
    key=lambda pool: pool.id,
    ordered={"region": lambda pool: [((pool.account, pool.region), pool.id)]},
)
