"""The identity providers of a pool: their details, with what Cognito adds, and their other settings."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import App
from tests.support.providers import (
    APPLE,
    CREDENTIALS,
    ISSUER,
    OIDC,
    create_provider,
    describe_provider,
    update_provider,
)

ADDED: dict[str, dict[str, str]] = {
    "Google": {
        "attributes_url": "https://people.googleapis.com/v1/people/me?personFields=",
        "attributes_url_add_attributes": "true",
        "authorize_url": "https://accounts.google.com/o/oauth2/v2/auth",
        "oidc_issuer": "https://accounts.google.com",
        "token_request_method": "POST",
        "token_url": "https://www.googleapis.com/oauth2/v4/token",
    },
    "Facebook": {
        "api_version": "v17.0",
        "attributes_url": "https://graph.facebook.com/v17.0/me?fields=",
        "attributes_url_add_attributes": "true",
        "authorize_url": "https://www.facebook.com/v17.0/dialog/oauth",
        "token_request_method": "GET",
        "token_url": "https://graph.facebook.com/v17.0/oauth/access_token",
    },
    "LoginWithAmazon": {
        "attributes_url": "https://api.amazon.com/user/profile",
        "attributes_url_add_attributes": "false",
        "authorize_url": "https://www.amazon.com/ap/oa",
        "token_request_method": "POST",
        "token_url": "https://api.amazon.com/auth/o2/token",
    },
    "SignInWithApple": {
        "attributes_url_add_attributes": "false",
        "authorize_url": "https://appleid.apple.com/auth/authorize",
        "oidc_issuer": "https://appleid.apple.com",
        "token_request_method": "POST",
        "token_url": "https://appleid.apple.com/auth/token",
    },
    "OIDC": {"attributes_url_add_attributes": "false"},
}
SUBJECT = {"Google": "sub", "Facebook": "id", "LoginWithAmazon": "user_id", "SignInWithApple": "sub", "OIDC": "sub"}


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool(Schema=[{"Name": "team", "AttributeDataType": "String"}])


@pytest.mark.parametrize("kind", ADDED)
def test_cognito_adds_the_details_that_it_knows(app: App, kind: str) -> None:
    given = APPLE if kind == "SignInWithApple" else OIDC if kind == "OIDC" else CREDENTIALS
    created = create_provider(app, kind)
    returned = {name: value for name, value in given.items() if name != "private_key"}
    assert created["ProviderDetails"] == {**returned, **ADDED[kind]}
    assert created["AttributeMapping"] == {"username": SUBJECT[kind]}
    assert (created["ProviderName"], created["ProviderType"], created["IdpIdentifiers"]) == (kind, kind, [])
    assert created["UserPoolId"] == app.pool_id
    assert created["CreationDate"] == created["LastModifiedDate"]
    assert describe_provider(app, kind) == created


def test_facebook_of_a_version(app: App) -> None:
    details = create_provider(app, "Facebook", ProviderDetails={**CREDENTIALS, "api_version": "v20.0"})[
        "ProviderDetails"
    ]
    assert details["authorize_url"] == "https://www.facebook.com/v20.0/dialog/oauth"
    assert details["token_url"] == "https://graph.facebook.com/v20.0/oauth/access_token"


def test_the_endpoints_of_an_openid_provider_are_discovered_where_the_request_has_none(
    cognito: Cognito, app: App
) -> None:
    endpoints = {"authorization_endpoint": "a", "token_endpoint": "t", "userinfo_endpoint": "u"}
    document = {name: f"{ISSUER}/{path}" for name, path in endpoints.items()}
    cognito.publish(f"{ISSUER}/.well-known/openid-configuration", json.dumps(document))
    details = create_provider(app, "OIDC", "Acme", ProviderDetails={**OIDC, "token_url": f"{ISSUER}/mine"})
    found = {name: value for name, value in details["ProviderDetails"].items() if name not in OIDC}
    assert found == {
        "authorize_url": f"{ISSUER}/a",
        "token_url": f"{ISSUER}/mine",
        "attributes_url": f"{ISSUER}/u",
        "attributes_url_add_attributes": "false",
    }


def test_the_mapping_names_attributes_of_the_pool(app: App) -> None:
    mapping = {"email": "email", "custom:team": "groups"}
    created = create_provider(app, AttributeMapping=mapping)
    assert created["AttributeMapping"] == {"username": "sub", **mapping}


def test_an_update_replaces_what_it_has(cognito: Cognito, app: App) -> None:
    created = create_provider(app, AttributeMapping={"email": "email"}, IdpIdentifiers=["g"])
    cognito.clock.advance(minutes=5)
    updated = update_provider(app, AttributeMapping={"name": "name"})
    assert updated["AttributeMapping"] == {"username": "sub", "name": "name"}
    assert {**updated, "AttributeMapping": 0, "LastModifiedDate": 0} == {
        **created,
        "AttributeMapping": 0,
        "LastModifiedDate": 0,
    }
    assert updated["LastModifiedDate"] > created["LastModifiedDate"]
    other = update_provider(app, ProviderDetails={**CREDENTIALS, "client_id": "you"}, IdpIdentifiers=[])
    assert (other["ProviderDetails"]["client_id"], other["IdpIdentifiers"]) == ("you", [])
    assert describe_provider(app) == other


def test_what_is_described_can_be_sent_back(app: App) -> None:
    details = create_provider(app, "SignInWithApple")["ProviderDetails"]
    assert update_provider(app, "SignInWithApple", ProviderDetails=details)["ProviderDetails"] == details


@pytest.mark.needs("CreateIdentityProviderRequest.AcrMapping")
def test_the_levels_of_authentication_of_an_openid_provider(app: App) -> None:
    levels = {"Level1": "urn:pwd", "Level2": "urn:mfa"}
    assert create_provider(app, "OIDC", "Acme", AcrMapping=levels)["AcrMapping"] == levels
    assert "AcrMapping" not in update_provider(app, "Acme", AcrMapping={})


def test_a_provider_has_identifiers(app: App) -> None:
    acme = create_provider(app, "OIDC", "Acme", IdpIdentifiers=["acme.example.com", "acme"])
    for identifier in ("acme", "acme.example.com"):
        found = app.call("get_identity_provider_by_identifier", UserPoolId=app.pool_id, IdpIdentifier=identifier)
        assert found["IdentityProvider"] == acme
    update_provider(app, "Acme", IdpIdentifiers=["acme"])  # its own, still
    create_provider(app, "Google", IdpIdentifiers=["acme.example.com"])  # let go by the other


def test_providers_are_listed_by_name(app: App) -> None:
    for name in ("Zeta", "Acme", "Beta"):
        create_provider(app, "OIDC", name)
    pages = app.pages("list_identity_providers", 2)
    assert [[each["ProviderName"] for each in page["Providers"]] for page in pages] == [["Acme", "Beta"], ["Zeta"]]
    described = describe_provider(app, "Acme")
    listed = ("ProviderName", "ProviderType", "CreationDate", "LastModifiedDate")
    assert pages[0]["Providers"][0] == {name: described[name] for name in listed}


def test_a_page_has_at_most_50(app: App) -> None:
    for number in range(51):
        create_provider(app, "OIDC", f"Acme{number:02}")
    listed = app.call("list_identity_providers", UserPoolId=app.pool_id, MaxResults=60)
    assert (len(listed["Providers"]), "NextToken" in listed) == (50, True)


def test_a_provider_has_a_group_of_its_users(app: App) -> None:
    create_provider(app)
    group = app.call("get_group", UserPoolId=app.pool_id, GroupName=f"{app.pool_id}_Google")["Group"]
    assert group["Description"] == "Autogenerated group for users who sign in using Google"
    assert {"RoleArn", "Precedence"}.isdisjoint(group)


def test_a_client_offers_the_providers_that_there_are(app: App) -> None:
    create_provider(app)
    supported: dict[str, Any] = {"SupportedIdentityProviders": ["COGNITO", "Google"]}
    client = app.pool.create_client(**supported)
    ids = {"UserPoolId": app.pool_id, "ClientId": client.id}
    app.call("delete_identity_provider", UserPoolId=app.pool_id, ProviderName="Google")
    described = app.call("describe_user_pool_client", **ids)["UserPoolClient"]
    assert described["SupportedIdentityProviders"] == ["COGNITO", "Google"], "it keeps the name until it is updated"
    with pytest.raises(app.idp.exceptions.InvalidParameterException, match="The provider Google does not exist"):
        app.call("update_user_pool_client", **ids, **supported)
