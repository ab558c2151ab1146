"""A pool, client or group that isn't there, and settings that stand in the way."""

from __future__ import annotations

from pytest_cognito.cognito import Cognito, UserPool

from .calls import sign_up
from .conftest import Explained


def test_a_flow_that_is_off_is_explained_by_those_that_are_on(pool: UserPool, explained: Explained) -> None:
    client = pool.create_client(ExplicitAuthFlows=["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])
    parameters = {"USERNAME": "alice", "PASSWORD": "x"}

    (said,) = explained(
        lambda: Cognito(pool.world).call(
            "InitiateAuth", AuthFlow="USER_PASSWORD_AUTH", ClientId=client.id, AuthParameters=parameters
        )
    )

    assert said == f"ExplicitAuthFlows of {client.id}: ALLOW_CUSTOM_AUTH, ALLOW_REFRESH_TOKEN_AUTH"


def test_an_unknown_client_is_explained_by_those_there_are(pool: UserPool, explained: Explained) -> None:
    client = pool.client

    (said,) = explained(
        lambda: Cognito(pool.world).call("ConfirmSignUp", ClientId="nope", Username="alice", ConfirmationCode="1")
    )

    assert said == f"app clients: {client.id} (pytest) of {pool.id}"


def test_a_client_of_another_pool(pool: UserPool, explained: Explained) -> None:
    other = Cognito(pool.world).create_user_pool()
    client = other.client

    said = explained(lambda: pool.call("DescribeUserPoolClient", ClientId=client.id))

    assert said[1] == f"{client.id} is a client of {other.id}, not of {pool.id}"


def test_a_client_of_another_region(pool: UserPool, explained: Explained) -> None:
    client = pool.client
    parameters = {"USERNAME": "alice", "PASSWORD": "x"}

    said = explained(
        lambda: Cognito(pool.world).call(
            "InitiateAuth",
            region="eu-west-1",
            AuthFlow="USER_PASSWORD_AUTH",
            ClientId=client.id,
            AuthParameters=parameters,
        )
    )

    assert said[1] == f"{client.id} is in us-east-1; the call went to eu-west-1"


def test_an_unknown_pool_is_explained_by_those_there_are(pool: UserPool, explained: Explained) -> None:
    said = explained(lambda: Cognito(pool.world).call("DescribeUserPool", UserPoolId="us-east-1_nope"))

    assert said == [f"user pools: {pool.id} (pytest)"]


def test_a_pool_of_another_region(pool: UserPool, explained: Explained) -> None:
    said = explained(lambda: Cognito(pool.world).call("DescribeUserPool", region="eu-west-1", UserPoolId=pool.id))

    assert said[1] == f"{pool.id} is in us-east-1; the call went to eu-west-1"


def test_an_unknown_group_is_explained_by_those_there_are(pool: UserPool, explained: Explained) -> None:
    assert explained(lambda: pool.call("GetGroup", GroupName="x")) == [f"{pool.id} has no groups"]
    pool.create_group("admins")
    assert explained(lambda: pool.call("GetGroup", GroupName="x")) == [f"groups of {pool.id}: admins"]


def test_sign_up_that_is_off(cognito: Cognito, explained: Explained) -> None:
    pool = cognito.create_user_pool(AdminCreateUserConfig={"AllowAdminCreateUserOnly": True})

    assert explained(lambda: sign_up(pool)) == [f"{pool.id} has AdminCreateUserConfig.AllowAdminCreateUserOnly=True"]


def test_a_missing_secret_hash(pool: UserPool, explained: Explained) -> None:
    client = pool.create_client(GenerateSecret=True)

    (said,) = explained(
        lambda: Cognito(pool.world).call("SignUp", ClientId=client.id, Username="bob", Password="Passw0rd!")
    )

    assert said == f"{client.id} has a secret: SECRET_HASH is base64(HMAC-SHA256(secret, 'bob' + client id))"
