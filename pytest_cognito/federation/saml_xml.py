"""Reading XML that comes from outside, and verifying its signatures. It needs the extra ``saml``.

Of a message only that is read which a signature covers: what `signed` returns is parsed from the very bytes that were
signed, so an element that was put beside, around or into them is not there.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from pytest_cognito.federation import errors
from pytest_cognito.kernel import extras

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

Element: TypeAlias = Any
"""An element of lxml, which has no annotations."""

PROTOCOL = "{urn:oasis:names:tc:SAML:2.0:protocol}"
ASSERTION = "{urn:oasis:names:tc:SAML:2.0:assertion}"
SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}"
_LONGEST = 100_000
_ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
_FROM_URL = str.maketrans("-_", "+/")
_IDS = ("ID", "Id", "id")


def decoded(text: str) -> Element:
    """The root of a message in Base64, as a form sends it. Raises for one that is too long, or can't be read."""
    if len(text) > _LONGEST:
        raise errors.SAML_TOO_LONG()
    try:
        data = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        raise errors.SAML_UNREADABLE() from None
    return parse(data)


def decoded_token(token: str) -> Element:
    """The root of an assertion that is a token, in Base64 with the letters that URLs take, padded or not."""
    unpadded = token.translate(_FROM_URL).rstrip("=")
    return decoded(unpadded + "=" * (-len(unpadded) % 4))


def parse(data: bytes) -> Element:
    """The root of a document in UTF-8 without a document type: one could define entities, or fetch from elsewhere."""
    with extras.needed("saml", "the responses of SAML providers"):
        from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        if "<!DOCTYPE" in data.decode():
            raise errors.SAML_UNREADABLE()
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise errors.SAML_UNREADABLE() from None
    if root.getroottree().docinfo.doctype:
        raise errors.SAML_UNREADABLE()
    return root


def text_of(element: Element | None) -> str:
    """The whole text of an element without blanks around it, whatever comments are in it; empty for an element with
    others in it.
    """
    if element is None or any(isinstance(child.tag, str) for child in element):
        return ""
    return str(element.xpath("string()")).strip()


def signed(element: Element, certificates: Sequence[Certificate]) -> Element | None:
    """What the signature of an element covers, which is the element; ``None`` if it is not signed.

    Raises if the signature is not right, or by a key that none of the certificates is for.
    """
    signatures = element.findall(f"{SIGNATURE}Signature")
    if not signatures:
        return None
    if len(signatures) > 1 or not _covers(signatures[0], element):
        raise errors.SAML_SIGNATURE_INVALID()
    for certificate in certificates:
        found = _verified(element, certificate)
        if found is not None and found.tag == element.tag and found.get("ID") == element.get("ID"):
            return found
    raise errors.SAML_SIGNATURE_INVALID()


def _covers(signature: Element, element: Element) -> bool:
    """Whether a signature is one of the element that it is in, and of nothing else, by its ID (Core, section 5.4)."""
    [*references] = signature.iterfind(f"{SIGNATURE}SignedInfo/{SIGNATURE}Reference")
    own = element.get("ID")
    if len(references) != 1 or not own or references[0].get("URI") != f"#{own}":
        return False
    ids = [each.get(name) for each in element.getroottree().iter() for name in _IDS if isinstance(each.tag, str)]
    transforms = [each.get("Algorithm") for each in references[0].iter(f"{SIGNATURE}Transform")]
    values = (*signature.iter(f"{SIGNATURE}SignatureValue"), *signature.iter(f"{SIGNATURE}DigestValue"))
    return ids.count(own) == 1 and _ENVELOPED in transforms and all(text_of(value) for value in values)


def _verified(element: Element, certificate: Certificate) -> Element | None:
    """What a signature with the key of a certificate covers; ``None`` if it is no such signature."""
    with extras.needed("saml", "the responses of SAML providers"):
        from lxml import etree
        from signxml.algorithms import SignatureMethod
        from signxml.exceptions import SignXMLException
        from signxml.verifier import SignatureConfiguration, XMLVerifier

    # AWS looks at the validity of a certificate when it is configured, not at a sign-in.
    config = SignatureConfiguration(
        location="./",
        ignore_ambiguous_key_info=True,
        signature_methods=frozenset(
            method
            for method in SignatureMethod
            if method.name.startswith(("RSA_", "ECDSA_")) and not method.name.endswith("SHA1")
        ),
        verification_time=certificate.not_valid_before_utc,
    )
    # The element alone: nothing around it can be what its signature refers to.
    alone = etree.tostring(element, with_tail=False)
    try:
        result = XMLVerifier().verify(alone, x509_cert=certificate, expect_config=config)
    except (SignXMLException, etree.LxmlError, ValueError):
        return None
    return None if isinstance(result, list) else result.signed_xml


def certificates_of(encoded: Sequence[str]) -> list[Certificate]:
    """The certificates of metadata. Raises if one can't be read."""
    # Importing X.509 is slow, and few tests need it.
    from cryptography import x509

    try:
        return [x509.load_der_x509_certificate(base64.b64decode(each)) for each in encoded]
    except ValueError:
        raise errors.METADATA_UNREADABLE() from None
