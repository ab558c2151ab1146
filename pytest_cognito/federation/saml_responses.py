"""The responses of SAML providers: what of them is signed, and an assertion as it is there, plain or encrypted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pytest_cognito.federation import errors, saml_encryption, saml_xml
from pytest_cognito.federation.saml_xml import ASSERTION, PROTOCOL, Element
from pytest_cognito.kernel.keys import SigningKey

if TYPE_CHECKING:
    from cryptography.x509 import Certificate


def root(text: str, name: str) -> Element:
    """The root of a message with a name, such as ``Response``, in Base64, as a form sends it."""
    found = saml_xml.decoded(text)
    if found.tag != f"{PROTOCOL}{name}":
        raise errors.SAML_UNREADABLE()
    return found


def assertion_of(
    response: Element,
    certificates: Sequence[Certificate],
    key: Callable[[], SigningKey] | None,
    *,
    must_be_encrypted: bool = False,
) -> Element:
    """The assertion of a response. A signature covers it, be it its own or that of the response.

    ``key`` gives the key for which it may be encrypted; None if whoever takes the response has none.
    """
    covering = saml_xml.signed(response, certificates)
    whole = response if covering is None else covering
    plain = whole.findall(f"{ASSERTION}Assertion")
    encrypted = whole.findall(f"{ASSERTION}EncryptedAssertion")
    inside = sum(1 for _ in whole.iter(f"{ASSERTION}Assertion", f"{ASSERTION}EncryptedAssertion"))
    if len(plain) + len(encrypted) != 1 or inside != 1:
        raise errors.SAML_ASSERTION_COUNT()
    if encrypted:
        if key is None:
            raise errors.SAML_NOT_DECRYPTED()
        assertion = saml_encryption.decrypted(encrypted[0], key().private)
    elif must_be_encrypted:
        raise errors.SAML_NOT_ENCRYPTED()
    else:
        [assertion] = plain
    if assertion.tag != f"{ASSERTION}Assertion":
        raise errors.SAML_UNREADABLE()
    own = saml_xml.signed(assertion, certificates)
    if own is not None:
        return own
    if covering is None:
        raise errors.SAML_SIGNATURE_INVALID()
    return assertion
