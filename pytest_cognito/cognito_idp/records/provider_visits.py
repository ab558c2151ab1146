"""Browsers that were sent to an identity provider, and have not come back yet."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from pytest_cognito.cognito_idp.records.clients import CLIENTS
from pytest_cognito.cognito_idp.records.identity_providers import IDENTITY_PROVIDERS
from pytest_cognito.cognito_idp.records.retention import RETENTION
from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class ProviderVisit:
    """A browser that was sent to an identity provider, to sign in or to sign out there.

    ``state`` is what the provider sends back: ``state`` of OAuth 2.0, ``RelayState`` of SAML. ``query`` is that of the
    application's request, ``callback_url`` the address to which the provider sends the browser. ``nonce`` is that of
    the ID token, ``request_id`` the id of the request of SAML. A browser that has ``returned`` can't do so again.
    """

    state: str = field(repr=False)
    pool_id: str
    client_id: str
    provider: str
    query: str
    callback_url: str
    expires: dt.datetime
    nonce: str | None = field(default=None, repr=False)
    request_id: str | None = None
    returned: bool = False


PROVIDER_VISITS: Schema[ProviderVisit] = Schema(
    "cognito-idp/provider-visits",
    key=lambda visit: visit.state,
    owners={
        CLIENTS: lambda visit: visit.client_id,
        IDENTITY_PROVIDERS: lambda visit: (visit.pool_id, visit.provider),
    },
    expires=lambda visit: visit.expires + RETENTION,
)
