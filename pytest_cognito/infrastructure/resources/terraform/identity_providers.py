"""``aws_cognito_identity_provider``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.infrastructure.resources.terraform.base import TerraformType

_OF_AWS = ("ActiveEncryptionCertificate",)
"""The details that AWS adds, and that the provider does not send back."""


class IdentityProviderType(TerraformType):
    """An identity provider of a user pool."""

    required = frozenset(("provider_details", "provider_name", "provider_type", "user_pool_id"))
    create_only = frozenset(("provider_name", "provider_type", "user_pool_id"))
    creates, updates, deletes = "CreateIdentityProvider", "UpdateIdentityProvider", "DeleteIdentityProvider"
    key = ("user_pool_id", "provider_name")
    separator = ":"

    def request(self, operation: str, properties: Mapping[str, Any]) -> dict[str, Any]:
        details = properties.get("provider_details") or {}
        sent = {name: value for name, value in details.items() if name not in _OF_AWS}
        return super().request(operation, {**properties, "provider_details": sent})
