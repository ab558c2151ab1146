"""Resource indicators (RFC 8707): the API that a request wants an access token for."""

from __future__ import annotations

from urllib.parse import urlsplit

from pytest_cognito.cognito_idp import errors


def check(resource: str) -> None:
    """Raise unless a resource is an absolute URI without fragment: ``https``, ``http`` on localhost, or another scheme.

    It need not be the identifier of a resource server.
    """
    try:
        parts = urlsplit(resource)
    except ValueError:
        raise errors.RESOURCE_INVALID() from None
    is_web = parts.scheme in ("http", "https")
    if not parts.scheme or "#" in resource or any(character.isspace() for character in resource):
        raise errors.RESOURCE_INVALID()
    if (is_web and not parts.hostname) or (parts.scheme == "http" and parts.hostname != "localhost"):
        raise errors.RESOURCE_INVALID()
