"""A SAML service provider: its requests are made by pysaml2, responses verified by signxml and decrypted here."""

from __future__ import annotations

import base64
import zlib
from typing import Any
from urllib.parse import urlencode

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from lxml import etree
from saml2.pack import http_redirect_message
from saml2.saml import Issuer, NameID
from saml2.samlp import AuthnRequest, LogoutRequest, NameIDPolicy, SessionIndex
from saml2.sigver import RSACrypto
from signxml.verifier import XMLVerifier

IDP = "https://idp.example.com"
ENTITY = "urn:amazon:cognito:sp:us-east-1_Example00"
ACS = "https://auth.example.org/saml2/idpresponse"
SAML = "{urn:oasis:names:tc:SAML:2.0:assertion}"
SAMLP = "{urn:oasis:names:tc:SAML:2.0:protocol}"
XENC = "{http://www.w3.org/2001/04/xmlenc#}"


def sign_in_request(**changes: Any) -> AuthnRequest:
    """An AuthnRequest as Cognito makes it."""
    made = {
        "id": "_r1",
        "version": "2.0",
        "issue_instant": "2030-01-01T00:00:00Z",
        "destination": f"{IDP}/sso",
        "assertion_consumer_service_url": ACS,
        "issuer": Issuer(text=ENTITY),
    }
    return AuthnRequest(**{**made, **changes})


def with_name_format(name_format: str) -> AuthnRequest:
    """One that asks for a format of the NameID."""
    return sign_in_request(name_id_policy=NameIDPolicy(format=name_format))


def sign_out_request(subject: str, *indexes: str) -> LogoutRequest:
    """A LogoutRequest."""
    return LogoutRequest(
        id="_r2",
        version="2.0",
        issue_instant="2030-01-01T00:00:00Z",
        destination=f"{IDP}/slo",
        issuer=Issuer(text=ENTITY),
        name_id=NameID(text=subject),
        session_index=[SessionIndex(text=index) for index in indexes],
    )


def redirect(request: Any, *, key: rsa.RSAPrivateKey | None = None) -> str:
    """The address that a browser is sent to, by pysaml2."""
    signing = {} if key is None else {"sign": True, "sigalg": _SHA256, "backend": RSACrypto(key)}
    message = http_redirect_message(str(request), request.destination, "state 1", **signing)
    assert dict(message["headers"])["Location"]
    return str(dict(message["headers"])["Location"])


def plain_redirect(text: str) -> str:
    """The address of a sign-in with any text as its request."""
    deflated = base64.b64encode(zlib.compress(text.encode(), wbits=-15)).decode()
    return f"{IDP}/sso?{urlencode({'SAMLRequest': deflated})}"


def parsed(response: str) -> Any:
    return etree.fromstring(base64.b64decode(response))


def verified(response: Any, certificate: str) -> Any:
    """What the signature in an element covers, by signxml."""
    known = x509.load_der_x509_certificate(base64.b64decode(certificate))
    found = XMLVerifier().verify(response, x509_cert=known, id_attribute="ID")
    assert not isinstance(found, list)
    return found.signed_xml


def decrypted(response: Any, key: rsa.RSAPrivateKey) -> Any:
    """The assertion that is encrypted in a response."""
    sealed = response.find(f"{SAML}EncryptedAssertion")
    wrapped, content = (base64.b64decode(each.text) for each in sealed.iter(f"{XENC}CipherValue"))
    content_key = key.decrypt(wrapped, padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), None))
    algorithm = sealed.find(f"{XENC}EncryptedData/{XENC}EncryptionMethod").get("Algorithm")
    if algorithm.endswith("gcm"):
        return etree.fromstring(AESGCM(content_key).decrypt(content[:12], content[12:], None))
    decryptor = Cipher(algorithms.AES(content_key), modes.CBC(content[:16])).decryptor()
    text = decryptor.update(content[16:]) + decryptor.finalize()
    return etree.fromstring(text[: -text[-1]])


_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
