"""The documents in which identity providers describe themselves: SAML metadata and OpenID configurations."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from pytest_cognito.cognito_idp import errors
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.text import plain

_METADATA = "{urn:oasis:names:tc:SAML:2.0:metadata}"
_REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"


class Metadata(NamedTuple):
    """What Cognito reads from SAML metadata: the entity id, and the addresses for sign-in and sign-out by redirect."""

    entity_id: str | None
    sign_in_url: str
    sign_out_url: str | None


def saml_metadata(text: str) -> Metadata:
    """Read SAML metadata. Raises if they are no XML, or have no address for sign-in by redirect."""
    # Few tests need XML.
    from xml.etree import ElementTree

    try:
        document = ElementTree.fromstring(text)
    except (ElementTree.ParseError, UnicodeEncodeError):  # the latter for half a surrogate pair
        raise errors.METADATA_UNREADABLE() from None
    for entity in document.iter(f"{_METADATA}EntityDescriptor"):
        descriptor = entity.find(f"{_METADATA}IDPSSODescriptor")
        if descriptor is None:
            continue
        addresses = {
            service: next(
                (
                    found.get("Location")
                    for found in descriptor.iter(f"{_METADATA}{service}")
                    if found.get("Binding") == _REDIRECT
                ),
                None,
            )
            for service in ("SingleSignOnService", "SingleLogoutService")
        }
        if addresses["SingleSignOnService"]:
            return Metadata(entity.get("entityID"), addresses["SingleSignOnService"], addresses["SingleLogoutService"])
    raise errors.METADATA_WITHOUT_REDIRECT()


def openid_configuration(text: str) -> dict[str, Any]:
    """The members of an OpenID configuration. Raises `UsageError` if a test has published something else."""
    try:
        document = json.loads(text)
    except ValueError:
        document = None
    if not isinstance(document, dict):
        raise UsageError(f"an OpenID configuration is a JSON object, not {plain(text)}")
    return document
