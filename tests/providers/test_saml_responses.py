"""SAML responses in one line and spoiled ones, encrypted assertions, and single logout."""

from __future__ import annotations

import base64
import datetime as dt

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from signxml.exceptions import InvalidDigest, InvalidInput, InvalidSignature

from pytest_cognito import Cognito, UsageError
from pytest_cognito.kernel.certificates import self_signed
from pytest_cognito.kernel.keys import SigningKey
from pytest_cognito.providers.saml import SAML as Simulated
from pytest_cognito.providers.saml import SamlResponse
from tests.support.provider_pages import forwarded, get
from tests.support.service_provider import (
    ACS,
    ENTITY,
    IDP,
    SAML,
    SAMLP,
    decrypted,
    parsed,
    redirect,
    sign_out_request,
    verified,
)


@pytest.fixture
def idp(cognito: Cognito) -> Simulated:
    return cognito.providers.saml(IDP)


@pytest.fixture
def response(idp: Simulated) -> SamlResponse:
    return idp.assertion("ann", audience=ENTITY, recipient=ACS, attributes={"mail": "ann@example.com"})


@pytest.fixture
def service_key(cognito: Cognito) -> SigningKey:
    """A key of the service provider's; that of another provider is as good."""
    return cognito.world.keys.key("https://stranger.example.com", "provider", pinned=True)


def expires(response: str) -> dt.datetime:
    conditions = next(parsed(response).iter(f"{SAML}Conditions"))
    return dt.datetime.fromisoformat(conditions.get("NotOnOrAfter"))


def test_a_response_is_a_string_that_knows_what_it_says(response: SamlResponse) -> None:
    assert parsed(response).get("Destination") == ACS
    assert response.session_index in response.xml
    assert "ann@example.com" in response.xml


def test_spoiled_ones_that_are_signed(idp: Simulated, response: SamlResponse, cognito: Cognito) -> None:
    now = cognito.clock.now()
    assert expires(response) > now

    assert expires(response.expired()) < now - dt.timedelta(days=1)
    for spoiled, wrong in (
        (response.expired(), "ann"),
        (response.wrong_audience(), "us-east-1_Another00"),
        (response.wrong_recipient(), "https://another.example.com/saml2/idpresponse"),
        (response.wrong_issuer(), "https://another.example.com"),
    ):
        assert verified(parsed(spoiled), idp.certificate).tag == f"{SAML}Assertion"
        assert wrong in spoiled.xml


def test_spoiled_ones_whose_signature_tells(idp: Simulated, response: SamlResponse) -> None:
    with pytest.raises(InvalidDigest):
        verified(parsed(response.tampered()), idp.certificate)
    with pytest.raises(InvalidSignature):
        verified(parsed(response.wrong_signer()), idp.certificate)
    with pytest.raises(InvalidInput, match="Signature"):
        verified(parsed(response.unsigned()), idp.certificate)
    assert next(parsed(response.tampered()).iter(f"{SAML}NameID")).text == "ann0"


@pytest.mark.parametrize(
    ("spoil", "right"),
    [
        (SamlResponse.wrong_audience, ENTITY),
        (SamlResponse.wrong_recipient, ACS),
        (SamlResponse.wrong_issuer, IDP),
    ],
)
def test_a_wrong_value_that_is_the_right_one_is_a_mistake(response: SamlResponse, spoil: object, right: str) -> None:
    assert callable(spoil)
    with pytest.raises(UsageError, match="that the response has"):
        spoil(response, right)


@pytest.mark.parametrize("algorithm", ["AES-256-CBC", "AES-256-GCM"])
def test_an_encrypted_assertion(idp: Simulated, service_key: SigningKey, algorithm: str) -> None:
    moment = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
    der = self_signed(service_key, "sp", moment, moment + dt.timedelta(days=1))
    idp.encrypts_for(base64.b64encode(der).decode(), algorithm)

    response = idp.assertion("ann", audience=ENTITY, recipient=ACS)

    assert parsed(response).find(f"{SAML}Assertion") is None
    assertion = verified(decrypted(parsed(response), service_key.private), idp.certificate)
    assert assertion.findtext(f"{SAML}Subject/{SAML}NameID") == "ann"
    idp.encrypts_for(None)
    assert parsed(response.expired()).find(f"{SAML}Assertion") is not None


def test_mistakes_about_encryption(idp: Simulated) -> None:
    with pytest.raises(UsageError, match="AES-256-CBC, AES-256-GCM"):
        idp.encrypts_for(idp.certificate, "AES-1")
    with pytest.raises(UsageError, match="as PEM or in Base64"):
        idp.encrypts_for("")


def test_a_certificate_has_to_have_an_rsa_key(idp: Simulated) -> None:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.serialization import Encoding

    key, moment = ec.generate_private_key(ec.SECP256R1()), dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
    name = x509.Name([])
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, moment, moment).sign(key, hashes.SHA256())
    idp.encrypts_for(made.public_bytes(Encoding.PEM).decode())

    with pytest.raises(UsageError, match="with an RSA key"):
        idp.assertion("ann", audience=ENTITY, recipient=ACS)


def signed_out(subject: str, *indexes: str) -> tuple[str, dict[str, str], list[str]]:
    """Where a sign-out leads to, its fields, and the codes of its status."""
    url, fields = forwarded(get(redirect(sign_out_request(subject, *indexes))))
    answer = parsed(fields["SAMLResponse"])
    assert (answer.tag, answer.get("InResponseTo")) == (f"{SAMLP}LogoutResponse", "_r2")
    return url, fields, [each.get("Value").rpartition(":")[2] for each in answer.iter(f"{SAMLP}StatusCode")]


def test_a_sign_out_of_a_session(idp: Simulated, response: SamlResponse) -> None:
    url, fields, status = signed_out("ann", response.session_index)

    assert (url, fields["RelayState"], status) == ("https://auth.example.org/saml2/logout", "state 1", ["Success"])
    assert verified(parsed(fields["SAMLResponse"]), idp.certificate).get("Destination") == url


@pytest.mark.parametrize(("subject", "indexes"), [("ben", ()), ("ann", ("_other",))])
def test_a_sign_out_of_somebody_who_is_not_signed_in(
    idp: Simulated, response: SamlResponse, subject: str, indexes: tuple[str, ...]
) -> None:
    assert signed_out(subject, *indexes)[2] == ["Requester", "UnknownPrincipal"]
    assert signed_out("ann")[2] == ["Success"]


def test_where_responses_to_sign_outs_go(idp: Simulated) -> None:
    shown = get(redirect(sign_out_request("ann")))
    assert (shown.status_code, "signs_out_at" in shown.text) == (400, True)
    assert "has no NameID" in get(redirect(sign_out_request(""))).text

    idp.signs_out_at("https://auth.example.org/out")

    assert signed_out("ann")[0] == "https://auth.example.org/out"


def test_a_sign_out_that_is_not_signed(idp: Simulated, response: SamlResponse) -> None:
    idp.expects_signed_by(idp.certificate)

    assert "is not signed" in get(redirect(sign_out_request("ann"))).text
    assert get(redirect(sign_out_request("ann"), key=idp.key.private)).status_code == 200


def test_failures_on_purpose(idp: Simulated) -> None:
    idp.fail("metadata", status=503)

    assert get(f"{IDP}/metadata").status_code == 503
    assert get(f"{IDP}/metadata").status_code == 200
