"""Clients of aiobotocore with temporary credentials: of an identity, and those that aiobotocore fetches itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from aiobotocore.config import AioConfig
from aiobotocore.session import AioSession
from botocore import UNSIGNED
from botocore.exceptions import ClientError

from pytest_cognito import Clock, Cognito, IdentityPool, User
from tests.support.network import closed

pytestmark = pytest.mark.asyncio
SESSION = "arn:aws:sts::123456789012:assumed-role"
USERS, GUESTS = f"{SESSION}/Cognito_pytestAuth_Role", f"{SESSION}/Cognito_pytestUnauth_Role"


@pytest.fixture(autouse=True)
def no_network() -> Any:
    with closed() as tried:
        yield
    assert tried == []


async def caller(session: AioSession, **options: Any) -> str:
    async with session.create_client("sts", region_name="us-east-1", **options) as sts:
        arn: str = (await sts.get_caller_identity())["Arn"]
        return arn


async def test_from_a_sign_in_to_credentials(cognito_identity_pool: IdentityPool, cognito_user: User) -> None:
    logins = {cognito_user.pool.issuer.removeprefix("https://"): cognito_user.sign_in().id_token}
    session = AioSession()
    public = AioConfig(signature_version=UNSIGNED)
    async with session.create_client("cognito-identity", region_name="us-east-1", config=public) as identities:
        found = await identities.get_id(IdentityPoolId=cognito_identity_pool.id, Logins=logins)
        identity = found["IdentityId"]
        with pytest.raises(identities.exceptions.NotAuthorizedException, match="is forbidden"):
            await identities.get_credentials_for_identity(IdentityId=identity)
        answer = await identities.get_credentials_for_identity(IdentityId=identity, Logins=logins)

    given = answer["Credentials"]
    session.set_credentials(given["AccessKeyId"], given["SecretKey"], given["SessionToken"])
    assert await caller(session) == f"{USERS}/CognitoIdentityCredentials"
    assert identity == cognito_identity_pool.identity_of(cognito_user).id


async def test_credentials_that_are_refused(cognito_identity_pool: IdentityPool) -> None:
    credentials = cognito_identity_pool.guest().credentials()
    for refused, code in ((credentials.expired(), "ExpiredToken"), (credentials.tampered(), "InvalidClientTokenId")):
        session = AioSession()
        session.set_credentials(refused.access_key_id, refused.secret_access_key, refused.session_token)
        with pytest.raises(ClientError) as caught:
            await caller(session)
        assert caught.value.response["Error"]["Code"] == code


@pytest.mark.cognito(now="2030-01-01T12:00Z")
async def test_a_role_by_a_profile(
    cognito: Cognito, cognito_clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = cognito.iam.create_user("alice")
    role = cognito.create_role("app", alice)
    keys = f"aws_access_key_id = {alice.access_key_id}\naws_secret_access_key = {alice.secret_access_key}"
    more = f"source_profile = alice\nrole_arn = {role.arn}\nrole_session_name = by-profile"
    (tmp_path / "config").write_text(f"[profile alice]\n{keys}\n[profile app]\n{more}\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    session = AioSession(profile="app")

    for _ in range(2):
        assert await caller(session) == f"{SESSION}/app/by-profile"
        cognito_clock.advance(hours=2)
    assert await caller(session) == f"{SESSION}/app/by-profile"

    assert [call.operation for call in cognito.calls] == ["AssumeRole", "GetCallerIdentity"] * 3


async def test_a_token_in_a_file(
    cognito: Cognito, cognito_identity_pool: IdentityPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_ROLE_ARN", cognito_identity_pool.roles["unauthenticated"])
    monkeypatch.setenv("AWS_ROLE_SESSION_NAME", "by-file")
    monkeypatch.setenv("AWS_WEB_IDENTITY_TOKEN_FILE", str(tmp_path / "token"))
    (tmp_path / "token").write_text(cognito_identity_pool.guest().open_id_token())

    assert await caller(AioSession()) == f"{GUESTS}/by-file"
    assert [call.operation for call in cognito.calls][-2:] == ["AssumeRoleWithWebIdentity", "GetCallerIdentity"]
