"""Roles and mappings that an identity pool can't have."""

from __future__ import annotations

import pytest

from pytest_cognito import Cognito, IdentityPool, User
from tests.support.identity_pools import ALL_PROVIDERS, CLIENT, OIDC, SAML, USER_POOL, role

from .conftest import Explained

BY_TOKEN = {"Type": "Token", "AmbiguousRoleResolution": "Deny"}
PUBLIC = "accounts.google.com, api.twitter.com, graph.facebook.com"


@pytest.fixture
def everybody(cognito: Cognito) -> IdentityPool:
    """An identity pool with providers of every kind."""
    return cognito.create_identity_pool(**ALL_PROVIDERS)


def test_a_mapping_is_explained_by_those_that_the_pool_can_have(everybody: IdentityPool, explained: Explained) -> None:
    (said,) = explained(lambda: everybody.call("SetIdentityPoolRoles", Roles={}, RoleMappings={USER_POOL: BY_TOKEN}))
    assert said == f"role mappings of {everybody.id} can be for {USER_POOL}:{CLIENT}, {PUBLIC}, {OIDC}, {SAML}"


def test_principal_tags_are_explained_by_the_pools_providers(everybody: IdentityPool, explained: Explained) -> None:
    names = {"IdentityProviderName": f"{USER_POOL}:{CLIENT}"}
    (said,) = explained(lambda: everybody.call("GetPrincipalTagAttributeMap", **names))
    assert said.startswith(f"principal tags of {everybody.id} can be from {USER_POOL}, idp.example.com/realm, ")


def test_a_pool_without_providers(cognito: Cognito, explained: Explained) -> None:
    pool = cognito.create_identity_pool()
    (said,) = explained(lambda: pool.call("SetIdentityPoolRoles", Roles={}, RoleMappings={USER_POOL: BY_TOKEN}))
    assert said == f"role mappings of {pool.id} can be for nobody: it has no providers"


def test_a_role_is_explained_by_the_account(everybody: IdentityPool, explained: Explained) -> None:
    roles = {"authenticated": role("app", "999999999999")}
    (said,) = explained(lambda: everybody.call("SetIdentityPoolRoles", Roles=roles))
    assert said == f"roles of {everybody.id} are ARNs of roles of its account, 123456789012"


def test_who_asks_a_pool_without_providers(cognito: Cognito, cognito_user: User, explained: Explained) -> None:
    pool = cognito.create_identity_pool()
    (said,) = explained(lambda: pool.identity_of(cognito_user))
    assert said.startswith(f"{pool.id} (pytest) was created without: for the users of a user pool write Cognito")


def test_the_issuer_in_place_of_the_name_of_a_user_pool(
    cognito: Cognito, cognito_identity_pool: IdentityPool, cognito_user: User, explained: Explained
) -> None:
    issuer = cognito_user.pool.issuer
    users = {"ProviderName": issuer, "ClientId": CLIENT}
    logins = {issuer: cognito_user.tokens().id_token}

    (named,) = explained(lambda: cognito.create_identity_pool(CognitoIdentityProviders=[users]))
    (sent,) = explained(lambda: cognito_identity_pool.identity_of(logins))

    assert named.startswith("ProviderName https://cognito-idp.")
    assert sent.startswith("Logins https://cognito-idp.")
    form = ": the name of a user pool is its issuer without https://, user_pool.provider_name"
    assert named.endswith(form)
    assert sent.endswith(form)
