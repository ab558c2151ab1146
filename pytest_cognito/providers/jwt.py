"""JSON Web Tokens of a simulated provider, and invalid ones for tests of verifiers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Protocol

from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.keys import SigningKey, base64url

_DAY = 24 * 60 * 60
_TIMES = ("iat", "exp", "auth_time", "nbf")
_ANOTHER = "another-client"
_ANOTHER_ISSUER = "https://another.example.com"


class Signer(Protocol):
    """A provider, which has a key, and a key that is not its own."""

    @property
    def key(self) -> SigningKey: ...

    @property
    def another_key(self) -> SigningKey: ...

    @property
    def login(self) -> str: ...


class ProviderToken(str):
    """A JWT that a provider has signed: a string with ``claims``, which makes invalid ones of itself."""

    __slots__ = ("_provider", "claims")

    _provider: Signer
    claims: dict[str, Any]

    def __new__(cls, provider: Signer, claims: Mapping[str, Any], text: str | None = None) -> ProviderToken:
        token = super().__new__(cls, sign(provider.key, claims) if text is None else text)
        token._provider, token.claims = provider, dict(claims)
        return token

    @property
    def login(self) -> str:
        """The key of Logins of identity pools for tokens of the provider: ``accounts.google.com``."""
        return self._provider.login

    def expired(self) -> ProviderToken:
        """The same token with times in the past, expired for a day, with a valid signature."""
        earlier = self.claims["exp"] - self.claims["iat"] + _DAY
        return self._with({name: self.claims[name] - earlier for name in _TIMES if name in self.claims})

    def wrong_audience(self, audience: str = _ANOTHER) -> ProviderToken:
        """The same token for another client, with a valid signature."""
        if audience == self.claims["aud"]:
            raise UsageError(f"{audience!r} is the audience that the token has: leave it out, or name another client")
        return self._with({name: audience for name in ("aud", "azp") if name in self.claims})

    def wrong_issuer(self, issuer: str = _ANOTHER_ISSUER) -> ProviderToken:
        """The same token with another issuer, signed with the key of this provider."""
        if issuer == self.claims["iss"]:
            raise UsageError(f"{issuer!r} is the issuer that the token has: leave it out, or name another")
        return self._with({"iss": issuer})

    def wrong_signer(self) -> ProviderToken:
        """The same token, signed by a key that is not the provider's under the id of the provider's."""
        text = sign(self._provider.another_key, self.claims, kid=self._provider.key.kid)
        return ProviderToken(self._provider, self.claims, text)

    def tampered(self) -> ProviderToken:
        """The same token with another ``sub`` and the original signature, which is invalid for it."""
        header, _, signature = self.split(".")
        claims = {**self.claims, "sub": f"{self.claims['sub']}0"}
        return ProviderToken(self._provider, claims, f"{header}.{_part(claims)}.{signature}")

    def unsigned(self) -> ProviderToken:
        """The same token without a signature, and with the algorithm ``none``."""
        return ProviderToken(self._provider, self.claims, f"{_part({'alg': 'none'})}.{_part(self.claims)}.")

    def _with(self, changes: Mapping[str, Any]) -> ProviderToken:
        return ProviderToken(self._provider, {**self.claims, **changes})


def sign(key: SigningKey, claims: Mapping[str, Any], *, kid: str | None = None) -> str:
    """A signed JWT."""
    signed = f"{_part({'alg': 'RS256', 'kid': kid or key.kid, 'typ': 'JWT'})}.{_part(claims)}"
    return f"{signed}.{base64url(key.sign(signed.encode()))}"


def _part(value: Mapping[str, Any]) -> str:
    return base64url(json.dumps(value, separators=(",", ":")).encode())
