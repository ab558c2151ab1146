"""Attributes for access control: which claims become principal tags."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pytest_cognito.cognito_identity.records.pools import POOLS
from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class PrincipalTags:
    """The mapping of a provider of a pool: names of claims by tag key, or the defaults."""

    pool_id: str
    provider: str
    use_defaults: bool
    tags: Mapping[str, str]


PRINCIPAL_TAGS: Schema[PrincipalTags] = Schema(
    "cognito-identity/principal-tags",
    key=lambda mapping: (mapping.pool_id, mapping.provider),
    owners={POOLS: lambda mapping: mapping.pool_id},
)
