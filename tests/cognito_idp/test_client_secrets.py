"""The secrets of an app client, and how one takes over from another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import time_machine

from pytest_cognito.cognito import Cognito
from tests.support.app import Answer, App
from tests.support.refusals import REFRESH_TOKEN_REVOKED, no_client, no_pool, refusal
from tests.support.secret_hashes import hash_of

pytestmark = pytest.mark.needs("AddUserPoolClientSecret")
OWN = "an+own+secret+of+the+caller"
REFUSED = "InvalidParameterException"
FLOWS = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]


@pytest.fixture
def client(app: App) -> App:
    """`pool` and an app client with a secret."""
    return app.with_client(GenerateSecret=True, ExplicitAuthFlows=FLOWS)


def ids(app: App) -> dict[str, str]:
    """What every call about the secrets of a client names."""
    return {"UserPoolId": app.pool_id, "ClientId": app.client_id}


def secrets(app: App) -> list[dict[str, Any]]:
    answer = app.call("list_user_pool_client_secrets", **ids(app))
    assert "NextToken" not in answer
    found: list[dict[str, Any]] = answer["ClientSecrets"]
    return found


def add(app: App, **more: str) -> Answer:
    added: Answer = app.call("add_user_pool_client_secret", **ids(app), **more)["ClientSecretDescriptor"]
    return added


def delete(app: App, secret_id: str) -> None:
    assert app.call("delete_user_pool_client_secret", **ids(app), ClientSecretId=secret_id) == {}


def described(app: App) -> str:
    return str(app.call("describe_user_pool_client", **ids(app))["UserPoolClient"]["ClientSecret"])


def signs_in(app: App, secret: str) -> bool:
    try:
        return "AccessToken" in app.sign_in(SECRET_HASH=hash_of(secret, "alice", app.client_id))
    except app.idp.exceptions.NotAuthorizedException:
        return False


def test_a_confidential_client_has_one_secret(client: App) -> None:
    [secret] = secrets(client)
    assert set(secret) == {"ClientSecretId", "ClientSecretCreateDate"}
    moment = secret["ClientSecretCreateDate"]
    assert secret["ClientSecretId"] == f"{client.client_id}--{int(moment.timestamp() * 1000)}"


def test_a_public_client_has_none(app: App) -> None:
    public = app.with_client()
    assert secrets(public) == []
    assert refusal(app.idp.add_user_pool_client_secret, **ids(public))[0] == REFUSED


def test_a_drawn_secret_is_told_once(client: App) -> None:
    added = add(client)
    assert 24 <= len(added["ClientSecretValue"]) <= 64
    listed = {name: value for name, value in added.items() if name != "ClientSecretValue"}
    assert secrets(client)[1] == listed


def test_the_callers_own_secret_is_not_told(client: App) -> None:
    added = add(client, ClientSecret=OWN)
    assert set(added) == {"ClientSecretId", "ClientSecretCreateDate"}


def test_secrets_of_one_moment_have_different_ids(cognito: Cognito, app: App) -> None:
    with time_machine.travel("2026-01-01", tick=False):
        client = app.with_client(GenerateSecret=True)
        add(client)
    assert len({secret["ClientSecretId"] for secret in secrets(client)}) == 2


def test_rotation_without_a_gap(client: App) -> None:
    old = described(client)
    add(client, ClientSecret=OWN)
    assert signs_in(client, old)
    assert signs_in(client, OWN)
    delete(client, secrets(client)[0]["ClientSecretId"])
    assert not signs_in(client, old)
    assert signs_in(client, OWN)
    assert described(client) == OWN


def test_either_secret_refreshes_and_revokes(client: App) -> None:
    add(client, ClientSecret=OWN)
    for secret in (described(client), OWN):
        token = client.pool.tokens_for("alice", client=client.client).refresh_token
        known = {"ClientId": client.client_id, "ClientSecret": secret}
        answer = client.call("get_tokens_from_refresh_token", RefreshToken=token, **known)
        assert "AccessToken" in answer["AuthenticationResult"]
        client.call("revoke_token", Token=token, **known)
        error = refusal(client.idp.get_tokens_from_refresh_token, RefreshToken=token, **known)
        assert error == REFRESH_TOKEN_REVOKED


def test_two_are_the_most(client: App) -> None:
    first = add(client)
    assert refusal(client.idp.add_user_pool_client_secret, **ids(client))[0] == "LimitExceededException"
    delete(client, first["ClientSecretId"])
    add(client)
    assert len(secrets(client)) == 2


def test_the_last_one_stays(client: App) -> None:
    [only] = secrets(client)
    call = {**ids(client), "ClientSecretId": only["ClientSecretId"]}
    assert refusal(client.idp.delete_user_pool_client_secret, **call)[0] == REFUSED
    assert secrets(client) == [only]


def test_an_update_of_the_client_leaves_its_secrets(client: App) -> None:
    add(client)
    before = secrets(client)
    client.call("update_user_pool_client", **ids(client), ClientName="other")
    assert secrets(client) == before


@pytest.mark.parametrize("secret", ["x" * 65, "with-characters-that-are-not-allowed"])
def test_a_secret_has_a_form(client: App, secret: str) -> None:
    code, message = refusal(client.idp.add_user_pool_client_secret, **ids(client), ClientSecret=secret)
    assert (code, secret in message) == (REFUSED, False)
    assert len(secrets(client)) == 1


def test_a_token_of_another_listing(client: App) -> None:
    answer = refusal(client.idp.list_user_pool_client_secrets, **ids(client), NextToken="more")
    assert answer == (REFUSED, "Invalid pagination token.")


def test_unknown_secrets_clients_and_pools(cognito: Cognito, client: App) -> None:
    operations: list[tuple[Callable[..., object], dict[str, str]]] = [
        (client.idp.list_user_pool_client_secrets, {}),
        (client.idp.add_user_pool_client_secret, {}),
        (client.idp.delete_user_pool_client_secret, {"ClientSecretId": "x--1"}),
    ]
    missing, unknown = "us-east-1_Missing00", "0" * 26
    other = cognito.create_user_pool().id
    for call, more in operations:
        answer = refusal(call, UserPoolId=missing, ClientId=client.client_id, **more)
        assert answer == no_pool(missing)
        answer = refusal(call, UserPoolId=client.pool_id, ClientId=unknown, **more)
        assert answer == no_client(unknown)
        assert refusal(call, UserPoolId=other, ClientId=client.client_id, **more)[0] == "ResourceNotFoundException"
    call, more = operations[-1]
    assert refusal(call, **ids(client), **more)[0] == "ResourceNotFoundException"


@pytest.mark.needs("CreateUserPoolClientRequest.PublishSecretsInAWSSecretsManager")
def test_secrets_are_not_kept_in_secrets_manager(client: App) -> None:
    publish = {"PublishSecretsInAWSSecretsManager": True}
    with pytest.raises(NotImplementedError, match="PublishSecretsInAWSSecretsManager=True yet; nothing was sent"):
        client.call(
            "create_user_pool_client", UserPoolId=client.pool_id, ClientName="c", GenerateSecret=True, **publish
        )
    with pytest.raises(NotImplementedError, match="PublishSecretsInAWSSecretsManager=True yet; nothing was sent"):
        client.call("update_user_pool_client", **ids(client), **publish)

    plain = client.call("update_user_pool_client", **ids(client), PublishSecretsInAWSSecretsManager=False)
    assert plain["UserPoolClient"]["ClientSecret"]
