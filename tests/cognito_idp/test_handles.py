"""The handles of pools and app clients, and ids that are pinned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import requests

from pytest_cognito import mock_cognito
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import App
from tests.support.jwts import claims

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient


FIXED = "eu-west-1_Fixed0001"


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool(PoolName="app", AutoVerifiedAttributes=["email"])


def test_a_pool_is_made_as_boto3_makes_it(app: App, pool: UserPool) -> None:
    described = app.idp.describe_user_pool(UserPoolId=pool.id)["UserPool"]
    assert (pool.name, pool.arn, pool.region) == ("app", described["Arn"], "us-east-1")
    assert described["AutoVerifiedAttributes"] == ["email"]


def test_a_pool_says_where_its_tokens_come_from(pool: UserPool) -> None:
    assert pool.issuer == f"https://cognito-idp.us-east-1.amazonaws.com/{pool.id}"
    assert pool.jwks_uri == f"{pool.issuer}/.well-known/jwks.json"


def test_a_pool_in_another_region(cognito: Cognito) -> None:
    pool = cognito.create_user_pool(region="eu-west-1")
    assert pool.id.startswith("eu-west-1_")
    assert pool not in cognito.pools
    pool.create_user("alice")
    assert claims(pool.user("alice").sign_in().id_token)["iss"] == pool.issuer


def test_the_pools_of_the_region(cognito: Cognito, pool: UserPool) -> None:
    other = cognito.create_user_pool()
    assert [one.id for one in cognito.pools] == [pool.id, other.id]


def test_the_first_client_is_made_when_it_is_asked_for(pool: UserPool) -> None:
    assert pool.clients == []
    client = pool.client
    assert pool.client.id == client.id
    assert client.secret is None
    assert "ALLOW_USER_PASSWORD_AUTH" in client.flows


def test_a_client_as_boto3_makes_it(app: App, pool: UserPool) -> None:
    client = pool.create_client(ClientName="web", GenerateSecret=True, IdTokenValidity=2)
    described = app.idp.describe_user_pool_client(UserPoolId=pool.id, ClientId=client.id)["UserPoolClient"]
    assert (client.name, client.secret) == ("web", described["ClientSecret"])
    assert described["IdTokenValidity"] == 2


def test_a_client_without_a_secret_has_no_hash(pool: UserPool) -> None:
    with pytest.raises(LookupError, match="has no secret"):
        pool.client.secret_hash("alice")


def test_errors_of_the_handles_are_awss(cognito: Cognito, pool: UserPool) -> None:
    with pytest.raises(AWSError, match="UserNotFoundException: User does not exist"):
        pool.user("nobody")
    with pytest.raises(AWSError, match="InvalidParameterException"):
        cognito.create_user_pool(MfaConfiguration="MAYBE")


def test_a_handle_of_what_is_gone_says_so(app: App, pool: UserPool) -> None:
    alice, client = pool.create_user("alice"), pool.client
    app.idp.admin_delete_user(UserPoolId=pool.id, Username="alice")
    app.idp.delete_user_pool_client(UserPoolId=pool.id, ClientId=client.id)
    with pytest.raises(LookupError, match="alice is no longer"):
        _ = alice.status
    with pytest.raises(LookupError, match="no longer exists"):
        _ = client.name
    app.idp.delete_user_pool(UserPoolId=pool.id)
    with pytest.raises(LookupError, match="no longer exists"):
        _ = pool.name


def test_what_was_passed_may_be_changed_afterwards(cognito: Cognito) -> None:
    """The pool keeps what it was given then, not the dict of the test."""
    policy = {"PasswordPolicy": {"MinimumLength": 12}}
    pool = cognito.create_user_pool(Policies=policy)

    policy["PasswordPolicy"]["MinimumLength"] = 6

    described = pool.call("DescribeUserPool")["UserPool"]
    assert described["Policies"]["PasswordPolicy"]["MinimumLength"] == 12


# Pinned ids


def test_ids_can_be_pinned(cognito: Cognito) -> None:
    pool = cognito.create_user_pool(id=FIXED)
    client = pool.create_client(id="fixedclient")
    alice = pool.create_user("alice", sub="11111111-2222-3333-4444-555555555555")
    tokens = alice.sign_in()
    assert (pool.id, pool.region, client.id) == (FIXED, "eu-west-1", "fixedclient")
    assert tokens.claims["sub"] == alice.sub == "11111111-2222-3333-4444-555555555555"
    assert tokens.id_claims["aud"] == "fixedclient"
    assert tokens.claims["iss"] == f"https://cognito-idp.eu-west-1.amazonaws.com/{FIXED}"


def test_a_tag_pins_the_id_of_a_pool(cognito_idp: CognitoIdentityProviderClient) -> None:
    made = cognito_idp.create_user_pool(PoolName="app", UserPoolTags={"_custom_id_": "us-east-1_Tagged01"})
    assert made["UserPool"]["Id"] == "us-east-1_Tagged01"


def test_a_pinned_pool_keeps_its_keys_from_world_to_world() -> None:
    published = []
    for _ in range(2):
        with mock_cognito() as cognito:
            cognito.create_user_pool()
            pool = cognito.create_user_pool(id=FIXED)
            published.append(requests.get(pool.jwks_uri, timeout=5).json())
    assert published[0] == published[1]


def test_two_pools_of_one_world_share_no_key(cognito: Cognito) -> None:
    pools = [cognito.create_user_pool(), cognito.create_user_pool(), cognito.create_user_pool(id=FIXED)]
    keys = [key["n"] for pool in pools for key in requests.get(pool.jwks_uri, timeout=5).json()["keys"]]
    assert len(set(keys)) == 6
