"""Calls of aiobotocore's clients that are authorised before they are answered."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from aiobotocore.credentials import AioRefreshableCredentials
from aiobotocore.session import get_session
from botocore.exceptions import ClientError

from pytest_cognito import Cognito, UserPool
from tests.support.roles import allow

pytestmark = [pytest.mark.asyncio, pytest.mark.cognito(enforce=True)]


async def code(call: Any, **parameters: Any) -> str:
    with pytest.raises(ClientError) as caught:
        await call(**parameters)
    found: str = caught.value.response["Error"]["Code"]
    return found


def keys(cognito: Cognito, *policies: dict[str, Any]) -> dict[str, str]:
    user = cognito.iam.create_user("ben", policies=list(policies))
    return {"aws_access_key_id": user.access_key_id, "aws_secret_access_key": user.secret_access_key}


async def test_calls_of_other_services(cognito: Cognito) -> None:
    async with get_session().create_client("s3", region_name="us-east-1", **keys(cognito)) as s3:
        assert await code(s3.get_object, Bucket="notes", Key="a.txt") == "AccessDenied"

    assert cognito.calls.of("GetObject")[-1].explanation


async def test_calls_of_user_pools(cognito: Cognito, cognito_user_pool: UserPool) -> None:
    given = keys(cognito, allow("cognito-idp:DescribeUserPool", cognito_user_pool.arn))
    async with get_session().create_client("cognito-idp", region_name="us-east-1", **given) as idp:
        await idp.describe_user_pool(UserPoolId=cognito_user_pool.id)

        assert await code(idp.list_users, UserPoolId=cognito_user_pool.id) == "AccessDeniedException"


def refreshable(given: dict[str, str]) -> Any:
    """A session with credentials that only a coroutine can read."""

    async def fetch() -> dict[str, Any]:
        expiry = (dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)).isoformat()
        return {
            "access_key": given["aws_access_key_id"],
            "secret_key": given["aws_secret_access_key"],
            "token": None,
            "expiry_time": expiry,
        }

    session = get_session()
    session._credentials = AioRefreshableCredentials(
        None, None, None, dt.datetime.now(dt.UTC) - dt.timedelta(hours=1), fetch, "test"
    )
    return session


@pytest.mark.parametrize(("service", "operation"), [("s3", "list_buckets"), ("cognito-idp", "list_user_pools")])
async def test_credentials_that_are_refreshed(cognito: Cognito, service: str, operation: str) -> None:
    parameters: dict[str, Any] = {"MaxResults": 1} if service == "cognito-idp" else {}
    async with refreshable(keys(cognito)).create_client(service, region_name="us-east-1") as client:
        assert (await code(getattr(client, operation), **parameters)).startswith("AccessDenied")


async def test_who_has_credentials_that_are_refreshed(cognito: Cognito) -> None:
    async with refreshable(keys(cognito)).create_client("sts", region_name="us-east-1") as sts:
        assert (await sts.get_caller_identity())["Arn"] == "arn:aws:iam::123456789012:user/ben"


async def test_each_object_of_a_deletion(cognito: Cognito) -> None:
    async with get_session().create_client("s3", region_name="us-east-1", **keys(cognito)) as s3:
        answer = await s3.delete_objects(Bucket="notes", Delete={"Objects": [{"Key": "a.txt"}]})

    assert [(each["Key"], each["Code"]) for each in answer["Errors"]] == [("a.txt", "AccessDenied")]
