"""Clients of aioboto3, which are aiobotocore's: their calls to Cognito are answered here."""

from __future__ import annotations

from collections.abc import Iterator

import aioboto3
import pytest

from pytest_cognito import AppClient, Cognito, IdentityPool, User, UserPool, mock_cognito
from pytest_cognito.kernel.errors import NotMocked
from tests.support.network import closed

pytestmark = pytest.mark.asyncio
EARLY = aioboto3.Session(region_name="us-east-1", aws_access_key_id="early", aws_secret_access_key="early")


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    with closed() as tried:
        yield
    assert tried == []


async def test_a_client(cognito: Cognito, cognito_user_pool: UserPool, cognito_user: User) -> None:
    async with aioboto3.Session().client("cognito-idp") as idp:
        user = await idp.admin_get_user(UserPoolId=cognito_user_pool.id, Username=cognito_user.username)
        with pytest.raises(idp.exceptions.UserNotFoundException):
            await idp.admin_get_user(UserPoolId=cognito_user_pool.id, Username="nobody")

    assert user["UserStatus"] == "CONFIRMED"
    assert [call.operation for call in cognito.calls][-2:] == ["AdminGetUser", "AdminGetUser"]


async def test_a_sign_in(cognito_user: User, cognito_app_client: AppClient) -> None:
    given = {"USERNAME": cognito_user.username, "PASSWORD": cognito_user.password}
    async with aioboto3.Session().client("cognito-idp") as idp:
        answer = await idp.initiate_auth(
            ClientId=cognito_app_client.id, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=given
        )
        me = await idp.get_user(AccessToken=answer["AuthenticationResult"]["AccessToken"])

    assert me["Username"] == cognito_user.username


async def test_pages(cognito_user_pool: UserPool) -> None:
    for name in ("ann", "ben", "cem"):
        cognito_user_pool.create_user(name)
    async with aioboto3.Session().client("cognito-idp") as idp:
        pages = idp.get_paginator("list_users").paginate(
            UserPoolId=cognito_user_pool.id, PaginationConfig={"PageSize": 2}
        )
        found = [user["Username"] async for page in pages for user in page["Users"]]

    assert sorted(found) == ["ann", "ben", "cem"]


async def test_a_session_and_a_client_that_are_older_than_the_mock() -> None:
    async with EARLY.client("cognito-idp") as idp:
        with mock_cognito() as cognito:
            pool = (await idp.create_user_pool(PoolName="app"))["UserPool"]["Id"]
            assert [each.id for each in cognito.pools] == [pool]
        with pytest.raises(NotMocked, match="ListUserPools of cognito-idp would have reached AWS"):
            await idp.list_user_pools(MaxResults=1)


async def test_credentials_of_an_identity(cognito_identity_pool: IdentityPool, cognito_user: User) -> None:
    identity = cognito_identity_pool.identity_of(cognito_user)
    logins = {cognito_user.pool.issuer.removeprefix("https://"): cognito_user.sign_in().id_token}
    async with aioboto3.Session().client("cognito-identity") as identities:
        answer = await identities.get_credentials_for_identity(IdentityId=identity.id, Logins=logins)

    given = answer["Credentials"]
    session = aioboto3.Session(given["AccessKeyId"], given["SecretKey"], given["SessionToken"])
    async with session.client("sts") as sts:
        assert ":assumed-role/Cognito_pytestAuth_Role/" in (await sts.get_caller_identity())["Arn"]
