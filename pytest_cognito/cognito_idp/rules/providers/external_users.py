"""A user whom an identity provider has authenticated, as the provider describes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pytest_cognito.cognito_idp.rules.providers import attribute_mapping

Claims = Mapping[str, Any]
_TOKENS = ("access_token", "id_token")


@dataclass(frozen=True)
class ExternalUser:
    """A user at an identity provider, who is authenticated.

    ``subject`` identifies them there. A SAML provider describes them by the attributes of its ``assertion``, the others
    by the claims of an ID token, those of the userInfo endpoint, and the response of the token endpoint.
    """

    subject: str
    id_token: Claims = field(default_factory=dict)
    user_info: Claims = field(default_factory=dict)
    token_response: Claims = field(default_factory=dict)
    assertion: Claims = field(default_factory=dict)

    @property
    def claims(self) -> dict[str, Any]:
        """All that can be mapped to attributes: of two claims that differ, that of the ID token."""
        tokens = {name: self.token_response[name] for name in _TOKENS if name in self.token_response}
        return {**tokens, **self.assertion, **self.user_info, **self.id_token}

    def event_attributes(self, provider_type: str) -> dict[str, dict[str, str]]:
        """``request.attributes`` of the InboundFederation trigger, whose values are strings."""
        if provider_type == "SAML":
            return {"samlResponse": _texts(self.assertion)}
        return {
            "tokenResponse": _texts(self.token_response),
            "idToken": _texts(self.id_token),
            "userInfo": _texts(self.user_info),
        }


def described(provider_type: str, subject: str, claims: Claims) -> ExternalUser:
    """A user whom a provider describes by claims: in an ID token, from its userInfo endpoint, or in an assertion."""
    if provider_type == "SAML":
        return ExternalUser(subject, assertion=claims)
    if provider_type in ("Facebook", "LoginWithAmazon"):  # they issue no ID tokens
        return ExternalUser(subject, user_info=claims)
    return ExternalUser(subject, id_token={"sub": subject, **claims})


def _texts(claims: Claims) -> dict[str, str]:
    return {name: attribute_mapping.text(value) for name, value in claims.items() if value is not None}
