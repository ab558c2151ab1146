"""Identity providers that AWS refuses, and what stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import App
from tests.support.providers import (
    APPLE,
    CREDENTIALS,
    DETAILS,
    OIDC,
    SAML,
    create_provider,
    describe_provider,
    metadata,
    update_provider,
)
from tests.support.recoveries import Recovery
from tests.support.refusals import PAGINATION_TOKEN_INVALID, Refusal, invalid_parameter, no_pool, refusal

SOCIAL_DETAILS = invalid_parameter("clientId, clientSecret and authorizeScopes are all required idp details.")
APPLE_DETAILS = invalid_parameter("clientId, privateKey, teamId, and keyId are all required idp details.")
OIDC_DETAILS = invalid_parameter(
    "clientId, authorizeScopes, oidcIssuer and attributesRequestMethod are all required idp details."
)
NO_METADATA = invalid_parameter("At least one of the MetadataURL or MetadataFile should be provided.")
TWO_METADATA = invalid_parameter("Only one of the MetadataURL or MetadataFile should be provided.")
NO_REDIRECT = invalid_parameter("No SingleSignOn Http redirect binding location found in metadata.")
NO_HTTPS = invalid_parameter("OIDC endpoint must start with https://")
NO_PROVIDER = Refusal("ResourceNotFoundException", "Identity provider Google does not exist.")
NOT_FETCHED = "Error retrieving metadata from "


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool()


def without(details: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in details.items() if key != name}


@pytest.mark.parametrize(
    ("kind", "details", "expected"),
    [
        ("Google", without(CREDENTIALS, "client_secret"), SOCIAL_DETAILS),
        ("Facebook", {**CREDENTIALS, "client_id": ""}, SOCIAL_DETAILS),
        ("SignInWithApple", without(APPLE, "private_key"), APPLE_DETAILS),
        ("OIDC", without(OIDC, "oidc_issuer"), OIDC_DETAILS),
        ("OIDC", {**OIDC, "oidc_issuer": "http://id.example.com"}, NO_HTTPS),
        ("OIDC", {**OIDC, "token_url": "http://id.example.com/token"}, NO_HTTPS),
        ("SAML", {}, NO_METADATA),
        ("SAML", {**SAML, "MetadataURL": "https://idp.example.com/m"}, TWO_METADATA),
        ("SAML", {"MetadataFile": metadata("urn:oasis:names:tc:SAML:2.0:bindings:SOAP")}, NO_REDIRECT),
        ("SAML", {"MetadataFile": "<a>"}, invalid_parameter("Unable to unmarshall metadata")),
        ("SAML", {"MetadataURL": "ftp://a.example/m"}, invalid_parameter(f"{NOT_FETCHED}ftp://a.example/m")),
        ("SAML", {"MetadataURL": "https://a.example:99/m"}, invalid_parameter(f"{NOT_FETCHED}https://a.example:99/m")),
        ("SAML", {"MetadataURL": "https://[/m"}, invalid_parameter(f"{NOT_FETCHED}https://[/m")),
    ],
)
def test_details(app: App, kind: str, details: dict[str, str], expected: Refusal) -> None:
    assert refusal(create_provider, app=app, provider_type=kind, ProviderDetails=details) == expected
    assert app.call("list_identity_providers", UserPoolId=app.pool_id)["Providers"] == []
    assert app.pool.groups == []


def test_the_method_for_attributes(app: App) -> None:
    details = {**OIDC, "attributes_request_method": "PUT"}
    answer = refusal(create_provider, app=app, provider_type="OIDC", ProviderDetails=details)
    assert answer.code == "InvalidParameterException"
    assert answer.message.endswith("Member must satisfy enum value set: [POST, GET]")


@pytest.mark.parametrize(("name", "kind"), [("Acme", "Google"), ("Google", "OIDC"), ("Facebook", "LoginWithAmazon")])
def test_a_social_provider_has_the_name_of_its_type(app: App, name: str, kind: str) -> None:
    answer = refusal(create_provider, app=app, provider_type=kind, name=name)
    assert answer == invalid_parameter(f"Provider {name} cannot be of type {kind}.")


@pytest.mark.parametrize("name", ["ab", "_Acme", "Acme_", "my idp"])
def test_names(app: App, name: str) -> None:
    answer = refusal(create_provider, app=app, provider_type="OIDC", name=name)
    assert answer.code == "InvalidParameterException"
    assert "Member must satisfy regular expression pattern" in answer.message


def test_a_name_that_there_is(app: App) -> None:
    create_provider(app)
    expected = Refusal("DuplicateProviderException", f"Google already exists in user pool {app.pool_id}")
    assert refusal(create_provider, app=app) == expected


def test_the_pool_itself_is_no_external_provider(app: App) -> None:
    assert refusal(create_provider, app=app, provider_type="OIDC", name="COGNITO").code == "InvalidParameterException"
    for operation in ("update_identity_provider", "delete_identity_provider"):
        call = getattr(app.idp, operation)
        answer = refusal(call, UserPoolId=app.pool_id, ProviderName="COGNITO")
        assert answer.code == "UnsupportedIdentityProviderException"


@pytest.mark.parametrize(
    ("mapping", "named"),
    [({"custom:team": "team", "email": "email"}, "custom:team"), ({"sub": "sub", "nose": "n"}, "sub, nose")],
)
def test_mappings(app: App, mapping: dict[str, str], named: str) -> None:
    expected = invalid_parameter(f"AttributeMapping contains invalid mapping: [{named}]")
    assert refusal(create_provider, app=app, AttributeMapping=mapping) == expected
    created = create_provider(app)
    assert refusal(update_provider, app=app, AttributeMapping=mapping, IdpIdentifiers=["x"]) == expected
    assert describe_provider(app) == created


def test_identifiers(app: App) -> None:
    create_provider(app, IdpIdentifiers=["mine"])
    for identifiers in (["mine"], ["a", "b", "a"]):
        answer = refusal(create_provider, app=app, provider_type="Facebook", IdpIdentifiers=identifiers)
        assert answer.code == "InvalidParameterException"
    find: Any = app.idp.get_identity_provider_by_identifier
    assert refusal(find, UserPoolId=app.pool_id, IdpIdentifier="b").code == "ResourceNotFoundException"


@pytest.mark.needs("CreateIdentityProviderRequest.AcrMapping")
def test_levels_of_authentication_of_another_type(app: App) -> None:
    answer = refusal(create_provider, app=app, AcrMapping={"Level1": "urn:pwd"})
    assert answer.code == "InvalidParameterException"


def test_there_are_300_at_most(app: App) -> None:
    for number in range(300):
        app.pool.call(
            "CreateIdentityProvider", ProviderName=f"P{number:03}", ProviderType="OIDC", ProviderDetails=DETAILS["OIDC"]
        )
    assert refusal(create_provider, app=app).code == "LimitExceededException"


def test_a_provider_that_there_is_not(app: App) -> None:
    calls: list[Callable[..., object]] = [
        app.idp.describe_identity_provider,
        app.idp.update_identity_provider,
        app.idp.delete_identity_provider,
    ]
    for call in calls:
        assert refusal(call, UserPoolId=app.pool_id, ProviderName="Google") == NO_PROVIDER
    create_provider(app)
    app.call("delete_identity_provider", UserPoolId=app.pool_id, ProviderName="Google")
    assert refusal(describe_provider, app=app) == NO_PROVIDER


def test_a_pool_that_there_is_not(app: App) -> None:
    nowhere = "us-east-1_Nowhere00"
    call: Callable[..., object] = app.idp.list_identity_providers
    assert refusal(call, UserPoolId=nowhere) == no_pool(nowhere)
    app.pool_id = nowhere
    assert refusal(create_provider, app=app) == no_pool(nowhere)


def test_a_token_of_another_listing(app: App) -> None:
    call: Callable[..., object] = app.idp.list_identity_providers
    assert refusal(call, UserPoolId=app.pool_id, NextToken="abc") == PAGINATION_TOKEN_INVALID


@pytest.mark.needs("InitiatePointInTimeRecovery")
def test_none_is_made_while_the_pool_is_recovered(cognito: Cognito, app: App) -> None:
    """The group of its users would be made, too."""
    cognito.clock.advance(hours=2)
    recovery = Recovery.begin(app)
    refused = refusal(create_provider, app=app)
    assert refused.code == "InvalidParameterException"
    assert "paused" in refused.message
    assert app.call("list_identity_providers", UserPoolId=app.pool_id)["Providers"] == []

    recovery.call("cancel")
    create_provider(app)
