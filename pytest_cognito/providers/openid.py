"""A simulated provider of OpenID Connect: ID tokens, the keys that sign them, its configuration, userinfo."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, ClassVar

from pytest_cognito.http.messages import Response
from pytest_cognito.kernel.keys import base64url
from pytest_cognito.providers import answers
from pytest_cognito.providers.grants import Grant
from pytest_cognito.providers.jwt import ProviderToken
from pytest_cognito.providers.oauth import CLIENT_ID, OAuthProvider
from pytest_cognito.providers.users import ProviderUser
from pytest_cognito.providers.visit import Visit

PROFILE = (
    "name",
    "family_name",
    "given_name",
    "middle_name",
    "nickname",
    "preferred_username",
    "profile",
    "picture",
    "website",
    "gender",
    "birthdate",
    "zoneinfo",
    "locale",
    "updated_at",
)
SCOPES_OF_CLAIMS: Mapping[str, tuple[str, ...]] = {
    "profile": PROFILE,
    "email": ("email", "email_verified"),
    "phone": ("phone_number", "phone_number_verified"),
    "address": ("address",),
}
"""The claims that a scope gives (OpenID Connect Core section 5.4). Other claims of a user are given with any scopes."""


class OpenIDProvider(OAuthProvider):
    """A provider of OpenID Connect."""

    default_scopes = "openid email profile"
    spoilt = ("expired", "tampered", "unsigned", "wrong_audience", "wrong_issuer", "wrong_signer")
    id_token_lifetime: ClassVar[int] = 3600
    protocol_claims: ClassVar[Mapping[str, Any]] = {}
    """Claims that each ID token has."""

    def token(self, sub: str, email: str | None = None, *, audience: str = CLIENT_ID, **claims: Any) -> ProviderToken:
        """An ID token in one line: ``token("1", email="a@example.com", audience="<client id>", nonce="n")``.

        What is left out is that of the user who was added with this ``sub``.
        """
        user = self._described(sub, email, claims)
        now = self.world.clock.timestamp()
        return ProviderToken(self, {**self._protocol(user, audience, now), **self._user_claims(user, None)})

    def _tokens(self, grant: Grant, *, is_refresh: bool) -> dict[str, Any]:
        """See `OAuthProvider`."""
        access_token = self.new_access_token(grant)
        answer: dict[str, Any] = {
            "access_token": access_token,
            "expires_in": self.access_token_lifetime,
            "scope": " ".join(grant.asked.scopes),
            "token_type": "Bearer",
        }
        if "openid" in grant.asked.scopes:
            answer["id_token"] = str(self._issued(grant, access_token))
        if not is_refresh and self._gives_refresh_token(grant):
            answer["refresh_token"] = self._new_refresh_token(grant)
        return answer

    def _gives_refresh_token(self, grant: Grant) -> bool:
        """Whether a client gets a refresh token with its first tokens."""
        return grant.asked.offline

    def _issued(self, grant: Grant, access_token: str) -> ProviderToken:
        now = self.world.clock.timestamp()
        half = hashlib.sha256(access_token.encode()).digest()[:16]
        claims = {
            **self._protocol(grant.user, grant.asked.client_id, now),
            **self._user_claims(grant.user, grant.asked.scopes),
            "at_hash": base64url(half),
            "auth_time": grant.allowed_at,
            **({} if grant.asked.nonce is None else {"nonce": grant.asked.nonce}),
        }
        return self._perhaps_spoilt(ProviderToken(self, claims))

    def _protocol(self, user: ProviderUser, audience: str, now: int) -> dict[str, Any]:
        times = {"iat": now, "exp": now + self.id_token_lifetime}
        return {"iss": self.url, "sub": user.sub, "aud": audience, **times, **self._claims_for(audience)}

    def _claims_for(self, _audience: str) -> dict[str, Any]:
        """Claims about the client that this provider adds."""
        return {}

    def _user_claims(self, user: ProviderUser, scopes: tuple[str, ...] | None) -> dict[str, Any]:
        """The claims of a user that scopes give; all if they are None."""
        claims = dict(user.claims)
        if "email" in claims:
            claims.setdefault("email_verified", True)
        if scopes is None:
            return claims
        hidden = {name for scope, names in SCOPES_OF_CLAIMS.items() if scope not in scopes for name in names}
        return {name: value for name, value in claims.items() if name not in hidden}

    def _userinfo(self, visit: Visit) -> Response:
        """The claims of the user whom an access token is about."""
        grant = self._grant_of(visit.bearer())
        if grant is None:
            error = {"error": "invalid_token", "error_description": "The access token is not valid, or has expired."}
            challenge = 'Bearer error="invalid_token", error_description="The access token is not valid."'
            return answers.json_response(error, 401, {"WWW-Authenticate": challenge})
        return answers.json_response({"sub": grant.user.sub, **self._user_claims(grant.user, grant.asked.scopes)})

    def _jwks(self, _visit: Visit) -> Response:
        """The keys that sign ID tokens."""
        return answers.json_response({"keys": [self.key.jwk]})

    def _discovery(self, _visit: Visit) -> Response:
        """The provider's OpenID configuration."""
        return answers.json_response(self._configuration())

    def _configuration(self) -> dict[str, Any]:
        """The members of the provider's OpenID configuration."""
        raise NotImplementedError
