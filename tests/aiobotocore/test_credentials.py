"""While a mock is active, clients of aiobotocore ask no metadata service for credentials."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from aiobotocore.config import AioConfig
from aiobotocore.session import AioSession

from pytest_cognito import mock_cognito
from tests.support import metadata

pytestmark = pytest.mark.asyncio


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[str]]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_DEFAULT_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    with metadata.service(monkeypatch) as asked:
        yield asked


@pytest.mark.parametrize("profile", [None, "work"])
@pytest.mark.parametrize(("credentials", "config"), metadata.FILES.values(), ids=metadata.FILES)
async def test_files_without_credentials(
    asked: list[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    credentials: str,
    config: str,
    profile: str | None,
) -> None:
    texts = {
        "AWS_SHARED_CREDENTIALS_FILE": credentials.replace("work", "other"),
        "AWS_CONFIG_FILE": f"{config}\n[profile work]\noutput = json\n",
    }
    for variable, text in texts.items():
        (tmp_path / variable).write_text(text)
        monkeypatch.setenv(variable, str(tmp_path / variable))

    with mock_cognito(region="us-east-1"):
        session = AioSession(profile=profile)
        async with session.create_client("cognito-idp", region_name="us-east-1") as idp:
            assert (await idp.list_user_pools(MaxResults=1))["UserPools"] == []
        found = await session.get_credentials()

    assert (found.access_key, (await found.get_frozen_credentials()).secret_key) == ("testing", "testing")
    assert asked == []


async def test_sessions_and_clients_that_are_older_than_the_mock(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_CONTAINER_CREDENTIALS_FULL_URI")
    session = AioSession()
    async with session.create_client("cognito-idp", region_name="us-east-1") as older:
        assert asked != []
        asked.clear()
        with mock_cognito():
            assert (await older.list_user_pools(MaxResults=1))["UserPools"] == []
            async with session.create_client(
                "cognito-idp", region_name="us-east-1", config=AioConfig(defaults_mode="auto")
            ) as newer:
                assert (await newer.list_user_pools(MaxResults=1))["UserPools"] == []

    assert asked == []
