"""XML of SAML: reading it safely, signing it, and certificates as text."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING

from pytest_cognito.kernel import certificates, extras
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.keys import SigningKey

if TYPE_CHECKING:
    from typing import Any, TypeAlias

    from cryptography.x509 import Certificate

    Element: TypeAlias = Any
    """An element of lxml, which has no annotations."""

ASSERTION = "{urn:oasis:names:tc:SAML:2.0:assertion}"
PROTOCOL = "{urn:oasis:names:tc:SAML:2.0:protocol}"
_EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
_BEGIN = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_END = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)


def parse(text: bytes) -> Element:
    """The root of an XML document. Raises ValueError if it is none, or has a document type, which SAML does not."""
    with extras.needed("saml", "SAML providers"):
        from lxml import etree
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, load_dtd=False)
    try:
        root = etree.fromstring(text, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from None
    if root.getroottree().docinfo.doctype:
        raise ValueError("the document has a document type")
    return root


def write(element: Element) -> bytes:
    """The text of an element."""
    from lxml import etree

    text: bytes = etree.tostring(element)
    return text


def sign(element: Element, key: SigningKey, name: str) -> Element:
    """An element with an enveloped signature, RSA with SHA-256, at the place of its empty ``ds:Signature``."""
    with extras.needed("saml", "SAML providers"):
        from signxml.algorithms import CanonicalizationMethod
        from signxml.signer import XMLSigner
    signer = XMLSigner(c14n_algorithm=CanonicalizationMethod(_EXCLUSIVE))
    signed: Element = signer.sign(
        element, key=key.private, cert=[_certificate(key, name)], reference_uri=element.get("ID"), id_attribute="ID"
    )
    return signed


def certificate(key: SigningKey, name: str) -> str:
    """The certificate of a provider's key: its DER encoding in Base64, as metadata have it. It is valid in any test."""
    return base64.b64encode(_der(key, name)).decode()


def read_certificate(text: object) -> Certificate:
    """The certificate that a test gives: PEM, or its DER encoding in Base64. Raises `UsageError` for anything else."""
    from cryptography.x509 import load_der_x509_certificate, load_pem_x509_certificate

    try:
        if not isinstance(text, str):
            raise TypeError
        if "-----BEGIN" in text:
            return load_pem_x509_certificate(text.encode())
        return load_der_x509_certificate(base64.b64decode("".join(text.split()), validate=True))
    except (TypeError, ValueError, binascii.Error):
        raise UsageError(
            f"certificate is a certificate as PEM or in Base64, as GetSigningCertificate gives it; not {text!r}"
        ) from None


@lru_cache(maxsize=32)
def _der(key: SigningKey, name: str) -> bytes:
    return certificates.self_signed(key, name, _BEGIN, _END)


@lru_cache(maxsize=32)
def _certificate(key: SigningKey, name: str) -> Certificate:
    from cryptography.x509 import load_der_x509_certificate

    return load_der_x509_certificate(_der(key, name))
