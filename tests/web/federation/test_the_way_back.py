"""The way back from a provider: only the browser that was sent there takes it, once, and in time."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from pytest_cognito import Cognito, UserPool
from pytest_cognito.http import hosts
from tests.support import federated
from tests.support.federated import WayBack
from tests.support.hosted import has_managed_login, parameters

from .conftest import MakeFederated

KINDS = ["Google", "SignInWithApple", "SAML"]
PATHS = {"Google": "/oauth2/idpresponse", "SignInWithApple": "/oauth2/idpresponse", "SAML": "/saml2/idpresponse"}
WRONG = {
    "Google": "Invalid state",
    "SignInWithApple": "Invalid state",
    "SAML": "Invalid samlResponse or relayState from identity provider",
}


def error_of(location: str) -> str:
    assert urlsplit(location).path == "/error"
    assert hosts.find(urlsplit(location).netloc) is not None
    return parameters(location)["error"]


@pytest.mark.parametrize("kind", KINDS)
def test_once(pool: UserPool, make: MakeFederated, kind: str) -> None:
    app = make(kind)
    way, cookies = WayBack(app), app.browser.cookies.copy()

    assert "code" in parameters(way.take(app))
    assert error_of(way.take(app)) == WRONG[kind]
    app.browser.cookies.update(cookies)  # those by which it came the first time
    assert error_of(way.take(app)) == WRONG[kind]
    assert len(pool.users) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_by_the_browser_that_was_sent(pool: UserPool, make: MakeFederated, kind: str) -> None:
    app = make(kind)
    way, other = WayBack(app, "mallory"), app.another_browser()
    WayBack(other, "ann")  # which is on a way of its own

    assert error_of(way.take(other)) == WRONG[kind]
    assert "cognito" not in other.browser.cookies
    assert pool.users == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_state_that_is_none(make: MakeFederated, kind: str) -> None:
    app = make(kind)
    way = WayBack(app)
    name = "RelayState" if kind == "SAML" else "state"
    missing = "Required String parameter 'RelayState' is not present" if kind == "SAML" else WRONG[kind]

    for state in ("", None):
        assert error_of(way.take(app, **{name: state})) == missing
    for wrong in ("H4sIAAAAAAAA", "é"):
        assert error_of(way.take(app, **{name: wrong})) == WRONG[kind]


@pytest.mark.parametrize("managed", [False, True])
@pytest.mark.parametrize("kind", ["Google", "SAML"])
def test_too_late(cognito: Cognito, pool: UserPool, make: MakeFederated, kind: str, managed: bool) -> None:
    app = make(kind, "COGNITO")
    if managed:
        has_managed_login(app)
    response = app.chosen(app.start(federated.name_of(kind), state="s"))
    cognito.clock.advance(minutes=5)

    page = app.follow(response)

    assert urlsplit(page.url).path == "/login"
    assert "Something went wrong" in page.text
    assert parameters(page.url)["state"] == "s"
    assert pool.users == []


def test_just_in_time(cognito: Cognito, make: MakeFederated) -> None:
    app = make("SignInWithApple")
    way = WayBack(app)
    cognito.clock.advance(minutes=4, seconds=59)

    assert "code" in parameters(way.take(app))


@pytest.mark.parametrize(("kind", "other"), [("OIDC", "/saml2/idpresponse"), ("SAML", "/oauth2/idpresponse")])
def test_at_the_address_of_the_other_kind(make: MakeFederated, kind: str, other: str) -> None:
    app = make(kind)
    way = WayBack(app)
    state = way.fields.get("state") or way.fields["RelayState"]
    form = {**way.fields, "state": state, "RelayState": state, "code": "1", "SAMLResponse": "PHg+"}

    response = app.browser.post(f"{app.base}{other}", data=form, allow_redirects=False, timeout=5)

    assert error_of(response.headers["Location"]) == WRONG["SAML" if other.startswith("/saml2") else "Google"]


def test_at_the_domain_of_another_pool(cognito: Cognito, make: MakeFederated) -> None:
    app = make()
    way = WayBack(app)
    cognito.create_user_pool().call("CreateUserPoolDomain", Domain="other")
    way.url = way.url.replace("notes", "other")

    app.browser.cookies.set("csrf-state", app.browser.cookies["csrf-state"])  # for any host
    assert error_of(way.take(app)) == "Invalid state"


def test_a_provider_that_is_gone(pool: UserPool, make: MakeFederated) -> None:
    app = make("Google", "COGNITO")
    page = app.start("Google")
    pool.call("DeleteIdentityProvider", ProviderName="Google")

    assert urlsplit(app.choose(page)).path == "/error"


def test_a_client_that_is_gone(pool: UserPool, make: MakeFederated) -> None:
    app = make()
    page = app.start()
    pool.call("DeleteUserPoolClient", ClientId=app.client.id)

    assert urlsplit(app.choose(page)).path == "/error"
    assert pool.users == []


def test_a_callback_without_a_code(make: MakeFederated) -> None:
    app = make()
    back = parameters(WayBack(app).take(app, code=None))

    assert back == {"error_description": "Required String parameter 'code' is not present", "error": "invalid_request"}


def test_a_code_of_another_sign_in(pool: UserPool, make: MakeFederated) -> None:
    """A login CSRF: the code of somebody else on a browser's own way back. The nonce is that of the other's request."""
    app = make("OIDC")
    mallory = app.another_browser()
    stolen, own = WayBack(mallory, "mallory"), WayBack(app, "ann")

    back = parameters(own.take(app, code=stolen.fields["code"]))

    assert back == {"error_description": "Bad id_token nonce", "error": "invalid_request"}
    assert pool.users == []


@pytest.mark.parametrize("path", ["/saml2/idpresponse", "/saml2/logout"])
def test_saml_comes_by_forms_alone(make: MakeFederated, path: str) -> None:
    assert make("SAML").get(path, SAMLResponse="x", RelayState="y").status_code == 405


def test_two_sign_ins_of_one_browser(make: MakeFederated) -> None:
    """The second takes the place of the first."""
    app = make()
    first, second = WayBack(app), WayBack(app)

    assert error_of(first.take(app)) == "Invalid state"
    assert "code" in parameters(second.take(app))
