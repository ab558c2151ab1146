"""The OAuth 2.0 settings of an app client: grants, scopes, callback and logout URLs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlsplit

from pytest_cognito.cognito_idp import errors

STANDARD_SCOPES = frozenset({"phone", "email", "openid", "profile", "aws.cognito.signin.user.admin"})
"""The scopes that every pool has. Custom scopes belong to a resource server: ``identifier/name``."""

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def check(settings: Mapping[str, Any], *, has_secret: bool, scopes: Collection[str]) -> None:
    """Raise if OAuth settings are not allowed. ``scopes`` are the custom scopes of the pool."""
    flows = set(settings.get("AllowedOAuthFlows") or ())
    if settings["AllowedOAuthFlowsUserPoolClient"] and not (flows and settings.get("AllowedOAuthScopes")):
        raise errors.OAUTH_NOT_ENABLED()
    _check_scopes(settings, flows, scopes)
    if "client_credentials" in flows:
        _check_client_credentials(flows, has_secret)
    elif flows and not settings.get("CallbackURLs"):
        raise errors.CALLBACK_URLS_EMPTY()
    _check_urls(settings)


def _check_scopes(settings: Mapping[str, Any], flows: Collection[str], custom_scopes: Collection[str]) -> None:
    for scope in settings.get("AllowedOAuthScopes") or ():
        if scope not in STANDARD_SCOPES and scope not in custom_scopes:
            raise errors.SCOPE_NOT_FOUND(scope=scope)
        if scope in STANDARD_SCOPES and "client_credentials" in flows:
            raise errors.SCOPE_NOT_FOR_CLIENT_CREDENTIALS(scope=scope)


def _check_client_credentials(flows: Collection[str], has_secret: bool) -> None:
    if len(flows) > 1:
        raise errors.CLIENT_CREDENTIALS_ALONE()
    if not has_secret:
        raise errors.CLIENT_CREDENTIALS_NEED_SECRET()


def _check_urls(settings: Mapping[str, Any]) -> None:
    callbacks = settings.get("CallbackURLs") or ()
    for url in (*callbacks, *(settings.get("LogoutURLs") or ())):
        _check_url(url)
    default = settings.get("DefaultRedirectURI")
    if default is not None and default not in callbacks:
        raise errors.DEFAULT_REDIRECT_NOT_A_CALLBACK()


def _check_url(url: str) -> None:
    """Raise unless a URL is absolute, has no fragment, and has ``http`` only for a loopback host."""
    try:
        parts = urlsplit(url)
    except ValueError:
        raise errors.REDIRECT_URI_INVALID(url=url) from None
    if not parts.scheme or "#" in url or (parts.scheme in ("http", "https") and not parts.hostname):
        raise errors.REDIRECT_URI_INVALID(url=url)
    if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        raise errors.URL_WITH_HTTP(url=url)
