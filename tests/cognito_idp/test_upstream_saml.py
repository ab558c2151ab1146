"""Sign-in by a SAML provider: the request that goes there, the response that is right, and signing out."""

from __future__ import annotations

import base64
import zlib
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from saml2 import samlp

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.cognito_idp import lookup, records
from pytest_cognito.cognito_idp.flows.federation import saml
from pytest_cognito.cognito_idp.flows.users import federation
from pytest_cognito.federation.saml_assertions import SamlSession
from pytest_cognito.world import Context
from tests.support.app import App
from tests.support.functions import failing
from tests.support.providers import metadata as metadata_without_keys
from tests.support.saml import CONSUMER, SIGN_IN, SIGN_OUT, attribute, metadata, sign_out_answer
from tests.support.upstream import Upstream, error_of

SIGN_OUT_ADDRESS = "https://auth.example.com/saml2/logout"


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    pool = cognito.create_user_pool()
    pool.create_client()
    return pool


@pytest.fixture
def acme(app: App) -> Upstream:
    return Upstream.saml(app, AttributeMapping={"email": "mail", "nickname": "groups"})


def message(url: str) -> tuple[str, dict[str, str]]:
    """The message that a redirect takes to a provider, and the parameters of the address."""
    parameters = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    return zlib.decompress(base64.b64decode(parameters["SAMLRequest"]), -15).decode(), parameters


def check_signature(app: App, url: str) -> None:
    """Verify the signature of a redirect with the certificate that Cognito gives to providers."""
    signed, _, _ = urlsplit(url).query.partition("&Signature=")
    encoded = app.call("get_signing_certificate", UserPoolId=app.pool_id)["Certificate"]
    public = x509.load_der_x509_certificate(base64.b64decode(encoded)).public_key()
    assert isinstance(public, rsa.RSAPublicKey)
    signature = base64.b64decode(message(url)[1]["Signature"])
    public.verify(signature, signed.encode(), padding.PKCS1v15(), hashes.SHA256())
    assert list(parse_qs(urlsplit(url).query)) == ["SAMLRequest", "RelayState", "SigAlg", "Signature"]


def test_a_request_to_sign_in(app: App, acme: Upstream) -> None:
    sent = acme.step(saml.sign_in_request, consumer_url=CONSUMER, relay_state="H4sI&x")
    text, parameters = message(sent.url)
    request = samlp.authn_request_from_string(text)
    assert (request.id, request.version, request.destination) == (sent.id, "2.0", SIGN_IN)
    assert request.assertion_consumer_service_url == CONSUMER
    assert request.protocol_binding == "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
    assert request.issuer.text == f"urn:amazon:cognito:sp:{app.pool_id}"
    assert request.force_authn is None
    assert sent.id.startswith("_")
    assert sent.url.startswith(f"{SIGN_IN}?SAMLRequest=")
    assert parameters["RelayState"] == "H4sI&x"
    assert "Signature" not in parameters


def test_a_signed_request_that_asks_for_the_credentials_again(app: App) -> None:
    acme = Upstream.saml(app, {"RequestSigningAlgorithm": "rsa-sha256"})
    sent = acme.step(saml.sign_in_request, consumer_url=CONSUMER, relay_state="r", force=True)
    assert samlp.authn_request_from_string(message(sent.url)[0]).force_authn == "true"
    check_signature(app, sent.url)


@pytest.mark.parametrize("signs", [("assertion",), ("response",), ("assertion", "response")])
def test_a_right_response(acme: Upstream, signs: tuple[str, ...]) -> None:
    attributes = attribute("mail", "ann@example.com") + attribute("groups", "a b", "c") + attribute("empty")
    found = acme.take(acme.answer.but(signs=signs, attributes=attributes))
    assert found.user.subject == "ann"
    assert found.user.assertion == {"mail": "ann@example.com", "groups": ["a b", "c"]}
    assert found.session == ("ann", (("Format", "urn:x"),), "s1")


def test_its_user_is_signed_in(app: App, acme: Upstream) -> None:
    attributes = attribute("mail", "ann@example.com") + attribute("groups", "a b", "c~d*e")
    external = acme.take(acme.answer.but(attributes=attributes)).user
    with acme.context() as context:
        pool = lookup.pool(context, app.pool_id)
        client = lookup.client(context, pool, app.client_id)
        provider = lookup.identity_provider(context, pool, "Acme")
        user = federation.sign_in(context, pool, client, provider, external)
    assert (user.username, user.attributes["nickname"]) == ("Acme_ann", "[a+b,c%7Ed*e]")


def test_an_error_is_reported_with_a_prefix(app: App, acme: Upstream) -> None:
    app.pool.set_trigger("PreSignUp", failing)
    external = acme.take(acme.answer).user
    client_id = app.client_id

    def sign_in(context: Context, pool: records.UserPool, provider: records.IdentityProvider) -> None:
        try:
            federation.sign_in(context, pool, lookup.client(context, pool, client_id), provider, external)
        except AWSError as error:
            raise saml.as_saml_error(error) from error

    problem = "Invalid SAML response received: PreSignUp failed with error not today."
    assert error_of(acme.step, sign_in) == ("server_error", problem)


