"""The parameters of issuing tokens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pytest_cognito.cognito_idp.records import AppClient, Grant, User, UserPool


@dataclass(slots=True)
class Issuance:
    """An ID token and an access token to be issued.

    ``source`` is the reason, as in the events of PreTokenGeneration: ``Authentication``, ``RefreshTokens`` and so on.
    ``metadata`` is the ClientMetadata for this trigger. ``scopes`` are the scopes of the access token, by default those
    of the grant. ``nonce`` is the nonce of an OpenID Connect request. ``extra`` claims are added to both tokens last,
    without any check.
    """

    pool: UserPool
    client: AppClient
    user: User
    grant: Grant
    source: str
    metadata: Mapping[str, str] | None = None
    scopes: tuple[str, ...] | None = None
    nonce: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def device_key(self) -> str | None:
        """The claim ``device_key``: the device of the sign-in, if its tokens are bound to it."""
        return self.grant.device if self.grant.binds_device else None

    @property
    def requested_scopes(self) -> tuple[str, ...]:
        """The scopes of the access token before the PreTokenGeneration trigger changes them."""
        return self.grant.scopes if self.scopes is None else self.scopes
