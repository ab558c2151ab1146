"""Users whom providers bring: their names and attributes, linked users, levels, and tokens of the provider."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito import Cognito, UserPool
from tests.support import federated
from tests.support.federated import Federated
from tests.support.hosted import has_managed_login, parameters, said
from tests.support.jwts import claims

from .conftest import MakeFederated


def test_mapped_attributes_follow_the_provider(pool: UserPool, make: MakeFederated) -> None:
    app = make("OIDC", AttributeMapping={"email": "email", "name": "name", "nickname": "nick"})
    app.enter(name="Ann", nick="a")
    user = pool.user("Corp_1")
    assert {"email": "ann@example.com", "name": "Ann", "nickname": "a"}.items() <= user.attributes.items()
    assert user.attributes["email_verified"] == "false"

    app.another_browser().enter(email="new@example.com", nick="")

    assert user.attributes["email"] == "new@example.com"
    assert user.attributes["name"] == "Ann"  # nothing was said of it
    assert "nickname" not in user.attributes


def test_values_of_several_parts(pool: UserPool, make: MakeFederated) -> None:
    app = make("SAML", AttributeMapping={"nickname": "groups"})
    app.enter(groups=["staff", "board & co"])

    assert pool.user("Corp_1").attributes["nickname"] == "[staff,board+%26+co]"


def test_a_mapping_of_the_address_that_is_verified(pool: UserPool, make: MakeFederated) -> None:
    app = make(AttributeMapping={"email": "email", "email_verified": "email_verified"})
    assert app.claims()["email_verified"] is True


def test_an_attribute_that_the_client_may_not_write(pool: UserPool, make: MakeFederated) -> None:
    app = make(client={"WriteAttributes": ["email"]})
    app.enter(name="Ann")

    assert "name" not in pool.user("Google_1").attributes


@pytest.mark.parametrize("kind", ["Google", "OIDC"])
def test_tokens_of_the_provider(cognito: Cognito, kind: str) -> None:
    schema: list[dict[str, Any]] = [
        {"Name": name, "AttributeDataType": "String", "Mutable": True, "StringAttributeConstraints": {}}
        for name in ("access", "id")
    ]
    pool = federated.make_pool(cognito, Schema=schema)
    mapping = {"custom:access": "access_token", "custom:id": "id_token"}
    name = federated.add_provider(cognito, pool, kind, AttributeMapping=mapping)
    app = Federated(pool, federated.make_client(pool, name))

    told = app.claims()

    assert claims(told["custom:id"])["email"] == "ann@example.com"
    assert told["custom:access"]
    other = app.another_browser()
    assert "2048" in other.enter(long="x" * 2000)["error_description"]


def test_names_in_a_pool_without_case(cognito: Cognito) -> None:
    pool = federated.make_pool(cognito, UsernameConfiguration={"CaseSensitive": False})
    app = Federated(pool, federated.make_client(pool, federated.add_provider(cognito, pool, "Google")))

    told = app.claims(None, "Ab")

    assert told["cognito:username"] == "google_ab"
    assert (told["identities"][0]["providerName"], told["identities"][0]["userId"]) == ("Google", "Ab")


@pytest.mark.parametrize("kind", ["Google", "SAML"])
def test_a_user_who_was_linked_before(cognito: Cognito, pool: UserPool, make: MakeFederated, kind: str) -> None:
    app = make(kind)
    alice = pool.create_user("alice", email="alice@example.com")
    pool.identity_provider(federated.name_of(kind)).link("1", alice)

    tokens = said(app.redeem(app.enter(email="new@example.com")["code"]))

    told = claims(tokens["id_token"])
    assert (told["cognito:username"], told["email"]) == ("alice", "new@example.com")
    assert "cognito:groups" not in told
    assert told["identities"][0]["primary"] == "false"
    assert told["identities"][0]["issuer"] == (federated.ISSUER if kind == "SAML" else None)
    assert claims(tokens["access_token"])["username"] == "alice"
    assert alice.status == "CONFIRMED"
    assert alice.sign_in().id_claims["email"] == "new@example.com"


def test_a_user_who_is_unlinked(pool: UserPool, make: MakeFederated) -> None:
    app = make()
    pool.identity_provider("Google").link("1", pool.create_user("alice"))
    assert app.claims()["cognito:username"] == "alice"
    whom = {"ProviderName": "Google", "ProviderAttributeName": "Cognito_Subject", "ProviderAttributeValue": "1"}
    pool.call("AdminDisableProviderForUser", User=whom)

    assert app.another_browser().claims()["cognito:username"] == "Google_1"


def test_a_user_who_has_signed_in_is_not_linked(pool: UserPool, make: MakeFederated) -> None:
    make().enter()
    with pytest.raises(Exception, match="Merging is not currently supported"):
        pool.identity_provider("Google").link("1", pool.create_user("alice"))


def test_the_nonce_of_the_application(make: MakeFederated) -> None:
    app = make()
    assert app.claims(query={"nonce": "n-1"})["nonce"] == "n-1"

    again = said(app.redeem(parameters(app.start().headers["Location"])["code"]))
    assert "nonce" not in claims(again["id_token"])  # by the session of the browser


def levels(cognito: Cognito, **settings: Any) -> Federated:
    pool = federated.make_pool(cognito)
    name = federated.add_provider(cognito, pool, "OIDC", **settings)
    return has_managed_login(Federated(pool, federated.make_client(pool, name)))


@pytest.mark.needs("IdentityProviderType.AcrMapping")
@pytest.mark.parametrize(
    ("told", "acr", "amr"),
    [
        ({"acr": "gold", "amr": ["pwd", "otp", "x"]}, "urn:cognito:loa:3", ["pwd", "otp", "mfa"]),
        ({"acr": "unknown"}, "urn:cognito:loa:1", ["fed"]),
        ({}, None, ["fed"]),
    ],
)
def test_the_level_that_a_provider_vouches_for(
    cognito: Cognito, told: dict[str, Any], acr: str | None, amr: list[str]
) -> None:
    app = levels(cognito, AcrMapping={"Level3": "gold", "Level1": "bronze"})
    asked = {"acr_values": "urn:cognito:loa:3 urn:cognito:loa:2 urn:cognito:loa:1"}
    page = app.start(**asked)
    assert parameters(page.url)["acr_values"] == "gold bronze"

    tokens = said(app.redeem(parameters(app.choose(page, **told))["code"]))

    for token in (tokens["id_token"], tokens["access_token"]):
        assert (claims(token).get("acr"), claims(token)["amr"]) == (acr, amr)
    silent = app.start(**asked).headers.get("Location", "")
    assert ("code=" in silent) == (acr is not None)


def test_no_level_is_told_that_was_not_asked_for(make: MakeFederated) -> None:
    told = make("OIDC").claims(acr="gold", amr=["pwd"])
    assert not {"acr", "amr"} & set(told)
