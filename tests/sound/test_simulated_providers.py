"""No request to a simulated provider is answered by an exception, an unescaped text, or a code that nobody allowed."""

from __future__ import annotations

import functools
from typing import Any
from urllib.parse import urlencode

from hypothesis import given
from hypothesis import strategies as st

from pytest_cognito.http.messages import Request
from pytest_cognito.providers import catalog
from pytest_cognito.providers.provider import Provider
from pytest_cognito.world import World
from tests.support import service_provider as sp

MARK = "<script>'\""
CALLBACK = "https://app.example.com/cb"
TEXTS = st.sampled_from(["", "x", "app", CALLBACK, "\0", "é", "[]", "{}", "code", "openid", "none", "form_post", MARK])
NAMES = (
    *("client_id", "client_secret", "redirect_uri", "response_type", "response_mode", "scope", "state", "nonce"),
    *("prompt", "code", "code_challenge", "code_verifier", "code_challenge_method", "grant_type", "refresh_token"),
    *("access_token", "input_token", "id_token", "token", "fields", "personFields", "login_hint"),
    *(
        "sub",
        "email",
        "claims",
        "decision",
        "audience",
        "recipient",
        "RelayState",
        "SAMLRequest",
        "SigAlg",
        "Signature",
    ),
)
PARAMETERS = st.dictionaries(st.sampled_from(NAMES), TEXTS, max_size=6)
ACCEPTED = {"client_id": "app", "redirect_uri": CALLBACK, "response_type": "code", "scope": "openid"}
HEADERS = st.sampled_from(
    [{}, {"authorization": "Basic eA=="}, {"authorization": "Bearer x"}, {"authorization": "Basic é"}]
)


@functools.cache
def providers() -> tuple[Provider, ...]:
    world = World()
    social = (catalog.google(world), catalog.facebook(world), catalog.amazon(world), catalog.apple(world))
    return (*social, catalog.oidc(world, sp.IDP), catalog.saml(world, sp.IDP))


@st.composite
def requests(draw: st.DrawFn) -> Request:
    """A request to an endpoint, half of them with what an authorization request or a SAML request needs."""
    provider = draw(st.sampled_from(providers()))
    address = draw(st.sampled_from(sorted(provider.endpoints())))
    query = urlencode({**draw(st.sampled_from([{}, ACCEPTED])), **draw(PARAMETERS)})
    if address.endswith("/sso") and draw(st.booleans()):
        query = sp.redirect(sp.sign_in_request()).partition("?")[2]
    headers = {"content-type": "application/x-www-form-urlencoded", **draw(HEADERS)}
    method, body = draw(st.sampled_from(["GET", "POST", "PUT"])), urlencode(draw(PARAMETERS)).encode()
    return Request(method, f"https://{address}?{query}", headers, body)


@given(requests())
def test_any_request_gets_an_answer(request: Request) -> None:
    site: Any = providers()[0].world.sites.find(request.url.split("/")[2])

    response = site(request)

    assert response.status < 500
    assert MARK.encode() not in response.body or b"application/json" in (response.header("Content-Type") or "").encode()
    sent = (response.header("Location") or "") + response.body.decode()
    if "code=" in sent or 'name="code"' in sent:
        assert request.method == "POST"
        assert b"sub=" in request.body


def test_a_text_that_xml_cannot_have_is_asked_for_again() -> None:
    saml = providers()[-1]
    assert isinstance(saml, Provider)
    body = urlencode({"sub": "a\0", "decision": "allow"}).encode()
    form = {"content-type": "application/x-www-form-urlencoded"}
    site: Any = saml.world.sites.find("idp.example.com")

    response = site(Request("POST", sp.redirect(sp.sign_in_request()), form, body))

    assert (response.status, b"XML can&#39;t have" in response.body) == (400, True)
