"""The address at which an application lets its user sign in: that of the authorization endpoint, with parameters."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from pytest_cognito.cognito_idp import AppClient


def redirect_uri_of(client: AppClient) -> str | None:
    """The default redirect URI of an app client, or else its first callback URL; None if it has none."""
    callbacks = client.settings.get("CallbackURLs") or [None]
    found: str | None = client.settings.get("DefaultRedirectURI") or callbacks[0]
    return found


def response_type_of(client: AppClient) -> str | None:
    """``code``, or ``token`` for a client with the implicit grant alone; None if it has no grant for users."""
    flows = client.settings.get("AllowedOAuthFlows") or ()
    if not client.settings.get("AllowedOAuthFlowsUserPoolClient"):
        return None
    return "code" if "code" in flows else "token" if "implicit" in flows else None


def sign_in_url(domain_url: str, client_id: str, parameters: Mapping[str, str]) -> str:
    """The address, on a domain, at which an app client lets a user sign in."""
    return f"{domain_url}/oauth2/authorize?{urlencode({'client_id': client_id, **parameters})}"
