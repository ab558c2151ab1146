"""Who signs a call of aiobotocore's clients: their credentials, or nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from aiobotocore.config import AioConfig
from aiobotocore.session import get_session
from botocore import UNSIGNED
from botocore.exceptions import ClientError

from pytest_cognito import AppClient, Cognito, User
from tests.support.network import closed

pytestmark = pytest.mark.asyncio
KEYS = {"aws_access_key_id": "AKIDEXAMPLE", "aws_secret_access_key": "secret", "aws_session_token": "token"}


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    with closed() as tried:
        yield
    assert tried == []


def client(**options: Any) -> Any:
    return get_session().create_client("cognito-idp", region_name="us-east-1", **options)


@pytest.mark.parametrize("fault", [False, True], ids=["answered before it is sent", "sent"])
async def test_a_client_that_signs_nothing_is_refused_what_needs_a_signature(cognito: Cognito, fault: bool) -> None:
    if fault:
        cognito.faults.slow_down("CreateUserPool", seconds=0.001)
    async with client(config=AioConfig(signature_version=UNSIGNED)) as idp:
        with pytest.raises(ClientError) as caught:
            await idp.create_user_pool(PoolName="app")

    error = caught.value.response["Error"]
    assert (error["Code"], error["Message"]) == ("MissingAuthenticationTokenException", "Missing Authentication Token")
    assert cognito.calls[-1].caller is None
    assert cognito.pools == []


@pytest.mark.parametrize("fault", [False, True], ids=["answered before it is sent", "sent"])
async def test_a_call_knows_who_signed_it(cognito: Cognito, fault: bool) -> None:
    if fault:
        cognito.faults.slow_down("ListUserPools", seconds=0.001)
    async with client(**KEYS) as idp:
        await idp.list_user_pools(MaxResults=1)

    caller = cognito.calls[-1].caller
    assert caller is not None
    assert (caller.access_key, caller.session_token) == ("AKIDEXAMPLE", "token")


@pytest.mark.parametrize("options", [KEYS, {"config": AioConfig(signature_version=UNSIGNED)}], ids=["keys", "unsigned"])
async def test_nobody_signs_what_needs_no_signature(
    cognito: Cognito, cognito_app_client: AppClient, cognito_user: User, options: dict[str, Any]
) -> None:
    given = {"USERNAME": cognito_user.username, "PASSWORD": cognito_user.password}
    async with client(**options) as idp:
        answer = await idp.initiate_auth(
            ClientId=cognito_app_client.id, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=given
        )

    assert answer["AuthenticationResult"]["TokenType"] == "Bearer"
    assert (cognito.calls[-1].operation, cognito.calls[-1].caller) == ("InitiateAuth", None)
