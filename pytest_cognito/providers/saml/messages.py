"""What a service provider sends by the redirect binding: requests to sign in and to sign out."""

from __future__ import annotations

import base64
import binascii
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_cognito.providers.saml import xml
from pytest_cognito.providers.visit import Visit

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

    from pytest_cognito.providers.saml.xml import Element

_LONGEST = 1_000_000
_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
_POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
_SIGNED = ("SAMLRequest", "RelayState", "SigAlg")


class Unacceptable(ValueError):
    """A request that the provider does not accept; the message says why."""


@dataclass(frozen=True)
class SignInRequest:
    """An AuthnRequest. ``acs`` is where the response is posted; ``id`` is None for a sign-in that nobody asked for."""

    id: str | None
    issuer: str
    acs: str
    name_format: str | None = None


@dataclass(frozen=True)
class SignOutRequest:
    """A LogoutRequest."""

    id: str
    issuer: str
    subject: str
    session_indexes: tuple[str, ...]


def sign_in_request(visit: Visit, url: str, certificate: Certificate | None) -> SignInRequest:
    """The AuthnRequest to ``url``, signed by ``certificate`` if there is one. Raises `Unacceptable`."""
    root = _request(visit, "AuthnRequest", url, certificate)
    acs = root.get("AssertionConsumerServiceURL")
    if not acs:
        raise Unacceptable("The request has no AssertionConsumerServiceURL.")
    if root.get("ProtocolBinding", _POST) != _POST:
        raise Unacceptable("The provider responds by the binding HTTP-POST alone.")
    policy = root.find(f"{xml.PROTOCOL}NameIDPolicy")
    name_format = policy.get("Format") if policy is not None else None
    return SignInRequest(root.get("ID"), _issuer(root), acs, name_format)


def sign_out_request(visit: Visit, url: str, certificate: Certificate | None) -> SignOutRequest:
    """The LogoutRequest to ``url``, signed by ``certificate`` if there is one. Raises `Unacceptable`."""
    root = _request(visit, "LogoutRequest", url, certificate)
    subject = root.findtext(f"{xml.ASSERTION}NameID")
    if not subject:
        raise Unacceptable("The request has no NameID.")
    indexes = tuple(each.text or "" for each in root.iter(f"{xml.PROTOCOL}SessionIndex"))
    return SignOutRequest(root.get("ID") or "", _issuer(root), subject.strip(), indexes)


def _issuer(root: Element) -> str:
    issuer = (root.findtext(f"{xml.ASSERTION}Issuer") or "").strip()
    if not issuer:
        raise Unacceptable("The request has no Issuer.")
    return issuer


def _request(visit: Visit, kind: str, url: str, certificate: Certificate | None) -> Element:
    encoded = visit.query.get("SAMLRequest")
    if not encoded:
        raise Unacceptable("The parameter SAMLRequest is missing.")
    if certificate is not None:
        _check_signature(visit.request.query, visit.query, certificate)
    try:
        inflate = zlib.decompressobj(-15)
        text = inflate.decompress(base64.b64decode(encoded, validate=True), _LONGEST)
        root = xml.parse(text)
    except (binascii.Error, zlib.error, ValueError):
        raise Unacceptable("SAMLRequest is no XML that was deflated and encoded in Base64.") from None
    if root.tag != f"{xml.PROTOCOL}{kind}":
        raise Unacceptable(f"SAMLRequest is no {kind}.")
    if not root.get("ID") or root.get("Version") != "2.0":
        raise Unacceptable("The request has no ID, or is not of SAML 2.0.")
    if root.get("Destination", url) != url:
        raise Unacceptable(f"The request is for {root.get('Destination')}.")
    return root


def _check_signature(raw_query: str, query: dict[str, str], certificate: Certificate) -> None:
    """Raise unless the signature fits the parameters as they were sent (SAML bindings, section 3.4.4.1)."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding, rsa

    if "Signature" not in query:
        raise Unacceptable("The request is not signed.")
    public = certificate.public_key()
    if query.get("SigAlg") != _SHA256 or not isinstance(public, rsa.RSAPublicKey):
        raise Unacceptable("The request is not signed by rsa-sha256.")
    sent = {part.partition("=")[0]: part for part in reversed(raw_query.split("&"))}
    signed = "&".join(sent[name] for name in _SIGNED if name in sent)
    try:
        signature = base64.b64decode(query["Signature"], validate=True)
        public.verify(signature, signed.encode(), padding.PKCS1v15(), hashes.SHA256())
    except (binascii.Error, InvalidSignature):
        raise Unacceptable("The signature of the request is invalid.") from None
