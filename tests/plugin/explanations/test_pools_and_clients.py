"""A pool, client or group that isn't there, and settings that stand in the way."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool

from .calls import sign_up
from .conftest import Explained

FLOWS = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]


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


def refuse_sign_up(pool: UserPool, client_id: str, **more: Any) -> object:
    return Cognito(pool.world).call("SignUp", ClientId=client_id, Username="bob", Password="Passw0rd!", **more)


def refuse_sign_in(pool: UserPool, client_id: str, **more: str) -> object:
    return Cognito(pool.world).call(
        "InitiateAuth", AuthFlow="USER_PASSWORD_AUTH", ClientId=client_id, AuthParameters={"USERNAME": "ALICE", **more}
    )


def test_a_missing_secret_hash(pool: UserPool, explained: Explained) -> None:
    client = pool.create_client(GenerateSecret=True)
    has = f"{client.id} has a secret:"

    assert explained(lambda: refuse_sign_up(pool, client.id)) == [
        f"{has} SecretHash is base64(HMAC-SHA256(secret, 'bob' + client id))"
    ]
    assert explained(lambda: refuse_sign_in(pool, client.id)) == [
        f"{has} SECRET_HASH is base64(HMAC-SHA256(secret, 'ALICE' + client id))"
    ]


def test_a_secret_hash_for_a_client_without_a_secret(pool: UserPool, explained: Explained) -> None:
    client = pool.client

    assert explained(lambda: refuse_sign_up(pool, client.id, SecretHash="c2VjcmV0")) == [
        f"{client.id} has no secret: leave SecretHash out"
    ]
    assert explained(lambda: refuse_sign_in(pool, client.id, PASSWORD="x", SECRET_HASH="c2VjcmV0")) == [
        f"{client.id} has no secret: leave SECRET_HASH out"
    ]


@pytest.mark.needs("GetTokensFromRefreshToken")
@pytest.mark.parametrize("generated", [True, False])
def test_operations_that_take_the_secret_itself(pool: UserPool, explained: Explained, generated: bool) -> None:
    client = pool.create_client(GenerateSecret=generated)
    given: dict[str, Any] = {} if generated else {"ClientSecret": "s" * 24}

    (said,) = explained(
        lambda: Cognito(pool.world).call("GetTokensFromRefreshToken", ClientId=client.id, RefreshToken="gone", **given)
    )

    what = (
        "has a secret, which is the ClientSecret of this call" if generated else "has no secret: leave ClientSecret out"
    )
    assert said == f"{client.id} {what}"


def test_the_secret_hash_of_a_refresh_is_of_the_user_whatever_the_call_names(
    pool: UserPool, explained: Explained
) -> None:
    client = pool.create_client(GenerateSecret=True, ExplicitAuthFlows=FLOWS)
    parameters = {"USERNAME": "alice", "PASSWORD": pool.user("alice").password or ""}
    hashed = {"SECRET_HASH": client.secret_hash("alice")}

    def sign_in(flow: str, **given: str) -> dict[str, Any]:
        return Cognito(pool.world).call("InitiateAuth", AuthFlow=flow, ClientId=client.id, AuthParameters=given)

    token = sign_in("USER_PASSWORD_AUTH", **parameters, **hashed)["AuthenticationResult"]["RefreshToken"]
    wrong = {"USERNAME": "somebody", "SECRET_HASH": client.secret_hash("somebody")}

    (said,) = explained(lambda: sign_in("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=token, **wrong))

    assert said.endswith("base64(HMAC-SHA256(secret, 'alice' + client id))")


def test_required_attributes_are_told_only_if_one_is_missing(cognito: Cognito, explained: Explained) -> None:
    pool = cognito.create_user_pool(Schema=[{"Name": "email", "Required": True}])

    assert explained(lambda: sign_up(pool, **{"custom:x": "1"})) == []
    assert explained(lambda: refuse_sign_up(pool, pool.client.id)) == [f"required attributes of {pool.id}: email"]


@pytest.mark.needs("InitiatePointInTimeRecovery")
def test_a_pause_of_writes_is_explained_by_the_recovery(cognito: Cognito, pool: UserPool, explained: Explained) -> None:
    moment = cognito.clock.now()
    cognito.clock.advance(hours=1)
    recovery = pool.call("InitiatePointInTimeRecovery", RestoreTimestamp=moment)["Restoration"]["RestoreId"]

    assert explained(lambda: sign_up(pool)) == [
        f"recovery {recovery} is PREVIEW_GENERATING: start it, or cancel it",
    ]
    pool.call("DescribePointInTimeRecovery", RestoreId=recovery)
    pool.call("StartPointInTimeRecovery", RestoreId=recovery)
    assert explained(lambda: sign_up(pool)) == [
        f"recovery {recovery} is RESTORING: DescribePointInTimeRecovery sees its end",
    ]


def test_the_triggers_of_custom_authentication(pool: UserPool, explained: Explained) -> None:
    client = pool.create_client(ExplicitAuthFlows=["ALLOW_CUSTOM_AUTH"])
    pool.set_trigger("DefineAuthChallenge", lambda event, context: event)

    def sign_in() -> None:
        user = {"USERNAME": "alice"}
        Cognito(pool.world).call("InitiateAuth", ClientId=client.id, AuthFlow="CUSTOM_AUTH", AuthParameters=user)

    assert explained(sign_in) == [f"LambdaConfig of {pool.id} has no CreateAuthChallenge, VerifyAuthChallengeResponse"]
