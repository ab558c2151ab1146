"""A SAML provider: metadata, sign-in by a service provider's request and by its own page."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from saml2.config import IdPConfig
from saml2.mdstore import InMemoryMetaData
from saml2.xml.schema import validate

from pytest_cognito import Cognito, UsageError
from pytest_cognito.providers.saml import SAML as Simulated
from tests.support import service_provider as sp
from tests.support.provider_pages import forwarded, get, soup, submit
from tests.support.service_provider import ACS, ENTITY, IDP, SAML, SAMLP, parsed, redirect, sign_in_request, verified

EMAIL = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"


@pytest.fixture
def idp(cognito: Cognito) -> Simulated:
    idp = cognito.providers.saml(IDP)
    idp.add_user("ann", email="ann@example.com", groups=["staff", "board"], active=True)
    return idp


def attributes(assertion: Any) -> dict[str, list[str]]:
    return {each.get("Name"): [value.text for value in each] for each in assertion.iter(f"{SAML}Attribute")}


def test_pysaml2_reads_the_metadata(idp: Simulated) -> None:
    text = requests.get(f"{IDP}/metadata", timeout=5).text
    store = InMemoryMetaData(IdPConfig().attribute_converters, text)
    store.load()

    assert list(store.keys()) == [IDP]
    [sso] = store.service(IDP, "idpsso_descriptor", "single_sign_on_service")[sp_redirect()]
    assert sso["location"] == f"{IDP}/sso"
    assert store.certs(IDP, "idpsso", "signing")[0][1].replace("\n", "") == idp.certificate
    assert validate(text) is None


def sp_redirect() -> str:
    return "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"


def test_a_sign_in_by_a_request_of_pysaml2(idp: Simulated) -> None:
    url = redirect(sign_in_request())
    assert [each.get_text(strip=True) for each in soup(get(url)).select("form[name=user]")] == ["ann@example.com"]

    action, fields = forwarded(submit(url, sub="ann"))

    assert (action, fields["RelayState"]) == (ACS, "state 1")
    response = parsed(fields["SAMLResponse"])
    assert (response.get("InResponseTo"), response.get("Destination")) == ("_r1", ACS)
    assertion = verified(response, idp.certificate)
    assert assertion.findtext(f"{SAML}Subject/{SAML}NameID") == "ann"
    assert assertion.findtext(f"{SAML}Conditions/{SAML}AudienceRestriction/{SAML}Audience") == ENTITY
    confirmation = next(assertion.iter(f"{SAML}SubjectConfirmationData"))
    assert (confirmation.get("Recipient"), confirmation.get("InResponseTo")) == (ACS, "_r1")
    expected = {"email": ["ann@example.com"], "groups": ["staff", "board"], "active": ["true"]}
    assert attributes(assertion) == expected


def test_a_response_is_valid_by_the_schema(idp: Simulated) -> None:
    response = idp.assertion("ann", audience=ENTITY, recipient=ACS, in_response_to="_r1")

    assert validate(response.xml) is None


def test_the_format_of_the_name_that_is_asked_for(idp: Simulated) -> None:
    signed_in = submit(redirect(sp.with_name_format(EMAIL)), sub="ann@example.com")

    name = next(parsed(forwarded(signed_in)[1]["SAMLResponse"]).iter(f"{SAML}NameID"))
    assert (name.text, name.get("Format")) == ("ann@example.com", EMAIL)


def test_a_sign_in_that_nobody_asked_for(idp: Simulated) -> None:
    url = idp.start_url(audience=ENTITY, recipient=ACS, relay_state="client_id=app&response_type=code")

    action, fields = forwarded(submit(url, sub="ben", claims='{"mail": ["a", "b"]}'))

    assert (action, fields["RelayState"]) == (ACS, "client_id=app&response_type=code")
    response = parsed(fields["SAMLResponse"])
    assert response.get("InResponseTo") is None
    assertion = verified(response, idp.certificate)
    assert next(assertion.iter(f"{SAML}SubjectConfirmationData")).get("InResponseTo") is None
    assert attributes(assertion) == {"mail": ["a", "b"]}
    assert "audience and recipient" in get(f"{IDP}/start?audience=x").text


def test_a_user_who_cancels(idp: Simulated) -> None:
    cancelled = parsed(forwarded(submit(redirect(sign_in_request()), decision="deny"))[1]["SAMLResponse"])

    codes = [each.get("Value").rpartition(":")[2] for each in cancelled.iter(f"{SAMLP}StatusCode")]
    assert codes == ["Responder", "AuthnFailed"]
    assert verified(cancelled, idp.certificate).get("InResponseTo") == "_r1"
    idp.deny()
    assert forwarded(get(redirect(sign_in_request())))[0] == ACS


def test_what_is_not_understood_is_asked_for_again(idp: Simulated) -> None:
    page = submit(redirect(sign_in_request()), sub="")

    assert page.status_code == 400
    assert "Enter an id." in page.text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"assertion_consumer_service_url": None}, "no AssertionConsumerServiceURL"),
        ({"protocol_binding": "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact"}, "HTTP-POST alone"),
        ({"issuer": None}, "no Issuer"),
        ({"version": "1.1"}, "not of SAML 2.0"),
    ],
)
def test_a_request_that_is_not_accepted(idp: Simulated, changes: dict[str, Any], said: str) -> None:
    shown = get(redirect(sign_in_request(**changes)))

    assert shown.status_code == 400
    assert said in soup(shown).get_text()


def test_a_request_for_another_provider(idp: Simulated) -> None:
    url = redirect(sign_in_request(destination="https://other.example.com/sso")).replace("other.", "idp.", 1)

    assert "The request is for https://other.example.com/sso." in soup(get(url)).get_text()


@pytest.mark.parametrize(
    "query",
    [
        "",
        "SAMLRequest=%3F",
        "SAMLRequest=eA%3D%3D",
        sp.plain_redirect("<a/>").partition("?")[2],
        sp.plain_redirect("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>").partition("?")[2],
    ],
)
def test_what_is_no_request(idp: Simulated, query: str) -> None:
    assert get(f"{IDP}/sso?{query}").status_code == 400


def test_signed_requests(idp: Simulated, cognito: Cognito) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pool = cognito.create_user_pool()
    theirs = cognito.world.keys.key(pool.id, "saml").private
    idp.expects_signed_by(pool.call("GetSigningCertificate")["Certificate"])
    signed = redirect(sign_in_request(), key=theirs)

    assert get(signed).status_code == 200
    assert "is not signed" in get(redirect(sign_in_request())).text
    assert "is invalid" in get(redirect(sign_in_request(), key=key)).text
    assert "is invalid" in get(signed.replace("state+1", "state+2")).text
    assert 'WantAuthnRequestsSigned="true"' in idp.metadata
    idp.expects_signed_by(None)
    assert get(redirect(sign_in_request())).status_code == 200


def test_mistakes(idp: Simulated) -> None:
    with pytest.raises(UsageError, match="as GetSigningCertificate gives it"):
        idp.expects_signed_by("x")
    with pytest.raises(UsageError, match="a character that XML can't have"):
        idp.assertion("ann\0", audience=ENTITY, recipient=ACS)
    with pytest.raises(UsageError, match="a character that XML can't have"):
        idp.assertion("ann", audience=ENTITY, recipient=ACS, attributes={"mail": "\x1b"})
