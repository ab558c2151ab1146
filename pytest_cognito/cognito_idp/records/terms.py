"""Terms documents: links to the terms of use and to the privacy policy of an application."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from pytest_cognito.cognito_idp.records.clients import CLIENTS
from pytest_cognito.cognito_idp.records.pools import POOLS
from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms documents of one name (``terms-of-use`` or ``privacy-policy``) of an app client.

    ``links`` has the address of the document by language. ``number`` orders the documents by creation.
    """

    id: str
    pool_id: str
    client_id: str
    name: str
    source: str
    enforcement: str
    links: Mapping[str, str]
    created: dt.datetime
    modified: dt.datetime
    number: int


TERMS: Schema[Terms] = Schema(
    "cognito-idp/terms",
    key=lambda terms: terms.id,
    unique={"name": lambda terms: [(terms.client_id, terms.name)]},
    ordered={"pool": lambda terms: [(terms.pool_id, terms.number)]},
    owners={POOLS: lambda terms: terms.pool_id, CLIENTS: lambda terms: terms.client_id},
)
