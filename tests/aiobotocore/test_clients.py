"""Clients of aiobotocore: their calls to Cognito are answered here."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import aiobotocore
import aiobotocore.client
import aiobotocore.endpoint
import aiobotocore.retries.adaptive
import boto3
import pytest
import pytest_asyncio
from aiobotocore.config import AioConfig
from aiobotocore.session import AioSession, get_session
from botocore.exceptions import ClientError, EndpointConnectionError, ParamValidationError
from botocore.stub import Stubber

from pytest_cognito import Cognito, UserPool, mock_cognito
from pytest_cognito.gateway import find_target
from pytest_cognito.kernel.errors import NotMocked, Unsupported
from tests.support.network import closed

pytestmark = pytest.mark.asyncio
EARLY_SESSION = get_session()
KEYS = {"aws_access_key_id": "early", "aws_secret_access_key": "early"}


@pytest.fixture(autouse=True)
def no_network() -> Iterator[list[str]]:
    with closed() as tried:
        yield tried
    assert tried == []


@pytest_asyncio.fixture
async def idp(cognito: Cognito) -> AsyncIterator[Any]:
    async with get_session().create_client("cognito-idp") as client:
        yield client


async def answers(client: Any) -> bool:
    made = (await client.create_user_pool(PoolName="here"))["UserPool"]["Id"]
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        await client.describe_user_pool(UserPoolId=f"{made}x")
    described: dict[str, Any] = (await client.describe_user_pool(UserPoolId=made))["UserPool"]
    return bool(described["Name"] == "here")


async def test_a_client(cognito: Cognito) -> None:
    async with get_session().create_client("cognito-idp") as client:
        assert await answers(client)


async def test_a_client_that_is_older_than_the_mock() -> None:
    async with EARLY_SESSION.create_client("cognito-idp", region_name="us-east-1", **KEYS) as client:
        with mock_cognito():
            assert await answers(client)
        with pytest.raises(NotMocked, match="ListUserPools of cognito-idp would have reached AWS"):
            await client.list_user_pools(MaxResults=1)
        async with mock_cognito():
            assert await answers(client)


@mock_cognito
async def test_the_decorator_on_a_coroutine_function() -> None:
    async with get_session().create_client("cognito-idp") as client:
        assert await answers(client)


async def test_any_endpoint_url(cognito: Cognito) -> None:
    async with AioSession().create_client("cognito-idp", endpoint_url="http://localhost:1") as client:
        assert await answers(client)


async def test_a_session_of_each_kind_sees_the_same_world(cognito: Cognito, idp: Any) -> None:
    pool = boto3.client("cognito-idp").create_user_pool(PoolName="sync")["UserPool"]["Id"]
    assert (await idp.describe_user_pool(UserPoolId=pool))["UserPool"]["Name"] == "sync"


async def test_regions(cognito: Cognito, idp: Any) -> None:
    async with get_session().create_client("cognito-idp", region_name="eu-west-1") as ireland:
        pool = (await ireland.create_user_pool(PoolName="here"))["UserPool"]["Id"]
    assert pool.startswith("eu-west-1_")
    with pytest.raises(idp.exceptions.ResourceNotFoundException):
        await idp.describe_user_pool(UserPoolId=pool)


async def test_metadata_and_errors(cognito_user_pool: UserPool, idp: Any) -> None:
    with pytest.raises(idp.exceptions.UserNotFoundException) as caught:
        await idp.admin_get_user(UserPoolId=cognito_user_pool.id, Username="nobody")
    response = caught.value.response
    assert response["Error"] == {"Code": "UserNotFoundException", "Message": "User does not exist."}
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert (await idp.list_user_pools(MaxResults=1))["ResponseMetadata"]["HTTPStatusCode"] == 200


async def test_a_path_from_sign_up_to_tokens(cognito: Cognito, cognito_user_pool: UserPool, idp: Any) -> None:
    client = cognito_user_pool.client.id
    email = [{"Name": "email", "Value": "a@example.com"}]
    await idp.sign_up(ClientId=client, Username="alice", Password="Correct-horse-7", UserAttributes=email)
    code = cognito.outbox.last(to="a@example.com").code
    await idp.confirm_sign_up(ClientId=client, Username="alice", ConfirmationCode=code)
    given = {"USERNAME": "alice", "PASSWORD": "Correct-horse-7"}
    answer = await idp.initiate_auth(ClientId=client, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=given)
    token = answer["AuthenticationResult"]["AccessToken"]
    assert (await idp.get_user(AccessToken=token))["Username"] == "alice"


async def test_pages(cognito_user_pool: UserPool, idp: Any) -> None:
    for number in range(5):
        cognito_user_pool.create_user(f"user{number}")
    pages = idp.get_paginator("list_users").paginate(UserPoolId=cognito_user_pool.id, PaginationConfig={"PageSize": 2})
    assert [len(page["Users"]) async for page in pages] == [2, 2, 1]


async def test_many_calls_at_once(cognito: Cognito, idp: Any) -> None:
    await asyncio.gather(*(idp.create_user_pool(PoolName=f"p{number}") for number in range(40)))
    assert {pool.name for pool in cognito.pools} == {f"p{number}" for number in range(40)}


async def test_a_stubber_keeps_its_say(cognito: Cognito, idp: Any) -> None:
    with Stubber(idp) as stub:
        stub.add_response("list_user_pools", {"UserPools": [{"Name": "stubbed"}]})
        assert (await idp.list_user_pools(MaxResults=1))["UserPools"] == [{"Name": "stubbed"}]
    assert len(cognito.calls) == 0


async def test_botocore_s_own_validation_comes_first(cognito: Cognito, idp: Any) -> None:
    with pytest.raises(ParamValidationError):
        await idp.admin_get_user(UserPoolId="us-east-1_Abc")
    assert len(cognito.calls) == 0


async def test_without_botocore_s_validation_aws_has_the_last_word(cognito: Cognito) -> None:
    config = AioConfig(parameter_validation=False)
    async with get_session().create_client("cognito-idp", config=config) as client:
        with pytest.raises(ClientError, match="SerializationException"):
            await client.admin_get_user(UserPoolId=["a"], Username="u")


async def test_an_operation_that_has_no_function_is_named(cognito: Cognito, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find_target("cognito-sync", "ListIdentityPoolUsage"), "function", None)
    async with get_session().create_client("cognito-sync") as client:
        with pytest.raises(Unsupported, match="does not answer ListIdentityPoolUsage of cognito-sync yet"):
            await client.list_identity_pool_usage()


async def test_other_services_are_left_alone(cognito: Cognito, no_network: list[str]) -> None:
    config = AioConfig(retries={"total_max_attempts": 1})
    async with get_session().create_client("sqs", config=config) as client:
        with pytest.raises(EndpointConnectionError):
            await client.list_queues()
    assert "sqs" in no_network[0]
    no_network.clear()


@pytest.mark.cognito(real=True)
async def test_a_test_may_let_its_calls_through(no_network: list[str]) -> None:
    config = AioConfig(retries={"total_max_attempts": 1})
    async with get_session().create_client("cognito-idp", region_name="eu-west-1", config=config, **KEYS) as client:
        with pytest.raises(EndpointConnectionError):
            await client.list_user_pools(MaxResults=1)
    assert "cognito-idp.eu-west-1" in no_network[0]
    no_network.clear()


ENDPOINT: Any = aiobotocore.endpoint
SLEEP = (ENDPOINT.AioEndpoint, "_sleep") if hasattr(ENDPOINT.AioEndpoint, "_sleep") else (ENDPOINT.asyncio, "sleep")
"""What endpoints wait by before a retry, since aiobotocore 3.9 and before."""


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (aiobotocore.client.AioBaseClient, "_make_api_call"),
        SLEEP,
        (aiobotocore.retries.adaptive.AsyncClientRateLimiter, "on_sending_request"),
    ],
)
async def test_the_private_names_of_aiobotocore_are_there(owner: Any, name: str) -> None:
    assert hasattr(owner, name), (
        f"aiobotocore {aiobotocore.__version__} has no {owner}.{name} any more, which the hook in "
        f"pytest_cognito.interception rests on: find where its callers look now"
    )
    assert hasattr(getattr(owner, name), "__wrapped__")
