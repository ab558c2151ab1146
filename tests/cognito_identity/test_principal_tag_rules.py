"""The principal tags that the claims of a login become."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito import Cognito
from pytest_cognito.cognito_identity.flows.principal_tags import tags_of
from pytest_cognito.cognito_identity.records import POOLS, PrincipalTags
from pytest_cognito.cognito_identity.rules import principal_tags
from pytest_cognito.federation.web_identity import WebIdentity
from tests.support.identity_pools import ALL_PROVIDERS, CLIENT, OIDC, SAML, USER_POOL

if TYPE_CHECKING:
    from types_boto3_cognito_identity import CognitoIdentityClient

NAME = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name"
NAME_IDENTIFIER = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier"


@pytest.fixture
def pool_id(cognito_identity: CognitoIdentityClient) -> str:
    """A pool with something of everything."""
    return cognito_identity.create_identity_pool(**ALL_PROVIDERS)["IdentityPoolId"]


def tags(cognito: Cognito, pool_id: str, *logins: WebIdentity) -> dict[str, str]:
    with cognito.world.handle_step("tags") as context:
        pool = context.table(POOLS).get(pool_id)
        assert pool is not None
        return tags_of(context, pool, logins)


def login(provider: str, audience: str, **claims: Any) -> WebIdentity:
    return WebIdentity(provider, "alice", audience, claims)


def test_without_a_mapping_there_are_no_tags(cognito: Cognito, pool_id: str) -> None:
    assert tags(cognito, pool_id) == {}
    assert tags(cognito, pool_id, login(USER_POOL, CLIENT, department="legal")) == {}


def test_by_default_they_are_the_application_and_the_user(
    cognito: Cognito, cognito_identity: CognitoIdentityClient, pool_id: str
) -> None:
    for provider in (USER_POOL, "graph.facebook.com", OIDC, SAML):
        cognito_identity.set_principal_tag_attribute_map(
            IdentityPoolId=pool_id, IdentityProviderName=provider, UseDefaults=True
        )
    assert tags(cognito, pool_id, login(USER_POOL, CLIENT)) == {"client": CLIENT, "username": "alice"}
    assert tags(cognito, pool_id, login("graph.facebook.com", "123")) == {"client": "123", "username": "alice"}
    assert tags(cognito, pool_id, login("idp.example.com/realm", "a")) == {"client": "a", "username": "alice"}
    assertion = login(SAML, "https://app.example.com", **{NAME: "Alice", NAME_IDENTIFIER: "a1"})
    assert tags(cognito, pool_id, assertion) == {"client": "a1", "username": "Alice"}


def test_a_mapping_names_the_claims(cognito: Cognito, cognito_identity: CognitoIdentityClient, pool_id: str) -> None:
    names = {"department": "custom:department", "level": "level", "user": "sub", "group": "groups", "none": "missing"}
    cognito_identity.set_principal_tag_attribute_map(
        IdentityPoolId=pool_id, IdentityProviderName=USER_POOL, PrincipalTags=names
    )
    user = login(USER_POOL, CLIENT, **{"custom:department": "legal", "level": 3, "groups": ["a", "b"]})
    assert tags(cognito, pool_id, user) == {"department": "legal", "level": "3", "user": "alice"}


def test_of_two_logins_the_first_counts(
    cognito: Cognito, cognito_identity: CognitoIdentityClient, pool_id: str
) -> None:
    for provider in (USER_POOL, "accounts.google.com"):
        cognito_identity.set_principal_tag_attribute_map(
            IdentityPoolId=pool_id, IdentityProviderName=provider, PrincipalTags={"email": "email", provider[:3]: "sub"}
        )
    google = login("accounts.google.com", "app", email="alice@gmail.com")
    user = login(USER_POOL, CLIENT, email="alice@example.com")
    assert tags(cognito, pool_id, google, user) == {"email": "alice@gmail.com", "acc": "alice", "cog": "alice"}


def test_tags_have_460_bytes_at_most(cognito: Cognito, cognito_identity: CognitoIdentityClient, pool_id: str) -> None:
    cognito_identity.set_principal_tag_attribute_map(
        IdentityPoolId=pool_id, IdentityProviderName=USER_POOL, PrincipalTags={"name": "name"}
    )
    assert tags(cognito, pool_id, login(USER_POOL, CLIENT, name="é" * 228)) == {"name": "é" * 228}
    with pytest.raises(AWSError) as refused:
        tags(cognito, pool_id, login(USER_POOL, CLIENT, name="é" * 229))
    assert refused.value.code == "InvalidParameterException"
    assert refused.value.message == "Packed size of session tags consumes 101% of allotted space."


@given(
    st.dictionaries(st.text("tué", min_size=1, max_size=3), st.sampled_from("abcd")),
    st.dictionaries(
        st.sampled_from("abc"), st.text("xé", max_size=2) | st.integers() | st.lists(st.text("xé"), max_size=2)
    ),
)
def test_a_tag_has_the_text_of_its_claim(names: dict[str, str], claims: dict[str, Any]) -> None:
    mapping = PrincipalTags("pool", USER_POOL, use_defaults=False, tags=names)
    found = principal_tags.of_login(mapping, WebIdentity(USER_POOL, "alice", CLIENT, claims))
    for tag, name in names.items():
        claim = claims.get(name)
        single = claim[0] if isinstance(claim, list) and len(claim) == 1 else claim
        assert found.get(tag) == (None if single is None or isinstance(single, list) else str(single))
    assert found.keys() <= names.keys()
