"""The documents in which identity providers describe themselves: SAML metadata and OpenID configurations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_cognito.federation import errors
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.text import plain

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_METADATA = "{urn:oasis:names:tc:SAML:2.0:metadata}"
_SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}"
_CERTIFICATE = f"{_SIGNATURE}X509Certificate"
_REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"


class Metadata(NamedTuple):
    """What Cognito reads from SAML metadata: the entity id, and the addresses for sign-in and sign-out by redirect.

    ``certificates`` are those of the keys that the provider signs with: their DER encodings in Base64.
    """

    entity_id: str | None
    sign_in_url: str
    sign_out_url: str | None
    certificates: tuple[str, ...] = ()


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
        sign_in = None if descriptor is None else _location(descriptor, "SingleSignOnService")
        if descriptor is not None and sign_in:
            sign_out = _location(descriptor, "SingleLogoutService")
            return Metadata(entity.get("entityID"), sign_in, sign_out, _certificates(descriptor))
    raise errors.METADATA_WITHOUT_REDIRECT()


def _location(descriptor: Element, service: str) -> str | None:
    """The address of a service by redirect."""
    services = descriptor.iter(f"{_METADATA}{service}")
    return next((found.get("Location") for found in services if found.get("Binding") == _REDIRECT), None)


def _certificates(descriptor: Element) -> tuple[str, ...]:
    """The certificates of keys that are not for encryption alone."""
    keys = descriptor.findall(f"{_METADATA}KeyDescriptor")
    found = (each for key in keys if key.get("use") != "encryption" for each in key.iter(_CERTIFICATE))
    return tuple("".join((each.text or "").split()) for each in found)


def openid_configuration(text: str) -> dict[str, Any]:
    """The members of an OpenID configuration. Raises `UsageError` if a test has published something else."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        raise UsageError(f"an OpenID configuration is a JSON object, not {plain(text)}")
    return document
