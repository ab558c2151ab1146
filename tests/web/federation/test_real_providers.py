"""Providers that pytest-cognito knows nothing of: on this machine, by HTTP, and as stubs of the test's own."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
import pytest
from lxml import etree
from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT
from saml2.config import IdPConfig
from saml2.saml import NAMEID_FORMAT_PERSISTENT, NameID

from pytest_cognito import Cognito, UserPool
from tests.support import federated
from tests.support.federated import Federated
from tests.support.hosted import parameters, said
from tests.support.jwts import claims
from tests.support.providers import ENTITY
from tests.support.saml import SAML2, SIGN_IN, encoded, key, metadata, signed
from tests.support.web_server import serving

MAPPING = {"email": "email", "name": "name"}


def application(pool: UserPool, kind: str, details: dict[str, str], **settings: Any) -> Federated:
    pool.create_identity_provider(
        "Corp", ProviderType=kind, ProviderDetails=details, AttributeMapping=MAPPING, **settings
    )
    return Federated(pool, federated.make_client(pool, "Corp"))


class OpenIDProvider:
    """A provider of OpenID Connect by PyJWT, at which Ann is signed in already; ``asked`` are the requests it got."""

    def __init__(self) -> None:
        self.address = ""
        self.nonce = ""
        self.now = 0
        self.asked: list[tuple[str, str]] = []

    def respond(self, method: str, path: str, body: str) -> tuple[str, str]:
        """An answer of any endpoint; that of authorization is a page, which leads back by a form."""
        where, query = urlsplit(path).path, dict(parse_qsl(urlsplit(path).query))
        self.asked.append((f"{method} {where}", body))
        if where == "/authorize":
            self.nonce = query["nonce"]
            fields = "".join(
                f'<input type="hidden" name="{name}" value="{escape(value)}">'
                for name, value in {"code": "c0de", "state": query["state"]}.items()
            )
            return "text/html", f'<form method="post" id="forward" action="{query["redirect_uri"]}">{fields}</form>'
        return "application/json", json.dumps(self._documents()[where])

    def _documents(self) -> dict[str, dict[str, Any]]:
        private, there = key("corp").private, self.address
        public = jwt.algorithms.RSAAlgorithm.to_jwk(private.public_key(), as_dict=True)
        told = {"iss": there, "sub": "ann", "aud": "me", "iat": self.now, "exp": self.now + 60, "nonce": self.nonce}
        token = jwt.encode({**told, "email": "ann@example.com"}, private, "RS256", headers={"kid": "1"})
        return {
            "/.well-known/openid-configuration": {
                "issuer": there,
                "authorization_endpoint": f"{there}/authorize",
                "token_endpoint": f"{there}/token",
                "userinfo_endpoint": f"{there}/me",
                "jwks_uri": f"{there}/keys",
            },
            "/keys": {"keys": [{**public, "kid": "1", "alg": "RS256"}]},
            "/token": {"access_token": "a", "id_token": token, "token_type": "Bearer"},
            "/me": {"sub": "ann", "name": "Ann"},
        }


@pytest.fixture
def openid_provider(cognito: Cognito) -> Iterator[OpenIDProvider]:
    provider = OpenIDProvider()
    provider.now = int(cognito.world.clock.timestamp())
    with serving(provider.respond) as provider.address:
        yield provider


def test_a_provider_of_openid_connect_on_this_machine(pool: UserPool, openid_provider: OpenIDProvider) -> None:
    there = openid_provider.address
    details = {"client_id": "me", "client_secret": "s3cret", "authorize_scopes": "openid email profile"}
    app = application(pool, "OIDC", {**details, "oidc_issuer": there, "attributes_request_method": "POST"})

    back = parameters(app.start(state="s").headers["Location"])

    assert back["state"] == "s"
    told = claims(said(app.redeem(back["code"]))["id_token"])
    assert (told["cognito:username"], told["email"], told["name"]) == ("Corp_ann", "ann@example.com", "Ann")
    asked = dict(openid_provider.asked)
    assert list(asked) == [
        "GET /.well-known/openid-configuration",
        "GET /authorize",
        "POST /token",
        "GET /keys",
        "POST /me",
    ]
    assert parse_qs(asked["POST /token"])["client_secret"] == ["s3cret"]


def saml_provider(there: str, pool: UserPool, app: Federated) -> Any:
    """pysaml2's identity provider at an address, which knows the user pool."""
    from saml2.server import Server

    of_the_pool = (
        f'<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="urn:amazon:cognito:sp:{pool.id}">'
        '<SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">'
        f'<AssertionConsumerService index="0" Binding="{BINDING_HTTP_POST}" Location="{app.base}/saml2/idpresponse"/>'
        "</SPSSODescriptor></EntityDescriptor>"
    )
    config: dict[str, Any] = {
        "entityid": ENTITY,
        # It would sign by a program; these tests sign with a library.
        "xmlsec_binary": sys.executable,
        "metadata": {"inline": [of_the_pool]},
        "service": {"idp": {"endpoints": {"single_sign_on_service": [(f"{there}/sso", BINDING_HTTP_REDIRECT)]}}},
    }
    return Server(config=IdPConfig().load(config))


