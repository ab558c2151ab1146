"""App clients and their secrets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pytest_cognito.cognito_idp.records.pools import POOLS
from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class ClientSecret:
    """One secret of an app client."""

    id: str
    value: str = field(repr=False)
    created: dt.datetime


@dataclass(frozen=True, slots=True)
class AppClient:
    """An app client.

    ``settings`` are the members of the response of DescribeUserPoolClient except ids, secret and dates. ``sso_minutes``
    is MaxValidityMinutes of GetUserPoolClientSessionConfiguration. ``number`` orders the clients by creation.
    An application has ``registered`` the client itself, unless an administrator has created it.
    """

    id: str
    pool_id: str
    settings: Mapping[str, Any]
    secrets: tuple[ClientSecret, ...]
    created: dt.datetime
    modified: dt.datetime
    number: int = 0
    sso_minutes: int = 60
    registered: bool = False

    @property
    def type(self) -> str:
        """``ClientType``: ``REGULAR`` or, for one that was registered dynamically, ``DCR``."""
        return "DCR" if self.registered else "REGULAR"

    @property
    def name(self) -> str:
        name: str = self.settings["ClientName"]
        return name

    @property
    def hides_existence(self) -> bool:
        """Whether ``PreventUserExistenceErrors`` is ``ENABLED``."""
        return self.settings.get("PreventUserExistenceErrors") == "ENABLED"

    @property
    def revocation(self) -> bool:
        """Whether tokens can be revoked (``EnableTokenRevocation``)."""
        enabled: bool = self.settings["EnableTokenRevocation"]
        return enabled

    @property
    def rotation(self) -> bool:
        """Whether ``RefreshTokenRotation`` is enabled."""
        return (self.settings.get("RefreshTokenRotation") or {}).get("Feature") == "ENABLED"

    @property
    def session_validity(self) -> dt.timedelta:
        """How long the session of a challenge is valid (``AuthSessionValidity``)."""
        return dt.timedelta(minutes=self.settings["AuthSessionValidity"])


CLIENTS: Schema[AppClient] = Schema(
    "cognito-idp/app-clients",
    key=lambda client: client.id,
    ordered={"pool": lambda client: [(client.pool_id, client.number)]},
    owners={POOLS: lambda client: client.pool_id},
)
