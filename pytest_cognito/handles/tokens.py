"""The tokens of a user, and invalid ones for tests of verifiers."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pytest_cognito.cognito_idp import KeyPair, sign
from pytest_cognito.federation.unverified import unverified_claims
from pytest_cognito.http import hosts
from pytest_cognito.kernel.errors import UsageError

_DAY = 24 * 60 * 60
_ANOTHER_ISSUER = f"https://{hosts.endpoint('cognito-idp', 'us-east-1')}/us-east-1_Another00"


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a sign-in. ``expires_in`` is the lifetime of the access token in seconds."""

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
        """The ``Authorization`` header with the access token."""
        return {"Authorization": f"Bearer {self.access_token}"}

    def expired(self) -> Tokens:
        """The same tokens with times in the past, expired for a day, with valid signatures."""
        return self._with_claims(_expired)

    def wrong_audience(self, audience: str = "another0client0id00000000") -> Tokens:
        """The same tokens for another app client, with valid signatures."""
        if audience in (self.claims.get("client_id"), self.id_claims.get("aud")):
            raise UsageError(f"{audience!r} is the audience that the tokens have: leave it out, or name another client")
        return self._with_claims(
            lambda claims: {name: audience if name in _AUDIENCE else value for name, value in claims.items()}
        )

    def wrong_issuer(self, issuer: str = _ANOTHER_ISSUER) -> Tokens:
        """The same tokens with another issuer, signed with the keys of this user pool."""
        if issuer == self.claims["iss"]:
            raise UsageError(f"{issuer!r} is the issuer that the tokens have: leave it out, or name another")
        return self._with_claims(lambda claims: {**claims, "iss": issuer})

    def tampered(self) -> Tokens:
        """The same tokens with another ``sub`` and the original signatures, which are invalid for it."""
        return replace(self, id_token=_tampered(self.id_token), access_token=_tampered(self.access_token))

    def swapped(self) -> Tokens:
        """The ID token in place of the access token and vice versa; only ``token_use`` tells them apart."""
        return replace(self, id_token=self.access_token, access_token=self.id_token)

    def _with_claims(self, change: Any) -> Tokens:
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
    claims = unverified_claims(token)
    if claims is None:
        raise ValueError("this is no signed JWT")
    return claims


def _tampered(token: str) -> str:
    header, _, signature = token.split(".")
    claims: Mapping[str, Any] = {**_claims(token), "sub": "00000000-0000-0000-0000-000000000000"}
    payload = base64.urlsafe_b64encode(json.dumps(claims, separators=(",", ":")).encode()).rstrip(b"=").decode()
    return f"{header}.{payload}.{signature}"
