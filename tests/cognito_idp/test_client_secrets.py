"""The secrets of an app client, and how one takes over from another."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any

import pytest
import time_machine

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.refusals import refusal

OWN = "an+own+secret+of+the+caller"
REFUSED = "InvalidParameterException"
FLOWS = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool()


@pytest.fixture
def client(pool: UserPool) -> dict[str, str]:
    """The ids that every call about the secrets of a client names."""
    made = pool.create_client(GenerateSecret=True, ExplicitAuthFlows=FLOWS)
    return {"UserPoolId": pool.id, "ClientId": made.id}


def secrets(idp: Any, client: dict[str, str]) -> list[dict[str, Any]]:
    answer = idp.list_user_pool_client_secrets(**client)
    assert "NextToken" not in answer
    found: list[dict[str, Any]] = answer["ClientSecrets"]
    return found


def add(idp: Any, client: dict[str, str], **more: str) -> dict[str, Any]:
    added: dict[str, Any] = idp.add_user_pool_client_secret(**client, **more)["ClientSecretDescriptor"]
    return added


def delete(idp: Any, client: dict[str, str], secret: dict[str, Any]) -> None:
    answer = idp.delete_user_pool_client_secret(**client, ClientSecretId=secret["ClientSecretId"])
    assert set(answer) == {"ResponseMetadata"}


def described(idp: Any, client: dict[str, str]) -> str:
    value: str = idp.describe_user_pool_client(**client)["UserPoolClient"]["ClientSecret"]
    return value


def signs_in(idp: Any, pool: UserPool, client: dict[str, str], secret: str) -> bool:
    user = pool.user("alice")
    message = ("alice" + client["ClientId"]).encode()
    digest = base64.b64encode(hmac.new(secret.encode(), message, hashlib.sha256).digest()).decode()
    parameters = {"USERNAME": "alice", "PASSWORD": user.password, "SECRET_HASH": digest}
    call = {"ClientId": client["ClientId"], "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": parameters}
    try:
        return "AuthenticationResult" in idp.initiate_auth(**call)
    except idp.exceptions.NotAuthorizedException:
        return False


def test_a_confidential_client_has_one_secret(cognito_idp: Any, client: dict[str, str]) -> None:
    [secret] = secrets(cognito_idp, client)
    assert set(secret) == {"ClientSecretId", "ClientSecretCreateDate"}
    moment = secret["ClientSecretCreateDate"]
    assert secret["ClientSecretId"] == f"{client['ClientId']}--{int(moment.timestamp() * 1000)}"


def test_a_public_client_has_none(cognito_idp: Any, pool: UserPool) -> None:
    public = {"UserPoolId": pool.id, "ClientId": pool.create_client().id}
    assert secrets(cognito_idp, public) == []
    assert refusal(cognito_idp.add_user_pool_client_secret, **public)[0] == REFUSED


def test_a_drawn_secret_is_told_once(cognito_idp: Any, client: dict[str, str]) -> None:
    added = add(cognito_idp, client)
    assert 24 <= len(added["ClientSecretValue"]) <= 64
    listed = {name: value for name, value in added.items() if name != "ClientSecretValue"}
    assert secrets(cognito_idp, client)[1] == listed


def test_the_callers_own_secret_is_not_told(cognito_idp: Any, client: dict[str, str]) -> None:
    added = add(cognito_idp, client, ClientSecret=OWN)
    assert set(added) == {"ClientSecretId", "ClientSecretCreateDate"}


def test_secrets_of_one_moment_have_different_ids(cognito: Cognito, cognito_idp: Any, pool: UserPool) -> None:
    with time_machine.travel("2026-01-01", tick=False):
        client = {"UserPoolId": pool.id, "ClientId": pool.create_client(GenerateSecret=True).id}
        add(cognito_idp, client)
    assert len({secret["ClientSecretId"] for secret in secrets(cognito_idp, client)}) == 2


def test_rotation_without_a_gap(cognito_idp: Any, pool: UserPool, client: dict[str, str]) -> None:
    pool.create_user("alice")
    old = described(cognito_idp, client)
    add(cognito_idp, client, ClientSecret=OWN)
    assert signs_in(cognito_idp, pool, client, old)
    assert signs_in(cognito_idp, pool, client, OWN)
    delete(cognito_idp, client, secrets(cognito_idp, client)[0])
    assert not signs_in(cognito_idp, pool, client, old)
    assert signs_in(cognito_idp, pool, client, OWN)
    assert described(cognito_idp, client) == OWN


def test_either_secret_refreshes_and_revokes(cognito_idp: Any, pool: UserPool, client: dict[str, str]) -> None:
    pool.create_user("alice")
    add(cognito_idp, client, ClientSecret=OWN)
    for secret in (described(cognito_idp, client), OWN):
        handle = next(one for one in pool.clients if one.id == client["ClientId"])
        token = pool.tokens_for("alice", client=handle).refresh_token
        known = {"ClientId": client["ClientId"], "ClientSecret": secret}
        answer = cognito_idp.get_tokens_from_refresh_token(RefreshToken=token, **known)
        assert "AccessToken" in answer["AuthenticationResult"]
        cognito_idp.revoke_token(Token=token, **known)
        refused = refusal(cognito_idp.get_tokens_from_refresh_token, RefreshToken=token, **known)
        assert refused == ("NotAuthorizedException", "Refresh Token has been revoked")


def test_two_are_the_most(cognito_idp: Any, client: dict[str, str]) -> None:
    first = add(cognito_idp, client)
    assert refusal(cognito_idp.add_user_pool_client_secret, **client)[0] == "LimitExceededException"
    delete(cognito_idp, client, first)
    add(cognito_idp, client)
    assert len(secrets(cognito_idp, client)) == 2


def test_the_last_one_stays(cognito_idp: Any, client: dict[str, str]) -> None:
    [only] = secrets(cognito_idp, client)
    call = {**client, "ClientSecretId": only["ClientSecretId"]}
    assert refusal(cognito_idp.delete_user_pool_client_secret, **call)[0] == REFUSED
    assert secrets(cognito_idp, client) == [only]


def test_an_update_of_the_client_leaves_its_secrets(cognito_idp: Any, client: dict[str, str]) -> None:
    add(cognito_idp, client)
    before = secrets(cognito_idp, client)
    cognito_idp.update_user_pool_client(**client, ClientName="other")
    assert secrets(cognito_idp, client) == before


@pytest.mark.parametrize("secret", ["x" * 65, "with-characters-that-are-not-allowed"])
def test_a_secret_has_a_form(cognito_idp: Any, client: dict[str, str], secret: str) -> None:
    code, message = refusal(cognito_idp.add_user_pool_client_secret, **client, ClientSecret=secret)
    assert (code, secret in message) == (REFUSED, False)
    assert len(secrets(cognito_idp, client)) == 1


def test_a_token_of_another_listing(cognito_idp: Any, client: dict[str, str]) -> None:
    answer = refusal(cognito_idp.list_user_pool_client_secrets, **client, NextToken="more")
    assert answer == (REFUSED, "Invalid pagination token.")


def test_unknown_secrets_clients_and_pools(cognito: Cognito, cognito_idp: Any, client: dict[str, str]) -> None:
    operations: list[tuple[Any, dict[str, str]]] = [
        (cognito_idp.list_user_pool_client_secrets, {}),
        (cognito_idp.add_user_pool_client_secret, {}),
        (cognito_idp.delete_user_pool_client_secret, {"ClientSecretId": "x--1"}),
    ]
    missing, unknown = "us-east-1_Missing00", "0" * 26
    other = cognito.create_user_pool().id
    for call, more in operations:
        answer = refusal(call, UserPoolId=missing, ClientId=client["ClientId"], **more)
        assert answer == ("ResourceNotFoundException", f"User pool {missing} does not exist.")
        answer = refusal(call, UserPoolId=client["UserPoolId"], ClientId=unknown, **more)
        assert answer == ("ResourceNotFoundException", f"User pool client {unknown} does not exist.")
        assert refusal(call, UserPoolId=other, ClientId=client["ClientId"], **more)[0] == "ResourceNotFoundException"
    call, more = operations[-1]
    assert refusal(call, **client, **more)[0] == "ResourceNotFoundException"