def answered(idp: Any, path: str) -> str:
    """The page by which pysaml2 signs in Ann for the request in a path."""
    query = parse_qs(urlsplit(path).query)
    request = idp.parse_authn_request(query["SAMLRequest"][0], BINDING_HTTP_REDIRECT)
    where = idp.response_args(request.message)
    response = idp.create_authn_response(
        {"mail": ["ann@example.com"], "displayName": ["Ann"]},
        name_id=NameID(format=NAMEID_FORMAT_PERSISTENT, text="ann"),
        authn={"class_ref": "urn:oasis:names:tc:SAML:2.0:ac:classes:Password", "authn_auth": ENTITY},
        sign_assertion=False,
        sign_response=False,
        **where,
    )
    root = etree.fromstring(str(response).encode())
    assertion = root.find(f"{{{SAML2}}}Assertion")
    root.replace(assertion, signed(etree.fromstring(etree.tostring(assertion))))
    return (
        f'<form method="post" id="forward" action="{escape(where["destination"])}">'
        f'<input type="hidden" name="SAMLResponse" value="{encoded(etree.tostring(root))}">'
        f'<input type="hidden" name="RelayState" value="{escape(query["RelayState"][0])}"></form>'
    )


# pysaml2 names ciphers that cryptography is to move.
@pytest.mark.filterwarnings("ignore:CFB has been moved:UserWarning")
def test_a_saml_provider_on_this_machine(pool: UserPool) -> None:
    known: list[Any] = []

    def respond(_method: str, path: str, _body: str) -> tuple[str, str]:
        if path == "/metadata":
            return "application/samlmetadata+xml", metadata().replace(SIGN_IN, f"{there}/sso")
        return "text/html", answered(known[0], path)

    names = {"email": "urn:oid:0.9.2342.19200300.100.1.3", "name": "urn:oid:2.16.840.1.113730.3.1.241"}
    with serving(respond) as there:
        details = {"MetadataURL": f"{there}/metadata"}
        pool.create_identity_provider("Corp", ProviderType="SAML", ProviderDetails=details, AttributeMapping=names)
        app = Federated(pool, federated.make_client(pool, "Corp"))
        known.append(saml_provider(there, pool, app))

        back = parameters(app.start(state="s").headers["Location"])

    assert back["state"] == "s"
    told = claims(said(app.redeem(back["code"]))["id_token"])
    assert (told["cognito:username"], told["email"], told["name"]) == ("Corp_ann", "ann@example.com", "Ann")


def test_stubs_of_the_test_s_own(pool: UserPool, stubs: Any) -> None:
    there = "https://corp.example.org"
    private = key("corp").private
    public = jwt.algorithms.RSAAlgorithm.to_jwk(private.public_key(), as_dict=True)
    stubs.get(f"{there}/keys", json={"keys": [{**public, "kid": "1", "alg": "RS256"}]})
    stubs.get(f"{there}/me", json={"sub": "ann", "name": "Ann of userInfo", "email": "other@example.com"})
    details = {
        "client_id": "me",
        "client_secret": "s3cret",
        "authorize_scopes": "openid",
        "oidc_issuer": there,
        "attributes_request_method": "GET",
        "authorize_url": f"{there}/authorize",
        "token_url": f"{there}/token",
        "attributes_url": f"{there}/me",
        "jwks_uri": f"{there}/keys",
    }
    app = application(pool, "OIDC", details)
    sent = app.get("/oauth2/authorize", **app.asked()).headers["Location"]
    now = int(pool.world.clock.timestamp())
    said_of_ann = {"iss": there, "sub": "ann", "aud": "me", "iat": now, "exp": now + 60, "email": "ann@example.com"}
    token = jwt.encode({**said_of_ann, "nonce": parameters(sent)["nonce"]}, private, "RS256", headers={"kid": "1"})
    stubs.post(f"{there}/token", json={"access_token": "a", "id_token": token, "token_type": "Bearer"})

    came = app.get("/oauth2/idpresponse", code="c0de", state=parameters(sent)["state"])

    told = claims(said(app.redeem(parameters(came.headers["Location"])["code"]))["id_token"])
    assert (told["email"], told["name"]) == ("ann@example.com", "Ann of userInfo")  # the ID token goes first
    asked = next(call.request for call in stubs.calls if call.request.url == f"{there}/token")
    assert asked.headers["User-Agent"] == "Amazon/Cognito"
    form = parse_qs(asked.body)
    assert list(form) == ["grant_type", "code", "client_id", "client_secret", "redirect_uri"]
    assert form["redirect_uri"] == [f"{app.base}/oauth2/idpresponse"]
    bearer = next(call.request for call in stubs.calls if call.request.url == f"{there}/me")
    assert bearer.headers["Authorization"] == "Bearer a"


def test_a_provider_that_is_nowhere(cognito: Cognito, pool: UserPool) -> None:
    details = {
        "client_id": "me",
        "authorize_scopes": "openid",
        "oidc_issuer": "http://127.0.0.1:9",
        "attributes_request_method": "GET",
    }
    app = application(pool, "OIDC", details)

    back = parameters(app.get("/oauth2/authorize", **app.asked(state="s")).headers["Location"])

    assert back == {"error_description": "Connection reset", "state": "s", "error": "invalid_request"}
