"""Identity providers, and users who are linked to identities there."""

from __future__ import annotations

from typing import Any

from tests.conformance.scenarios.common import NO_POOL, NOWHERE, a_pool, a_user, scenario, scenario_with
from tests.conformance.transport import Transport
from tests.support.providers import CREDENTIALS, OIDC, SAML


@scenario
def identity_providers(transport: Transport) -> None:
    pool: dict[str, Any] = {"UserPoolId": a_pool(transport)}
    google = {**pool, "ProviderName": "Google"}
    details: dict[str, Any] = {
        "ProviderType": "Google",
        "ProviderDetails": CREDENTIALS,
        "AttributeMapping": {"email": "email"},
    }
    transport.call("CreateIdentityProvider", **google, **details, IdpIdentifiers=["g"])
    transport.call("CreateIdentityProvider", **pool, ProviderName="Größe", ProviderType="SAML", ProviderDetails=SAML)
    transport.call("DescribeIdentityProvider", **google)
    transport.call("GetIdentityProviderByIdentifier", **pool, IdpIdentifier="g")
    listed = transport.call("ListIdentityProviders", **pool, MaxResults=1)
    transport.call("ListIdentityProviders", **pool, MaxResults=1, NextToken=listed["NextToken"])
    transport.call("UpdateIdentityProvider", **google, AttributeMapping={"name": "name"})
    transport.refused("CreateIdentityProvider", "DuplicateProviderException", **google, **details)
    mapping: dict[str, Any] = {"AttributeMapping": {"custom:größe": "x"}}
    transport.refused("UpdateIdentityProvider", "InvalidParameterException", **google, **mapping)
    transport.refused("ListIdentityProviders", NO_POOL, UserPoolId=NOWHERE)
    _link_users(transport, pool)
    transport.call("DeleteIdentityProvider", **google)
    for operation in ("DescribeIdentityProvider", "DeleteIdentityProvider", "UpdateIdentityProvider"):
        transport.refused(operation, "ResourceNotFoundException", **google)
    transport.refused("GetIdentityProviderByIdentifier", "ResourceNotFoundException", **pool, IdpIdentifier="g")


def _link_users(transport: Transport, pool: dict[str, Any]) -> None:
    a_user(transport, pool["UserPoolId"])
    identity = {
        "ProviderName": "Google",
        "ProviderAttributeName": "Cognito_Subject",
        "ProviderAttributeValue": "1",
    }
    link: dict[str, Any] = {
        **pool,
        "DestinationUser": {"ProviderName": "Cognito", "ProviderAttributeValue": "alice"},
        "SourceUser": identity,
    }
    transport.call("AdminLinkProviderForUser", **link)
    transport.call("AdminGetUser", **pool, Username="alice")
    transport.refused("AdminLinkProviderForUser", "InvalidParameterException", **link)
    transport.call("AdminDisableProviderForUser", **pool, User=identity)
    transport.refused("AdminDisableProviderForUser", "UserNotFoundException", **pool, User=identity)


@scenario_with("CreateIdentityProviderRequest.AcrMapping")
def authentication_levels_of_providers(transport: Transport) -> None:
    acme = {"UserPoolId": a_pool(transport), "ProviderName": "Acme"}
    levels: dict[str, Any] = {"AcrMapping": {"Level1": "urn:pwd"}}
    transport.call("CreateIdentityProvider", **acme, ProviderType="OIDC", ProviderDetails=OIDC, **levels)
    transport.call("UpdateIdentityProvider", **acme, AcrMapping={})
