"""The branding of the classic hosted UI."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from pytest_cognito.cognito_idp.records.clients import CLIENTS
from pytest_cognito.cognito_idp.records.pools import POOLS
from pytest_cognito.state.schema import Schema

ALL_CLIENTS = "ALL"
"""The ``ClientId`` of the customization of all app clients that have none of their own."""


@dataclass(frozen=True, slots=True)
class UICustomization:
    """The style sheet and the logo of an app client's pages, or of those of `ALL_CLIENTS`.

    ``version`` is CSSVersion; ``image`` is the logo and ``image_url`` its address on the domain's distribution.
    """

    pool_id: str
    client_id: str
    css: str | None
    version: str
    image: bytes | None = field(repr=False)
    image_url: str | None
    created: dt.datetime
    modified: dt.datetime


UI_CUSTOMIZATIONS: Schema[UICustomization] = Schema(
    "cognito-idp/ui-customizations",
    key=lambda one: (one.pool_id, one.client_id),
    owners={
        POOLS: lambda one: one.pool_id,
        CLIENTS: lambda one: None if one.client_id == ALL_CLIENTS else one.client_id,
    },
)
