"""Simulated Sign in with Apple."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, ClassVar

from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.providers import answers, clients
from pytest_cognito.providers.answers import Refused
from pytest_cognito.providers.clients import Client, OAuthError
from pytest_cognito.providers.grants import Asked, Grant
from pytest_cognito.providers.oauth import CLIENT_ID
from pytest_cognito.providers.openid import OpenIDProvider
from pytest_cognito.providers.provider import Endpoint, Endpoints
from pytest_cognito.providers.users import ProviderUser

ISSUER = "https://appleid.apple.com"
TEAM_ID, KEY_ID = "PYTESTTEAM", "PYTESTKEY0"
"""The developer of made-up ProviderDetails."""
_RELAY = "@privaterelay.appleid.com"
_FORM_POST_NEEDED = OAuthError(
    "invalid_request", "response_mode must be form_post when name or email scope is requested."
)
_NAMES = {"firstName": "given_name", "lastName": "family_name"}


class Apple(OpenIDProvider):
    """Sign in with Apple.

    ID tokens have the e-mail address, but no name: that is in the form with the code, as ``user``, and only when the
    user signs in to the client for the first time. ``email_verified`` and ``is_private_email`` are strings.
    """

    provider_type = "SignInWithApple"
    title = "Apple"
    scopes = frozenset({"openid", "name", "email"})
    default_scopes = "email name"
    needs_scope = False
    response_modes = ("query", "fragment", "form_post")
    tells_users_of_errors = True
    cancelled: ClassVar[Mapping[str, str]] = {"error": "user_cancelled_authorize"}
    id_token_lifetime = 24 * 60 * 60

    def details(self, **details: str) -> dict[str, str]:
        """See `Provider`."""
        from pytest_cognito.providers import apple_keys

        made_up = {"client_id": CLIENT_ID, "authorize_scopes": self.default_scopes}
        key_id = details.get("key_id", KEY_ID)
        developer = {"team_id": TEAM_ID, "key_id": key_id, "private_key": apple_keys.private_key(key_id)}
        return {**made_up, **developer, **details}

    def add_client(  # type: ignore[override]  # Apple's clients have no secret of their own, but a developer's key
        self,
        id: str,
        *,
        team_id: str = TEAM_ID,
        key_id: str = KEY_ID,
        private_key: str | None = None,
        redirect_uris: tuple[str, ...] | list[str] = (),
    ) -> None:
        """Add an application of a developer, whose ``private_key`` signs its secrets; by default the made-up one."""
        from pytest_cognito.providers import apple_keys

        super().add_client(id, None, redirect_uris=redirect_uris)
        key = apple_keys.private_key(key_id) if private_key is None else private_key
        if apple_keys.public_key(key) is None:
            raise UsageError("private_key is a key of P-256 in PKCS #8, as PEM: the file AuthKey_….p8 that Apple gives")
        uris = tuple(redirect_uris)
        self._clients[id] = Client(id, redirect_uris=uris, team_id=team_id, key_id=key_id, private_key=key)

    def endpoints(self) -> Endpoints:
        """See `Provider`."""
        host = "appleid.apple.com"
        return {
            f"{host}/.well-known/openid-configuration": Endpoint("discovery", self._discovery),
            f"{host}/auth/authorize": Endpoint("authorize", self._authorize, ("GET", "POST")),
            f"{host}/auth/token": Endpoint("token", self._exchange, ("POST",)),
            f"{host}/auth/keys": Endpoint("jwks", self._jwks),
        }

    def _configuration(self) -> dict[str, Any]:
        """See `OpenIDProvider`."""
        return {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/auth/authorize",
            "token_endpoint": f"{ISSUER}/auth/token",
            "jwks_uri": f"{ISSUER}/auth/keys",
            "response_types_supported": ["code"],
            "response_modes_supported": list(self.response_modes),
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "scopes_supported": ["openid", "email", "name"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "claims_supported": [
                *("aud", "email", "email_verified", "exp", "iat", "is_private_email", "iss", "nonce"),
                *("nonce_supported", "real_user_status", "sub", "transfer_sub"),
            ],
        }

    def _problem(self, asked: Asked, query: Mapping[str, str]) -> OAuthError | None:
        """See `OAuthProvider`; name and e-mail address are sent by POST alone."""
        if {"name", "email"}.intersection(asked.scopes) and asked.response_mode != "form_post":
            return _FORM_POST_NEEDED
        return super()._problem(asked, query)

    def _added_to_code(self, grant: Grant) -> dict[str, str]:
        """See `OAuthProvider`."""
        if not grant.first or not {"name", "email"}.intersection(grant.asked.scopes):
            return {}
        claims = grant.user.claims
        user: dict[str, Any] = {}
        if "name" in grant.asked.scopes:
            user["name"] = {name: claims[claim] for name, claim in _NAMES.items() if claim in claims}
        if "email" in grant.asked.scopes and "email" in claims:
            user["email"] = claims["email"]
        return {"user": json.dumps(user)}

    def _claims_for(self, _audience: str) -> dict[str, Any]:
        """See `OpenIDProvider`."""
        return {"nonce_supported": True}

    def _user_claims(self, user: ProviderUser, scopes: tuple[str, ...] | None) -> dict[str, Any]:
        """See `OpenIDProvider`."""
        hidden = ("name", "given_name", "family_name") if scopes is not None else ()
        claims = {name: value for name, value in super()._user_claims(user, scopes).items() if name not in hidden}
        if "email" in claims:
            claims.setdefault("is_private_email", str(claims["email"]).endswith(_RELAY))
        texts = ("email_verified", "is_private_email")
        return {name: str(value).lower() if name in texts else value for name, value in claims.items()}

    def _tokens(self, grant: Grant, *, is_refresh: bool) -> dict[str, Any]:
        """See `OAuthProvider`: an ID token whatever the scopes are, which the answer does not name."""
        answer = super()._tokens(grant, is_refresh=is_refresh)
        del answer["scope"]
        return (
            answer if "id_token" in answer else {**answer, "id_token": str(self._issued(grant, answer["access_token"]))}
        )

    def _gives_refresh_token(self, _grant: Grant) -> bool:
        """See `OpenIDProvider`."""
        return True

    def _knows(self, client: Client, secret: str | None) -> bool:
        """See `OAuthProvider`."""
        from pytest_cognito.providers import apple_keys

        if client.private_key is None:
            return bool(secret)
        now = self.world.clock.timestamp()
        return apple_keys.is_client_secret(
            secret or "", client.id, client.team_id, client.key_id, client.private_key, ISSUER, now
        )

    def _token_error(self, error: OAuthError) -> Refused:
        """See `OAuthProvider`; Apple's have the status 400, and a description for some."""
        described = {} if error == clients.CLIENT_REFUSED else {"error_description": error.description}
        return Refused(answers.json_response({"error": error.code, **described}, 400))
