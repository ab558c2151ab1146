"""Who makes a call of an asynchronous client: its credentials may have to be fetched first."""

from __future__ import annotations

from pathlib import Path

import pytest
from aiobotocore.session import AioSession
from botocore.exceptions import ClientError

from pytest_cognito import Cognito
from tests.support.network import closed

pytestmark = pytest.mark.asyncio
CONFIG = """\
[profile people]
region = us-east-1
[profile app]
region = us-east-1
source_profile = people
role_arn = {role}
role_session_name = by-profile
"""


async def test_a_profile_with_a_role(cognito: Cognito, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alice = cognito.iam.create_user("alice")
    role = cognito.create_role("app", alice)
    config, keys = tmp_path / "config", tmp_path / "credentials"
    config.write_text(CONFIG.format(role=role.arn))
    secret = f"aws_secret_access_key = {alice.secret_access_key}"
    keys.write_text(f"[people]\naws_access_key_id = {alice.access_key_id}\n{secret}\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(keys))

    with closed() as tried:
        session = AioSession(profile="app")
        async with session.create_client("cognito-idp") as idp, session.create_client("sts") as sts:
            assert (await idp.list_user_pools(MaxResults=1))["UserPools"] == []
            arn = (await sts.get_caller_identity())["Arn"]
            cognito.faults.slow_down("ListUserPools", seconds=0.001)
            await idp.list_user_pools(MaxResults=1)
    assert tried == []

    assert arn == "arn:aws:sts::123456789012:assumed-role/app/by-profile"
    assert [call.operation for call in cognito.calls] == [
        *("AssumeRole", "ListUserPools", "GetCallerIdentity", "ListUserPools")
    ]


async def test_expired_credentials(cognito: Cognito) -> None:
    credentials = cognito.create_role("app").assume()
    keys = {name.lower(): value for name, value in credentials.environment.items()}
    cognito.clock.advance(hours=1)

    async with AioSession().create_client("cognito-idp", region_name="us-east-1", **keys) as idp:
        with pytest.raises(ClientError, match="ExpiredTokenException"):
            await idp.list_user_pools(MaxResults=1)


async def test_the_file_of_a_web_identity_token(
    cognito: Cognito, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    idp = cognito.providers.oidc("https://idp.example.com")
    role = cognito.create_role("app", trust=cognito.iam.create_oidc_provider(idp, client_ids=["my-app"]))
    file = tmp_path / "token"
    file.write_text(idp.token("7", audience="my-app"))
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_WEB_IDENTITY_TOKEN_FILE", str(file))
    monkeypatch.setenv("AWS_ROLE_ARN", role.arn)
    monkeypatch.setenv("AWS_ROLE_SESSION_NAME", "worker")

    with closed() as tried:
        async with AioSession().create_client("sts", region_name="us-east-1") as sts:
            arn = (await sts.get_caller_identity())["Arn"]

    assert tried == []
    assert arn == "arn:aws:sts::123456789012:assumed-role/app/worker"


async def test_operations_that_depend_on_the_endpoint(cognito: Cognito) -> None:
    task = {"arn": "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy"}
    given = {"TargetPrincipal": "222222222222", "TaskPolicyArn": task}
    session = AioSession()

    async with session.create_client("sts", region_name="us-east-1") as regional:
        assert (await regional.assume_root(**given))["Credentials"]
    async with session.create_client("sts", region_name="aws-global") as everywhere:
        with pytest.raises(ClientError, match="global endpoint"):
            await everywhere.assume_root(**given)
