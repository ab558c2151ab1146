"""Attributes for access control: the claims of a provider that become principal tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.identity_pools import ALL_PROVIDERS, CLIENT, OIDC, SAML, USER_POOL
from tests.support.refusals import invalid_parameter, refusal

if TYPE_CHECKING:
    from types_boto3_cognito_identity import CognitoIdentityClient


@pytest.fixture
def pool_id(cognito_identity: CognitoIdentityClient) -> str:
    """A pool with something of everything."""
    return cognito_identity.create_identity_pool(**ALL_PROVIDERS)["IdentityPoolId"]


def mapping(client: CognitoIdentityClient, pool_id: str, provider: str) -> tuple[bool, dict[str, str]]:
    found = client.get_principal_tag_attribute_map(IdentityPoolId=pool_id, IdentityProviderName=provider)
    assert (found["IdentityPoolId"], found["IdentityProviderName"]) == (pool_id, provider)
    return found["UseDefaults"], found["PrincipalTags"]


@pytest.mark.parametrize("provider", [USER_POOL, "accounts.google.com", OIDC, "idp.example.com/realm", SAML])
def test_a_mapping_of_a_provider_is_replaced(
    cognito_identity: CognitoIdentityClient, pool_id: str, provider: str
) -> None:
    names: dict[str, Any] = {"IdentityPoolId": pool_id, "IdentityProviderName": provider}
    assert mapping(cognito_identity, pool_id, provider) == (False, {})

    tags = {"department": "custom:department"}
    answer = dict(cognito_identity.set_principal_tag_attribute_map(**names, PrincipalTags=tags))
    assert answer.pop("ResponseMetadata")
    assert answer == {**names, "UseDefaults": False, "PrincipalTags": tags}
    assert mapping(cognito_identity, pool_id, provider) == (False, tags)

    cognito_identity.set_principal_tag_attribute_map(**names, UseDefaults=True)
    assert mapping(cognito_identity, pool_id, provider) == (True, {})


@pytest.mark.parametrize("provider", ["www.amazon.com", f"{USER_POOL}:{CLIENT}", "login.example.com"])
def test_a_provider_has_to_be_one_of_the_pool(
    cognito_identity: CognitoIdentityClient, pool_id: str, provider: str
) -> None:
    names = {"IdentityPoolId": pool_id, "IdentityProviderName": provider}
    unknown = invalid_parameter(f"{provider} is not a configured provider of this identity pool.")
    assert refusal(cognito_identity.set_principal_tag_attribute_map, **names, UseDefaults=True) == unknown
    assert refusal(cognito_identity.get_principal_tag_attribute_map, **names) == unknown
