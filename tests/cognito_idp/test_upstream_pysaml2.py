"""pysaml2 as the identity provider: it reads Cognito's request and answers it."""

from __future__ import annotations

import sys
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import etree
from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT
from saml2.config import IdPConfig
from saml2.saml import NAMEID_FORMAT_EMAILADDRESS, NameID

from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.cognito_idp.flows.federation import saml
from tests.support.app import App
from tests.support.providers import ENTITY
from tests.support.saml import CONSUMER, SAML2, SIGN_IN, encoded, signed
from tests.support.upstream import Upstream


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool()


def server(app: App) -> Any:
    """pysaml2's identity provider, which knows the user pool."""
    from saml2.server import Server

    of_the_pool = (
        f'<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" '
        f'entityID="urn:amazon:cognito:sp:{app.pool_id}">'
        '<SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">'
        f'<AssertionConsumerService index="0" Binding="{BINDING_HTTP_POST}" Location="{CONSUMER}"/>'
        "</SPSSODescriptor></EntityDescriptor>"
    )
    config: dict[str, Any] = {
        "entityid": ENTITY,
        # It would sign by a program; these tests sign with a library.
        "xmlsec_binary": sys.executable,
        "metadata": {"inline": [of_the_pool]},
        "service": {"idp": {"endpoints": {"single_sign_on_service": [(SIGN_IN, BINDING_HTTP_REDIRECT)]}}},
    }
    return Server(config=IdPConfig().load(config))


# pysaml2 names ciphers that cryptography is to move.
@pytest.mark.filterwarnings("ignore:CFB has been moved:UserWarning")
def test_a_sign_in_by_pysaml2(app: App, pool: UserPool) -> None:
    pool.create_client()
    acme = Upstream.saml(app, AttributeMapping={"email": "mail"})
    sent = acme.step(saml.sign_in_request, consumer_url=CONSUMER, relay_state="r")
    idp = server(app)
    query = parse_qs(urlsplit(sent.url).query)
    request = idp.parse_authn_request(query["SAMLRequest"][0], BINDING_HTTP_REDIRECT)
    where = idp.response_args(request.message)
    response = idp.create_authn_response(
        {"mail": ["ann@example.com"]},
        name_id=NameID(format=NAMEID_FORMAT_EMAILADDRESS, text="ann@example.com"),
        authn={"class_ref": "urn:oasis:names:tc:SAML:2.0:ac:classes:Password", "authn_auth": ENTITY},
        sign_assertion=False,
        sign_response=False,
        **where,
    )
    root = etree.fromstring(str(response).encode())
    assertion = root.find(f"{{{SAML2}}}Assertion")
    root.replace(assertion, signed(etree.fromstring(etree.tostring(assertion))))
    found = acme.take(encoded(etree.tostring(root)), sent.id)
    assert found.user.subject == "ann@example.com"
    assert list(found.user.assertion.values()) == ["ann@example.com"]
    assert dict(found.session.name_id_attributes)["Format"] == NAMEID_FORMAT_EMAILADDRESS
