"""A SAML identity provider of a test's own, which signs and encrypts with independent libraries."""

from __future__ import annotations

import base64
import datetime as dt
import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.x509.oid import NameOID
from lxml import etree
from signxml.algorithms import SignatureConstructionMethod
from signxml.signer import XMLSigner

from tests.support.providers import ENTITY, REDIRECT

DS = "http://www.w3.org/2000/09/xmldsig#"
SAML2 = "urn:oasis:names:tc:SAML:2.0:assertion"
SAML2P = "urn:oasis:names:tc:SAML:2.0:protocol"
SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
CONSUMER = "https://auth.example.com/saml2/idpresponse"
SIGN_IN, SIGN_OUT = "https://idp.example.com/in", "https://idp.example.com/out"
XENC, XENC11 = "http://www.w3.org/2001/04/xmlenc#", "http://www.w3.org/2009/xmlenc11#"
_START, _END = dt.datetime(2020, 1, 1, tzinfo=dt.UTC), dt.datetime(2050, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Key:
    """A private key and its certificate."""

    private: rsa.RSAPrivateKey
    certificate: x509.Certificate

    @property
    def encoded(self) -> str:
        return base64.b64encode(self.certificate.public_bytes(serialization.Encoding.DER)).decode()


def key(name: str = "idp") -> Key:
    """The key of a name, the same for all tests."""
    return _key(name)


@cache
def _key(name: str) -> Key:
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder(named, named, private.public_key(), 7, _START, _END)
    return Key(private, builder.sign(private, hashes.SHA256()))


def metadata(*signers: str, use: str = 'use="signing"') -> str:
    """The metadata of the provider, with the certificates of these keys."""
    keys = "".join(
        f'<KeyDescriptor {use}><ds:KeyInfo xmlns:ds="{DS}"><ds:X509Data><ds:X509Certificate>{key(name).encoded}'
        "</ds:X509Certificate></ds:X509Data></ds:KeyInfo></KeyDescriptor>"
        for name in signers or ("idp",)
    )
    return (
        f'<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{ENTITY}">'
        f'<IDPSSODescriptor protocolSupportEnumeration="{SAML2P}">{keys}'
        f'<SingleLogoutService Binding="{REDIRECT}" Location="{SIGN_OUT}"/>'
        f'<SingleSignOnService Binding="{REDIRECT}" Location="{SIGN_IN}"/>'
        "</IDPSSODescriptor></EntityDescriptor>"
    )


def stamp(moment: dt.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True)
class Answer:
    """A response that is yet to be made. What a test replaces makes it a wrong one; ``minutes`` are relative to now."""

    now: dt.datetime
    audience: str
    request: str | None = "_request"
    response_request: str | None = "same"
    id: str = "_assertion"
    name_id: str = "ann"
    issuer: str = ENTITY
    recipient: str = CONSUMER
    destination: str = CONSUMER
    begins: float = 0
    ends: float = 5
    confirmed_until: float | None = 5
    issued: float = 0
    method: str = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
    status: str = SUCCESS
    attributes: str = ""
    signs: tuple[str, ...] = ("assertion",)
    signer: str = "idp"
    algorithm: str = "rsa-sha256"
    encrypt_for: x509.Certificate | None = None
    cipher: str = "gcm"
    oaep: str = "sha1"
    spoil: Callable[[Any], None] | None = field(default=None, repr=False)
    """What is done to the element of the finished response."""
    before_signing: Callable[[Any], None] | None = field(default=None, repr=False)
    """What is done to the element of the response before it is signed as a whole."""

    def but(self, **changes: Any) -> Answer:
        return replace(self, **changes)

    @property
    def assertion(self) -> str:
        """The assertion, unsigned."""
        until = "" if self.confirmed_until is None else f'NotOnOrAfter="{self.at(self.confirmed_until)}"'
        asked = "" if self.request is None else f'InResponseTo="{self.request}"'
        return (
            f'<saml2:Assertion xmlns:saml2="{SAML2}" ID="{self.id}" IssueInstant="{self.at(self.issued)}" '
            f'Version="2.0"><saml2:Issuer>{self.issuer}</saml2:Issuer><saml2:Subject>'
            f'<saml2:NameID Format="urn:x">{self.name_id}</saml2:NameID>'
            f'<saml2:SubjectConfirmation Method="{self.method}"><saml2:SubjectConfirmationData {asked} {until} '
            f'Recipient="{self.recipient}"/></saml2:SubjectConfirmation></saml2:Subject>'
            f'<saml2:Conditions NotBefore="{self.at(self.begins)}" NotOnOrAfter="{self.at(self.ends)}">'
            f"<saml2:AudienceRestriction><saml2:Audience>{self.audience}</saml2:Audience></saml2:AudienceRestriction>"
            f'</saml2:Conditions><saml2:AuthnStatement AuthnInstant="{self.at(0)}" SessionIndex="s1"/>'
            f"<saml2:AttributeStatement>{self.attributes}</saml2:AttributeStatement></saml2:Assertion>"
        )

    def at(self, minutes: float) -> str:
        return stamp(self.now + dt.timedelta(minutes=minutes))

    def element(self) -> Any:
        """The response, signed and encrypted as is wanted."""
        asked = self.request if self.response_request == "same" else self.response_request
        in_response_to = "" if asked is None else f'InResponseTo="{asked}"'
        response = etree.fromstring(
            f'<saml2p:Response xmlns:saml2p="{SAML2P}" xmlns:saml2="{SAML2}" ID="_response" Version="2.0" '
            f'Destination="{self.destination}" {in_response_to} IssueInstant="{self.at(0)}">'
            f"<saml2:Issuer>{self.issuer}</saml2:Issuer>"
            f'<saml2p:Status><saml2p:StatusCode Value="{self.status}"/></saml2p:Status></saml2p:Response>'
        )
        assertion = etree.fromstring(self.assertion)
        if "assertion" in self.signs:
            assertion = signed(assertion, self.signer, self.algorithm)
        if self.encrypt_for is not None:
            assertion = encrypted(assertion, self.encrypt_for, self.cipher, self.oaep)
        response.append(assertion)
        if self.before_signing is not None:
            self.before_signing(response)
        if "response" in self.signs:
            response = signed(response, self.signer, self.algorithm)
        if self.spoil is not None:
            self.spoil(response)
        return response

    @property
    def text(self) -> str:
        """The form field ``SAMLResponse``."""
        return encoded(etree.tostring(self.element()))


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def attribute(name: str, *values: str) -> str:
    listed = "".join(f"<saml2:AttributeValue>{value}</saml2:AttributeValue>" for value in values)
    return f'<saml2:Attribute Name="{name}">{listed}</saml2:Attribute>'


def signed(element: Any, signer: str = "idp", algorithm: str = "rsa-sha256") -> Any:
    """An element with a signature that covers it, after the issuer, where SAML has it."""
    element.insert(1, etree.Element(f"{{{DS}}}Signature", Id="placeholder", nsmap={"ds": DS}))
    own = key(signer)
    made = XMLSigner(
        method=SignatureConstructionMethod.enveloped,
        signature_algorithm=algorithm,
        digest_algorithm="sha256",
        c14n_algorithm="http://www.w3.org/2001/10/xml-exc-c14n#",
    )
    return made.sign(element, key=own.private, cert=[own.certificate], reference_uri=element.get("ID"))


def encrypted(assertion: Any, certificate: x509.Certificate, cipher: str, oaep: str) -> Any:
    """An EncryptedAssertion, for the key of a certificate. ``cipher`` is gcm or cbc, ``oaep`` sha1 or sha256."""
    content_key, data = os.urandom(32), etree.tostring(assertion)
    algorithm = f"{XENC11}aes256-gcm" if cipher == "gcm" else f"{XENC}aes256-cbc"
    sealed = encoded((_gcm if cipher == "gcm" else _cbc)(content_key, data))
    public, digest = certificate.public_key(), hashes.SHA1() if oaep == "sha1" else hashes.SHA256()
    assert isinstance(public, rsa.RSAPublicKey)
    wrapped = encoded(public.encrypt(content_key, padding.OAEP(padding.MGF1(digest), digest, None)))
    transport = (
        f'<xenc:EncryptionMethod Algorithm="{XENC}rsa-oaep-mgf1p"/>'
        if oaep == "sha1"
        else f'<xenc:EncryptionMethod Algorithm="{XENC11}rsa-oaep"><ds:DigestMethod Algorithm="{XENC}sha256"/>'
        f'<x:MGF xmlns:x="{XENC11}" Algorithm="{XENC11}mgf1sha256"/></xenc:EncryptionMethod>'
    )
    return etree.fromstring(
        f'<saml2:EncryptedAssertion xmlns:saml2="{SAML2}" xmlns:xenc="{XENC}" xmlns:ds="{DS}"><xenc:EncryptedData>'
        f'<xenc:EncryptionMethod Algorithm="{algorithm}"/><ds:KeyInfo><xenc:EncryptedKey>{transport}'
        f"<xenc:CipherData><xenc:CipherValue>{wrapped}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey>"
        f"</ds:KeyInfo><xenc:CipherData><xenc:CipherValue>{sealed}</xenc:CipherValue></xenc:CipherData>"
        "</xenc:EncryptedData></saml2:EncryptedAssertion>"
    )


def _gcm(content_key: bytes, data: bytes) -> bytes:
    nonce = os.urandom(12)
    return nonce + AESGCM(content_key).encrypt(nonce, data, None)


def _cbc(content_key: bytes, data: bytes) -> bytes:
    vector, missing = os.urandom(16), 16 - len(data) % 16
    encryptor = Cipher(algorithms.AES(content_key), modes.CBC(vector)).encryptor()
    return vector + encryptor.update(data + bytes(missing - 1) + bytes([missing])) + encryptor.finalize()


def sign_out_answer(now: dt.datetime, *, request: str, destination: str, signer: str | None = "idp") -> str:
    """The form field ``SAMLResponse`` with a LogoutResponse."""
    response = etree.fromstring(
        f'<saml2p:LogoutResponse xmlns:saml2p="{SAML2P}" xmlns:saml2="{SAML2}" ID="_out" Version="2.0" '
        f'Destination="{destination}" InResponseTo="{request}" IssueInstant="{stamp(now)}">'
        f"<saml2:Issuer>{ENTITY}</saml2:Issuer>"
        f'<saml2p:Status><saml2p:StatusCode Value="{SUCCESS}"/></saml2p:Status></saml2p:LogoutResponse>'
    )
    return encoded(etree.tostring(response if signer is None else signed(response, signer)))
