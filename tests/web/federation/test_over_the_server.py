"""Sign-in by providers over the loopback server, whose addresses are below ``localhost``, or paths."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

import pytest

from pytest_cognito import Cognito
from pytest_cognito.server.socket import Server
from tests.support.federated import ALL, ISSUER, Federated, name_of
from tests.support.hosted import SIGNED_OUT, parameters, said
from tests.support.jwts import claims
from tests.support.names import lead_here

from .conftest import MakeFederated

OverServer = Callable[[Federated, str], Federated]


@pytest.fixture
def over(cognito_server: Server, monkeypatch: pytest.MonkeyPatch) -> OverServer:
    """Let an application and its browser use the server, by names or by paths."""
    lead_here(monkeypatch)

    def over(app: Federated, form: str) -> Federated:
        here = cognito_server.endpoint_url
        app.base = f"{here}/notes" if form == "path" else here.replace("127.0.0.1", "notes.localhost")
        return app

    return over


@pytest.mark.parametrize(
    ("kind", "form"),
    [*((kind, "name") for kind in ALL), ("Google", "path"), ("SignInWithApple", "path"), ("SAML", "path")],
)
def test_a_sign_in(cognito_server: Server, make: MakeFederated, over: OverServer, kind: str, form: str) -> None:
    app = over(make(kind), form)

    page = app.start(state="s")

    there = urlsplit(page.url)
    assert f"{there.scheme}://{there.netloc}" != "https://"
    assert there.port == urlsplit(cognito_server.endpoint_url).port
    assert there.path.startswith("/_provider/") == (form == "path")
    back = parameters(app.choose(page))
    assert back["state"] == "s"
    told = claims(said(app.redeem(back["code"]))["id_token"])
    assert told["cognito:username"] == f"{name_of(kind)}_1"
    assert parameters(app.start().headers["Location"])["code"]  # by the session of the browser


@pytest.mark.parametrize("form", ["name", "path"])
def test_signing_out_of_a_saml_provider(make: MakeFederated, over: OverServer, form: str) -> None:
    app = over(make("SAML", ProviderDetails={"IDPSignout": "true"}), form)
    app.enter()

    back = app.open(app.url("/logout", client_id=app.client.id, logout_uri=SIGNED_OUT))

    assert back.headers["Location"] == SIGNED_OUT
    assert urlsplit(app.start().url).path.endswith("/sso")


@pytest.mark.parametrize("form", ["name", "path"])
def test_a_sign_in_that_the_provider_initiates(
    cognito: Cognito, cognito_server: Server, make: MakeFederated, over: OverServer, form: str
) -> None:
    """The provider knows the domain by its address at AWS."""
    app = make("SAML", ProviderDetails={"IDPInit": "true"})
    relay_state = urlencode({"identity_provider": "Corp", **app.asked()})
    recipient, audience = f"{app.base}/saml2/idpresponse", f"urn:amazon:cognito:sp:{app.pool.id}"
    url = cognito.providers.saml(ISSUER).start_url(audience=audience, recipient=recipient, relay_state=relay_state)
    over(app, form)
    here = cognito_server.endpoint_url
    host = "idp.example.com"
    there = f"{here}/_provider/{host}" if form == "path" else here.replace("127.0.0.1", f"{host}.localhost")

    page = app.open(url.replace(ISSUER, there))

    assert parameters(app.choose(page))["code"]


def test_what_a_real_browser_needs_of_the_cookies(make: MakeFederated, over: OverServer) -> None:
    """A browser sends ``SameSite=None`` with the POST of another site, if it is ``Secure``: it trusts localhost."""
    app = over(make("SignInWithApple"), "name")
    response = app.get("/oauth2/authorize", **app.asked())
    state = parameters(response.headers["Location"])["state"]

    cookies = [each for each in response.raw.headers.getlist("Set-Cookie") if each.startswith("csrf-state")]

    assert cookies == [
        f"csrf-state={state}; Path=/; Secure; HttpOnly; SameSite=None",
        f"csrf-state-legacy={state}; Path=/; HttpOnly",
    ]


def test_a_refusal(cognito: Cognito, make: MakeFederated, over: OverServer) -> None:
    app = over(make("OIDC"), "path")
    cognito.providers.oidc(ISSUER).spoil("wrong_signer")
    assert app.enter() == {"error_description": "Bad id_token signature", "error": "invalid_request"}


@pytest.mark.parametrize("form", ["name", "path"])
def test_a_simulated_provider_knows_the_domain_by_its_address_at_aws(
    cognito: Cognito, make: MakeFederated, over: OverServer, form: str
) -> None:
    app = make("OIDC")
    callback = f"{app.base}/oauth2/idpresponse"
    cognito.providers.oidc(ISSUER).add_client("pytest", "pytest", redirect_uris=[callback])

    page = over(app, form).start()

    assert parameters(page.url)["redirect_uri"] == callback
    assert parameters(app.choose(page))["code"]
