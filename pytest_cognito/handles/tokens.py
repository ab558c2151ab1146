"""The tokens of a user, and the spoiled ones that a verifier must refuse."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..cognito_idp.flows.tokens import sign
from ..kernel.keys import KeyPair

_DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a sign-in gives. ``expires_in`` is the lifetime of the access token in seconds."""

    id_token: str = field(repr=False)
    access_token: str = field(repr=False)
    refresh_token: str | None = field(repr=False)
    expires_in: int
    keys: KeyPair = field(repr=False, compare=False)

    @property
    def claims(self) -> dict[str, Any]:
        """The claims of the access token."""
        return _claims(self.access_token)

    @property
    def id_claims(self) -> dict[str, Any]:
        """The claims of the ID token."""
        return _claims(self.id_token)

    @property
    def auth_header(self) -> dict[str, str]:
        """The header that brings the access token to an API."""
        return {"Authorization": f"Bearer {self.access_token}"}

    def expired(self) -> Tokens:
        """The same tokens as if they had expired a day before they were issued, rightly signed."""
        return self._signed(_expired)

    def wrong_audience(self, audience: str = "another0client0id00000000") -> Tokens:
        """The same tokens for another app client, rightly signed."""
        return self._signed(
            lambda claims: {name: audience if name in _AUDIENCE else value for name, value in claims.items()}
        )

    def wrong_issuer(self, issuer: str = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Another00") -> Tokens:
        """The same tokens with another issuer, signed with the keys of this one."""
        return self._signed(lambda claims: {**claims, "iss": issuer})

    def tampered(self) -> Tokens:
        """The same tokens with another ``sub`` written into them and the signatures left as they were."""
        return replace(self, id_token=_tampered(self.id_token), access_token=_tampered(self.access_token))

    def swapped(self) -> Tokens:
        """The ID token where the access token belongs, and the other way round: ``token_use`` must tell."""
        return replace(self, id_token=self.access_token, access_token=self.id_token)

    def _signed(self, change: Any) -> Tokens:
        return replace(
            self,
            id_token=sign(self.keys.id, change(self.id_claims)),
            access_token=sign(self.keys.access, change(self.claims)),
        )


_TIMES = ("iat", "exp", "auth_time")
_AUDIENCE = ("aud", "client_id")


def _expired(claims: Mapping[str, Any]) -> dict[str, Any]:
    earlier = claims["exp"] - claims["iat"] + _DAY
    return {name: value - earlier if name in _TIMES else value for name, value in claims.items()}


def _claims(token: str) -> dict[str, Any]:
    payload = token.split(".")[1]
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return claims


def _tampered(token: str) -> str:
    header, _, signature = token.split(".")
    claims: Mapping[str, Any] = {**_claims(token), "sub": "00000000-0000-0000-0000-000000000000"}
    payload = base64.urlsafe_b64encode(json.dumps(claims, separators=(",", ":")).encode()).rstrip(b"=").decode()
    return f"{header}.{payload}.{signature}"
