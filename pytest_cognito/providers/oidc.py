"""A simulated provider of OpenID Connect at an issuer of the test's choice."""

from __future__ import annotations

import json
from typing import Any

from pytest_cognito.providers.openid import PROFILE, OpenIDProvider
from pytest_cognito.providers.provider import Endpoint, Endpoints
from pytest_cognito.providers.registry import base_address
from pytest_cognito.world import World

_POSTED = ("GET", "POST")


class OIDC(OpenIDProvider):
    """A provider of OpenID Connect. Below its issuer are ``authorize``, ``token``, ``userinfo`` and ``jwks``."""

    provider_type = "OIDC"
    response_modes = ("query", "fragment", "form_post")

    def __init__(self, world: World, url: str) -> None:
        super().__init__(world, url)
        self._base = base_address(url)
        world.documents[f"{url}/.well-known/openid-configuration"] = json.dumps(self._configuration())

    @property
    def title(self) -> str:  # type: ignore[override]  # of the others, the class has it
        return self._base

    def details(self, **details: str) -> dict[str, str]:
        """See `Provider`."""
        return super().details(**{"oidc_issuer": self.url, "attributes_request_method": "GET", **details})

    def endpoints(self) -> Endpoints:
        """See `Provider`."""
        return {
            f"{self._base}/.well-known/openid-configuration": Endpoint("discovery", self._discovery),
            f"{self._base}/authorize": Endpoint("authorize", self._authorize, _POSTED),
            f"{self._base}/token": Endpoint("token", self._exchange, ("POST",)),
            f"{self._base}/userinfo": Endpoint("userinfo", self._userinfo, _POSTED),
            f"{self._base}/jwks": Endpoint("jwks", self._jwks),
        }

    def _configuration(self) -> dict[str, Any]:
        """See `OpenIDProvider`."""
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/jwks",
            "response_types_supported": ["code"],
            "response_modes_supported": list(self.response_modes),
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "scopes_supported": ["openid", "email", "profile", "phone", "address", "offline_access"],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic", "none"],
            "code_challenge_methods_supported": ["S256", "plain"],
            "claims_supported": ["sub", "email", "email_verified", *PROFILE],
        }
