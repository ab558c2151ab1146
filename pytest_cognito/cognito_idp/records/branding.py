"""The styles of managed login."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pytest_cognito.cognito_idp.records.clients import CLIENTS
from pytest_cognito.cognito_idp.records.pools import POOLS
from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class Branding:
    """The style of an app client's pages.

    ``cognito_values`` is UseCognitoProvidedValues. ``settings`` and ``assets`` are what was customized, under the names
    of the API; ``settings`` is ``None`` if no request had any.
    """

    id: str
    pool_id: str
    client_id: str
    cognito_values: bool
    settings: Mapping[str, Any] | None
    assets: tuple[Mapping[str, Any], ...] = field(repr=False)
    created: dt.datetime
    modified: dt.datetime


BRANDINGS: Schema[Branding] = Schema(
    "cognito-idp/brandings",
    key=lambda branding: branding.id,
    unique={"client": lambda branding: [branding.client_id]},
    owners={POOLS: lambda branding: branding.pool_id, CLIENTS: lambda branding: branding.client_id},
)
