"""What a provider says that Cognito does not believe, or that the pool does not take, goes back to the application."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from pytest_cognito import Cognito, UserPool
from tests.support import federated
from tests.support.federated import ALL, SIMULATED, name_of
from tests.support.hosted import CALLBACK, parameters

from .conftest import MakeFederated

INVALID = "invalid_request"
CUSTOM = {"AttributeDataType": "String"}


def told(description: str, error: str = INVALID) -> dict[str, str]:
    return {"error_description": description, "error": error}


@pytest.mark.parametrize(
    ("kind", "back"),
    [
        ("Google", told("access_denied", "access_denied")),
        ("Facebook", told("Permissions error", "access_denied")),
        ("LoginWithAmazon", told("User not authorized", "access_denied")),
        ("SignInWithApple", told("user_cancelled_authorize", "access_denied")),
        ("OIDC", told("access_denied", "access_denied")),
    ],
)
def test_the_user_cancels(make: MakeFederated, kind: str, back: dict[str, str]) -> None:
    app = make(kind)
    found = app.enter(decision="deny")

    assert found["error"] == back["error"]
    assert found["error_description"]
    assert "cognito" not in app.browser.cookies


def test_the_user_cancels_at_a_saml_provider(make: MakeFederated) -> None:
    found = make("SAML").enter(decision="deny")

    status = "urn:oasis:names:tc:SAML:2.0:status:AuthnFailed"
    assert found == told(f"Invalid SAML response received: SAML Response status is {status}", "server_error")


@pytest.mark.parametrize("kind", ["Google", "OIDC", "SignInWithApple"])
def test_a_spoilt_id_token(cognito: Cognito, pool: UserPool, make: MakeFederated, kind: str) -> None:
    app, idp = make(kind), SIMULATED[kind](cognito)
    for how in idp.spoilt:
        idp.spoil(how)

        back = app.enter(query={"state": how})

        assert list(back) == ["error_description", "state", "error"]
        assert back["error_description"].startswith("Bad id_token")
        assert (back["state"], back["error"]) == (how, INVALID)
    assert pool.users == []
    assert app.enter()["code"]  # the next one is good


def test_a_spoilt_assertion(cognito: Cognito, pool: UserPool, make: MakeFederated) -> None:
    app, idp = make("SAML"), SIMULATED["SAML"](cognito)
    for how in idp.spoilt:
        idp.spoil(how)

        back = app.enter()

        assert back["error"] == "server_error"
        assert back["error_description"].startswith("Invalid SAML response received: SAML ")
    assert pool.users == []
    assert app.enter()["code"]


def test_the_nonce_is_verified(cognito: Cognito, make: MakeFederated) -> None:
    app = make("OIDC")
    page = app.start()
    page.url = page.url.replace("&nonce=", "&nonce=x")

    assert parameters(app.choose(page)) == told("Bad id_token nonce")


@pytest.mark.parametrize("kind", [kind for kind in ALL if kind != "SAML"])
def test_the_token_endpoint_fails(cognito: Cognito, make: MakeFederated, kind: str) -> None:
    app = make(kind)
    SIMULATED[kind](cognito).fail("token", status=503)

    back = app.enter()

    problem = "server_error" if kind in ("Google", "LoginWithAmazon") else "error getting token"
    assert back == told(f"{name_of(kind)} Error - 503 {problem}")


@pytest.mark.parametrize(
    ("failure", "description"),
    [
        (requests.ReadTimeout, "Timeout occurred in calling IdP token endpoint"),
        (requests.ConnectionError, "Connection reset"),
    ],
)
def test_a_provider_that_is_not_reached(
    make: MakeFederated, stubs: Any, failure: type[Exception], description: str
) -> None:
    app = make("OIDC", ProviderDetails={"token_url": "https://tokens.example.com/"})
    stubs.post("https://tokens.example.com/", body=failure("x"))

    assert app.enter() == told(description)


@pytest.mark.parametrize("kind", ["Google", "SAML"])
def test_required_attributes(cognito: Cognito, kind: str) -> None:
    required = [{"Name": name, "Required": True} for name in ("given_name", "email", "family_name")]
    pool = federated.make_pool(cognito, Schema=required)
    name = federated.add_provider(cognito, pool, kind)
    app = federated.Federated(pool, federated.make_client(pool, name))

    back = app.enter(query={"response_type": "token", "scope": "openid"})

    reason = "attributes required: [given_name, family_name]"
    error = ("Invalid SAML response received: " + reason, "server_error") if kind == "SAML" else (reason, INVALID)
    assert back == told(*error)


def test_errors_of_the_implicit_grant_are_in_the_fragment(cognito: Cognito) -> None:
    pool = federated.make_pool(cognito, Schema=[{"Name": "phone_number", "Required": True}])
    app = federated.Federated(pool, federated.make_client(pool, federated.add_provider(cognito, pool, "Google")))

    location = app.choose(app.start(response_type="token"))

    fragment = "error_description=attributes+required%3A+%5Bphone_number%5D&error=invalid_request"
    assert location == f"{CALLBACK}#{fragment}"


def test_an_attribute_that_cannot_change(cognito: Cognito) -> None:
    pool = federated.make_pool(cognito, Schema=[{"Name": "email", "Required": True, "Mutable": False}])
    app = federated.Federated(pool, federated.make_client(pool, federated.add_provider(cognito, pool, "Google")))
    app.enter()

    other = app.another_browser()
    location = other.choose(other.start())
    description = "user.email%3A+Attribute+cannot+be+updated.%0A+"
    assert location == f"{CALLBACK}?error_description={description}&error=invalid_request"


@pytest.mark.parametrize("value", ["x" * 2049])
def test_a_value_that_is_too_long(make: MakeFederated, value: str) -> None:
    back = make().enter(name=value)

    assert back["error"] == INVALID
    assert "name" in back["error_description"]


@pytest.mark.parametrize("kind", ["Google", "SAML"])
def test_a_disabled_user(pool: UserPool, make: MakeFederated, kind: str) -> None:
    app = make(kind)
    app.enter()
    pool.call("AdminDisableUser", Username=f"{name_of(kind)}_1")

    back = app.another_browser().enter()

    assert back["error_description"].endswith("User is not enabled")
    assert app.get("/oauth2/authorize", **app.asked()).headers["Location"].startswith("https://")  # to the provider


def test_a_name_that_somebody_else_has(pool: UserPool, make: MakeFederated) -> None:
    app = make()
    pool.create_user("Google_1")

    assert app.enter() == told("Already found an entry for username Google_1")


@pytest.mark.parametrize("query", [{"identity_provider": "Facebook"}, {"idp_identifier": "nobody.example.com"}])
def test_a_provider_that_the_client_does_not_offer(make: MakeFederated, query: dict[str, str]) -> None:
    app = make()
    location = app.led_to(app.get("/oauth2/authorize", **app.asked(**query)))

    assert location.startswith("/error?error=Login+option+is+not+available.+Please+try+another+one")
    assert "Login option is not available. Please try another one" in app.open(app.base + location).text


def test_metadata_that_are_not_to_be_had(cognito: Cognito, make: MakeFederated) -> None:
    app = make("SAML", ProviderDetails={"MetadataURL": "https://idp.example.com/metadata"})
    cognito.world.documents.clear()
    cognito.providers.saml("https://idp.example.com").fail("metadata")
    cognito.clock.advance(hours=7)

    back = parameters(app.get("/oauth2/authorize", **app.asked(state="s")).headers["Location"])

    description = "Error retrieving metadata from https://idp.example.com/metadata"
    assert back == {"error_description": description, "state": "s", "error": INVALID}