@pytest.mark.parametrize("algorithm", ["rsa-sha256", "rsa-sha512"])
def test_any_certificate_of_the_metadata_will_do(app: App, algorithm: str) -> None:
    acme = Upstream.saml(app, {"MetadataFile": metadata("other", "idp", use="")})
    assert acme.take(acme.answer.but(algorithm=algorithm)).user.subject == "ann"


def test_a_sign_in_that_the_provider_initiates(app: App) -> None:
    acme = Upstream.saml(app, {"IDPInit": "true"}, IdpIdentifiers=["acme.example.com"])
    answer = acme.answer.but(request=None, signs=("response",))
    assert acme.take(answer, None).user.subject == "ann"
    assert acme.take(answer.but(id="_2", issued=-5.9), None).user.subject == "ann"
    assert acme.refuses(answer.but(id="_3", issued=-6.1), None) == "SAML assertion was issued more than 6 minutes ago"
    with_request = acme.answer.but(id="_4")
    assert acme.refuses(with_request, None) == "SAML InResponseTo _request is not the request"
    assert acme.refuses(with_request.but(response_request=None), None).startswith("SAML InResponseTo _request is not")


@pytest.mark.parametrize("by", ["identity_provider=Acme", "idp_identifier=acme.example.com", "state=x"])
def test_what_its_relay_state_says(app: App, by: str) -> None:
    acme = Upstream.saml(app, {"IDPInit": "true"}, IdpIdentifiers=["acme.example.com"])
    relay_state = f"{by}&client_id=c&redirect_uri=https%3A%2F%2Fa.example&scope=email+openid"
    text = acme.answer.text
    with acme.context() as context:
        found = saml.initiated_by(context, lookup.pool(context, app.pool_id), relay_state, text)
    assert (found.provider.name, found.parameters["scope"]) == ("Acme", "email openid")


UNSOLICITED = ("invalid_request", "Invalid samlResponse or relayState from identity provider")


def test_where_providers_may_not_initiate_sign_ins(app: App, acme: Upstream) -> None:
    assert error_of(acme.take, acme.answer.but(request=None), None) == UNSOLICITED
    text = acme.answer.but(issuer="https://evil.example.com").text
    with acme.context() as context:
        pool = lookup.pool(context, app.pool_id)
        for said in (
            "H4sIAAAA",
            "identity_provider=Acme",
            "identity_provider=Nobody",
            "idp_identifier=x",
            "redirect_uri=x",
        ):
            assert error_of(saml.initiated_by, context, pool, said, text) == UNSOLICITED


def test_at_which_clients_providers_may_initiate_sign_ins(app: App, acme: Upstream) -> None:
    alone = app.pool.create_client(SupportedIdentityProviders=["Acme"])
    both = app.pool.create_client(SupportedIdentityProviders=["Acme", "COGNITO"])
    with acme.context() as context:
        pool = lookup.pool(context, app.pool_id)
        saml.check_initiated(context, pool, lookup.client(context, pool, alone.id))
        for other in (both.id, app.client_id):
            assert error_of(saml.check_initiated, context, pool, lookup.client(context, pool, other)) == UNSOLICITED


def test_signing_out_at_the_provider(app: App) -> None:
    acme = Upstream.saml(app, {"IDPSignout": "true"})
    assert saml.wants_sign_out(acme.record)
    session = acme.take(acme.answer.but(name_id="a&lt;b")).session
    sent = acme.step(saml.sign_out_request, session, relay_state="back")
    request = samlp.logout_request_from_string(message(sent.url)[0])
    assert (request.id, request.destination, request.name_id.text) == (sent.id, SIGN_OUT, "a<b")
    assert (request.name_id.format, request.session_index[0].text) == ("urn:x", "s1")
    check_signature(app, sent.url)

    now = acme.world.clock.now()
    right = sign_out_answer(now, request=sent.id, destination=SIGN_OUT_ADDRESS)

    def verify(text: str) -> None:
        acme.step(saml.verify_sign_out, text, request_id=sent.id, addresses=(SIGN_OUT_ADDRESS,))

    verify(right)
    for wrong, problem in (
        (sign_out_answer(now, request="_x", destination=SIGN_OUT_ADDRESS), "SAML InResponseTo _x is not the request"),
        (sign_out_answer(now, request=sent.id, destination=CONSUMER), f"SAML destination {CONSUMER} is not"),
        (sign_out_answer(now, request=sent.id, destination=SIGN_OUT_ADDRESS, signer=None), "signature is invalid"),
        (sign_out_answer(now, request=sent.id, destination=SIGN_OUT_ADDRESS, signer="other"), "signature is invalid"),
        (acme.answer.text, "SAML Response can't be read"),
    ):
        assert problem in error_of(verify, wrong)[1]


def test_a_provider_at_which_nobody_signs_out(app: App) -> None:
    acme = Upstream.saml(app, {"MetadataFile": metadata_without_keys(sign_out=False)})
    session = SamlSession("ann", (), None)
    error = error_of(acme.step, saml.sign_out_request, session, relay_state="")
    assert error == ("invalid_request", "No SingleLogout Http redirect binding location found in metadata.")
    assert not saml.wants_sign_out(acme.record)
