"""SAML providers: what Cognito reads from their metadata, and the certificate that it gives them."""

from __future__ import annotations

import base64

import pytest
from cryptography import x509
from hypothesis import given
from hypothesis import strategies as st

from pytest_cognito import mock_cognito
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.federation import documents
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.world import World
from tests.support.app import Answer, App
from tests.support.providers import (
    METADATA_URL,
    OIDC,
    SAML,
    create_provider,
    describe_provider,
    metadata,
    update_provider,
)
from tests.support.refusals import invalid_parameter, refusal


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool()


def certificate(provider: Answer) -> x509.Certificate:
    return x509.load_der_x509_certificate(base64.b64decode(provider["ProviderDetails"]["ActiveEncryptionCertificate"]))


def test_a_metadata_file(app: App) -> None:
    created = create_provider(app, "SAML", "Acme", ProviderDetails={**SAML, "IDPSignout": "true"})
    details = dict(created["ProviderDetails"])
    assert details.pop("ActiveEncryptionCertificate")
    assert details == {
        **SAML,
        "IDPSignout": "true",
        "EncryptedResponses": "false",
        "SSORedirectBindingURI": "https://idp.example.com/in",
        "SLORedirectBindingURI": "https://idp.example.com/out",
    }
    assert created["AttributeMapping"] == {}, "the NameID identifies users"


@pytest.mark.parametrize(
    ("name", "value", "values"),
    [
        ("IDPSignout", "yes", "true, false"),
        ("IDPInit", "1", "true, false"),
        ("EncryptedResponses", "on", "true, false"),
        ("RequestSigningAlgorithm", "rsa-sha1", "rsa-sha256"),
    ],
)
def test_a_detail_has_one_of_its_values(app: App, name: str, value: str, values: str) -> None:
    create_provider(app, "SAML", "Acme", ProviderDetails=SAML)
    before = describe_provider(app, "Acme")
    refused = refusal(update_provider, app=app, name="Acme", ProviderDetails={**SAML, name: value})
    assert refused == invalid_parameter(f"{name} must be one of [{values}]: {value}")
    assert describe_provider(app, "Acme") == before


def test_metadata_without_an_address_for_sign_out(app: App) -> None:
    details = {"MetadataFile": metadata(sign_out=False), "EncryptedResponses": "true"}
    created = create_provider(app, "SAML", "Acme", ProviderDetails=details)["ProviderDetails"]
    assert ("SLORedirectBindingURI" in created, created["EncryptedResponses"]) == (False, "true")


def test_metadata_that_the_test_has_published(cognito: Cognito, app: App) -> None:
    by_url = {"MetadataURL": METADATA_URL}
    before = create_provider(app, "SAML", "Acme", ProviderDetails=by_url)["ProviderDetails"]
    assert "SSORedirectBindingURI" not in before, "nothing is fetched from the network"
    cognito.publish(METADATA_URL, metadata())
    after = update_provider(app, "Acme", ProviderDetails=by_url)["ProviderDetails"]
    assert after["SSORedirectBindingURI"] == "https://idp.example.com/in"


def test_what_is_published_goes_with_the_world(cognito: Cognito) -> None:
    cognito.publish(METADATA_URL, metadata())
    assert World.from_snapshot(cognito.world.snapshot()).documents == {METADATA_URL: metadata()}
    cognito.reset()
    with mock_cognito() as other:
        assert cognito.world.documents == other.world.documents == {}


def test_what_a_seed_has_published_is_there_in_each_test() -> None:
    seeded = World()
    seeded.documents["https://seed.example.com"] = "<a/>"
    for _ in range(2):
        world = World(parent=seeded)
        assert world.documents == seeded.documents
        world.enter()
        world.documents["https://test.example.com"] = "<b/>"
        world.reset()
        assert world.documents == seeded.documents
        world.documents["https://test.example.com"] = "<b/>"
        world.leave()


def test_mistakes_in_what_is_published(cognito: Cognito, app: App) -> None:
    with pytest.raises(UsageError, match="document is a string"):
        cognito.publish(METADATA_URL, b"<a/>")  # type: ignore[arg-type]  # the mistake
    cognito.publish("https://id.example.com/.well-known/openid-configuration", "<html/>")
    with pytest.raises(UsageError, match="an OpenID configuration is a JSON object"):
        app.pool.create_identity_provider("Acme", ProviderDetails=OIDC)


@given(st.text(st.characters()) | st.text('<>/&;"=! ?ax[]\x00\ud800'))
def test_any_text_is_metadata_or_refused(text: str) -> None:
    with pytest.raises(AWSError) as caught:
        documents.saml_metadata(text)
    assert caught.value.code == "InvalidParameterException"


def test_each_provider_has_a_certificate_of_its_own(app: App) -> None:
    acme, beta = (certificate(create_provider(app, "SAML", name)) for name in ("Acme", "Beta"))
    assert acme.public_key() != beta.public_key()
    assert certificate(describe_provider(app, "Acme")) == acme
    assert (acme.not_valid_after_utc - acme.not_valid_before_utc).days == 3650
    acme.verify_directly_issued_by(acme)


def test_the_certificate_is_renewed_with_the_same_key(cognito: Cognito, app: App) -> None:
    first = certificate(create_provider(app, "SAML", "Acme"))
    cognito.clock.advance(days=366)
    second = certificate(describe_provider(app, "Acme"))
    assert (second.serial_number != first.serial_number, second.public_key()) == (True, first.public_key())
