"""Encrypted assertions of SAML providers."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest
from cryptography import x509

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import App
from tests.support.providers import describe_provider
from tests.support.saml import XENC, Answer, key
from tests.support.upstream import Upstream

UNDECRYPTED = "SAML assertion can't be decrypted"


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    pool = cognito.create_user_pool()
    pool.create_client()
    return pool


@pytest.fixture
def acme(app: App) -> Upstream:
    return Upstream.saml(app, {"EncryptedResponses": "true"})


@pytest.fixture
def answer(app: App, acme: Upstream) -> Answer:
    """A right response, encrypted with the certificate that Cognito gives to providers."""
    encoded = describe_provider(app, "Acme")["ProviderDetails"]["ActiveEncryptionCertificate"]
    return acme.answer.but(encrypt_for=x509.load_der_x509_certificate(base64.b64decode(encoded)))


@pytest.mark.parametrize("cipher", ["gcm", "cbc"])
@pytest.mark.parametrize("oaep", ["sha1", "sha256"])
def test_a_right_response(acme: Upstream, answer: Answer, cipher: str, oaep: str) -> None:
    found = acme.take(answer.but(cipher=cipher, oaep=oaep))
    assert (found.user.subject, found.session.session_index) == ("ann", "s1")


def test_which_signature_will_do(acme: Upstream, answer: Answer) -> None:
    assert acme.take(answer.but(signs=("response",))).user.subject == "ann"
    assert acme.take(answer.but(id="_2", signs=("assertion", "response"))).user.subject == "ann"
    assert acme.refuses(answer.but(id="_3", signs=())) == "SAML Response signature is invalid"
    assert acme.refuses(answer.but(id="_4", signer="other")) == "SAML Response signature is invalid"


def test_what_is_not_encrypted(app: App, acme: Upstream) -> None:
    assert acme.refuses(acme.answer) == "SAML assertion is not encrypted"
    app.call("delete_identity_provider", UserPoolId=app.pool_id, ProviderName="Acme")
    assert Upstream.saml(app).take(acme.answer).user.subject == "ann", "where encryption is not asked for"


def test_what_is_encrypted_for_another(acme: Upstream) -> None:
    assert acme.refuses(acme.answer.but(encrypt_for=key("other").certificate)) == UNDECRYPTED


def value(response: Any, text: str | None) -> None:
    [*values] = response.iter(f"{{{XENC}}}CipherValue")
    values[-1].text = text


def method(response: Any, place: int, algorithm: str) -> None:
    [*methods] = response.iter(f"{{{XENC}}}EncryptionMethod")
    methods[place].set("Algorithm", algorithm)


@pytest.mark.parametrize(
    ("cipher", "spoil"),
    [
        ("gcm", lambda response: value(response, "AAAA" * 20)),
        ("cbc", lambda response: value(response, "AAAA" * 20)),
        ("cbc", lambda response: value(response, "AAAA")),
        ("cbc", lambda response: value(response, None)),
        ("gcm", lambda response: value(response, "%")),
        ("gcm", lambda response: method(response, 0, f"{XENC}tripledes-cbc")),
        ("gcm", lambda response: method(response, 0, f"{XENC}aes128-cbc")),
        ("gcm", lambda response: method(response, 1, f"{XENC}rsa-1_5")),
    ],
)
def test_what_can_not_be_decrypted(acme: Upstream, answer: Answer, cipher: str, spoil: Callable[[Any], None]) -> None:
    assert acme.refuses(answer.but(cipher=cipher, spoil=spoil)) == UNDECRYPTED


def test_what_lacks_its_parts(acme: Upstream, answer: Answer) -> None:
    def without_key(response: Any) -> None:
        found = next(response.iter(f"{{{XENC}}}EncryptedKey"))
        found.getparent().remove(found)

    def with_another_digest(response: Any) -> None:
        next(response.iter("{http://www.w3.org/2000/09/xmldsig#}DigestMethod")).set("Algorithm", "urn:md5")

    assert acme.refuses(answer.but(spoil=without_key)) == UNDECRYPTED
    assert acme.refuses(answer.but(oaep="sha256", signs=(), spoil=with_another_digest)) == UNDECRYPTED
