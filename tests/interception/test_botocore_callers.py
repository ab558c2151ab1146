"""Who signs a call: the client's credentials, or nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError

from pytest_cognito import AppClient, Cognito, User, UserPool
from tests.support.clients import client
from tests.support.network import closed
from tests.support.refusals import refusal

MISSING = ("MissingAuthenticationTokenException", "Missing Authentication Token")
KEYS = {"aws_access_key_id": "AKIDEXAMPLE", "aws_secret_access_key": "secret", "aws_session_token": "token"}


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    with closed() as tried:
        yield
    assert tried == []


def unsigned(service: str = "cognito-idp", **options: Any) -> Any:
    return client(service, region_name="us-east-1", config=Config(signature_version=UNSIGNED, **options))


def sign_in(idp: Any, app_client: AppClient, user: User) -> Any:
    return idp.initiate_auth(
        ClientId=app_client.id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": user.username, "PASSWORD": user.password},
    )


@pytest.mark.parametrize(
    ("operation", "parameters"),
    [
        ("list_users", {}),
        ("admin_get_user", {"Username": "alice"}),
        ("admin_create_user", {"Username": "bob"}),
        ("delete_user_pool", {}),
    ],
)
def test_a_client_that_signs_nothing_is_refused_what_needs_a_signature(
    cognito_user_pool: UserPool, cognito_user: User, operation: str, parameters: dict[str, str]
) -> None:
    assert refusal(getattr(unsigned(), operation), UserPoolId=cognito_user_pool.id, **parameters) == MISSING

    assert [user.username for user in cognito_user_pool.users] == ["alice"]


def test_the_refusal_is_that_of_a_response(cognito: Cognito) -> None:
    with pytest.raises(ClientError) as caught:
        unsigned().list_user_pools(MaxResults=1)

    metadata = caught.value.response["ResponseMetadata"]
    assert (metadata["HTTPStatusCode"], metadata["RetryAttempts"]) == (400, 0)
    call = cognito.calls[-1]
    assert (call.operation, call.caller, str(call.error)) == ("ListUserPools", None, ": ".join(MISSING))


def test_it_is_refused_where_a_fault_makes_it_send_as_well(cognito: Cognito) -> None:
    cognito.faults.slow_down("ListUserPools", seconds=0.001)

    assert refusal(unsigned().list_user_pools, MaxResults=1) == MISSING


def test_sts_says_it_in_its_own_words(cognito: Cognito) -> None:
    code, message = refusal(unsigned("sts").get_caller_identity)

    assert (code, message) == ("MissingAuthenticationToken", "Request is missing Authentication Token")


def test_a_client_that_signs_nothing_may_sign_users_in(
    cognito: Cognito, cognito_app_client: AppClient, cognito_user: User
) -> None:
    answer = sign_in(unsigned(), cognito_app_client, cognito_user)

    assert answer["AuthenticationResult"]["TokenType"] == "Bearer"
    assert cognito.calls[-1].caller is None


@pytest.mark.parametrize("fault", [False, True], ids=["answered before it is sent", "sent"])
def test_a_call_knows_who_signed_it(cognito: Cognito, fault: bool) -> None:
    if fault:
        cognito.faults.slow_down("ListUserPools", seconds=0.001)
    client("cognito-idp", region_name="us-east-1", **KEYS).list_user_pools(MaxResults=1)

    caller = cognito.calls[-1].caller
    assert caller is not None
    assert (caller.access_key, caller.session_token) == ("AKIDEXAMPLE", "token")


def test_credentials_without_a_session_token(cognito: Cognito) -> None:
    keys = {name: value for name, value in KEYS.items() if name != "aws_session_token"}
    client("cognito-idp", region_name="us-east-1", **keys).list_user_pools(MaxResults=1)

    caller = cognito.calls[-1].caller
    assert caller is not None
    assert (caller.access_key, caller.session_token) == ("AKIDEXAMPLE", None)


def test_a_client_without_credentials_calls_as_the_test(cognito: Cognito, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    session = boto3.Session(region_name="us-east-1")
    monkeypatch.setattr(session._session, "get_credentials", lambda: None)
    session.client("cognito-idp").list_user_pools(MaxResults=1)

    caller = cognito.calls[-1].caller
    assert caller is not None
    assert (caller.access_key, caller.session_token) == ("testing", None)


def test_nobody_signs_what_needs_no_signature(
    cognito: Cognito, cognito_app_client: AppClient, cognito_user: User
) -> None:
    sign_in(client("cognito-idp", region_name="us-east-1", **KEYS), cognito_app_client, cognito_user)

    assert cognito.calls[-1].operation == "InitiateAuth"
    assert cognito.calls[-1].caller is None


def test_handles_call_as_the_test(cognito: Cognito) -> None:
    cognito.create_user_pool()

    caller = cognito.calls[-1].caller
    assert caller is not None
    assert (caller.access_key, caller.session_token) == ("testing", None)
