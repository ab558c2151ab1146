"""Client ID metadata documents: an app client as the document at the address describes it that is its ``client_id``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pytest_cognito.cognito_idp.records import AppClient

_GRANT_TYPES = {"authorization_code": "code", "implicit": "implicit"}
_DEFAULT_GRANT_TYPES = ["authorization_code"]


def is_address(client_id: str) -> bool:
    """Whether a ``client_id`` is the address of a document, and not the id of an app client."""
    return client_id.startswith("https://")


def described(client: AppClient, url: str, document: Mapping[str, Any]) -> AppClient | None:
    """The app client with the redirect URIs of the document, and the grants that both allow; None if it describes none.

    The document names its own address, and a public client; so must the app client be one.
    """
    uris, grants = document.get("redirect_uris"), document.get("grant_types", _DEFAULT_GRANT_TYPES)
    if document.get("client_id") != url or document.get("token_endpoint_auth_method") != "none" or client.secrets:
        return None
    if not isinstance(uris, list) or not isinstance(grants, list):
        return None
    named = [_GRANT_TYPES.get(grant) for grant in grants if isinstance(grant, str)]
    flows = [flow for flow in client.settings.get("AllowedOAuthFlows") or () if flow in named]
    callbacks = [uri for uri in uris if isinstance(uri, str)]
    settings = {**client.settings, "CallbackURLs": callbacks, "AllowedOAuthFlows": flows}
    settings.pop("DefaultRedirectURI", None)
    return replace(client, settings=settings)
