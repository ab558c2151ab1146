"""Sign-in by a provider of each type: from the application to Cognito, to the provider, and all the way back."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from pytest_cognito import Cognito, UserPool
from tests.support.federated import ALL, name_of
from tests.support.hosted import CALLBACK, parameters, said
from tests.support.jwts import claims

from .conftest import MakeFederated


@pytest.mark.parametrize("kind", ALL)
def test_a_first_and_a_second_sign_in(pool: UserPool, make: MakeFederated, kind: str) -> None:
    app = make(kind)
    name = name_of(kind)

    first = app.enter(name, email="ann@example.com", query={"state": "s 1"})

    assert list(first) == ["code", "state"]
    assert first["state"] == "s 1"
    tokens = said(app.redeem(first["code"]))
    told = claims(tokens["id_token"])
    assert told["email"] == "ann@example.com"
    assert told["cognito:username"] == f"{name}_1"
    assert told["cognito:groups"] == [f"{pool.id}_{name}"]
    assert claims(tokens["access_token"])["cognito:groups"] == [f"{pool.id}_{name}"]
    [identity] = told["identities"]
    assert (identity["userId"], identity["providerName"], identity["providerType"]) == ("1", name, kind)
    assert (identity["primary"], identity["dateCreated"].isdigit()) == ("true", True)
    assert len(told["nonce"]) > 100  # the application has sent none
    user = pool.user(f"{name}_1")
    assert (user.status, user.enabled) == ("EXTERNAL_PROVIDER", True)

    again = app.another_browser().claims(name, email="ann@example.org")
    assert (again["sub"], again["email"]) == (told["sub"], "ann@example.org")
    assert app.refresh(tokens["refresh_token"]).status_code == 200


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("Google", ["client_id", "redirect_uri", "scope", "response_type", "state", "nonce"]),
        ("Facebook", ["client_id", "redirect_uri", "scope", "response_type", "state"]),
        ("SignInWithApple", ["client_id", "redirect_uri", "scope", "response_type", "state", "nonce", "response_mode"]),
        ("SAML", ["SAMLRequest", "RelayState"]),
    ],
)
def test_the_redirect_to_the_provider(make: MakeFederated, kind: str, names: list[str]) -> None:
    app = make(kind)
    response = app.get("/oauth2/authorize", **app.asked())

    sent = parameters(response.headers["Location"])
    assert response.status_code == 302
    assert list(sent) == names
    state = sent.get("state") or sent["RelayState"]
    assert state.startswith("H4sIAAAAAAAA")
    assert sent.get("redirect_uri", f"{app.base}/oauth2/idpresponse") == f"{app.base}/oauth2/idpresponse"
    first, second = (each for each in response.raw.headers.getlist("Set-Cookie") if each.startswith("csrf-state"))
    assert first == f"csrf-state={state}; Path=/; Secure; HttpOnly; SameSite=None"
    assert second == f"csrf-state-legacy={state}; Path=/; Secure; HttpOnly"


def test_the_redirect_to_the_application_sets_the_session(make: MakeFederated) -> None:
    app = make()
    back = app.follow(app.chosen(app.start()))

    assert urlsplit(back.headers["Location"])._replace(query="").geturl() == CALLBACK
    assert app.browser.cookies["cognito"]
    assert "csrf-state" not in app.browser.cookies


def test_the_requests_are_in_the_log(cognito: Cognito, make: MakeFederated) -> None:
    app = make()
    cognito.calls.clear()
    app.claims()

    assert [(call.service, call.operation) for call in cognito.calls] == [
        ("web", "GET /oauth2/authorize"),
        ("provider", "GET accounts.google.com/o/oauth2/v2/auth"),
        ("provider", "POST accounts.google.com/o/oauth2/v2/auth"),
        ("web", "GET /oauth2/idpresponse"),
        ("provider", "POST www.googleapis.com/oauth2/v4/token"),
        ("provider", "GET www.googleapis.com/oauth2/v3/certs"),
        ("web", "POST /oauth2/token"),
    ]
