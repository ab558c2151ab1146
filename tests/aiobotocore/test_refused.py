"""Calls of aiobotocore that nothing answers: the error of the last step before the network comes out as it is."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from aiobotocore.config import AioConfig
from aiobotocore.session import AioSession
from botocore.exceptions import NoCredentialsError

from pytest_cognito import Cognito
from pytest_cognito.gateway import find_target
from pytest_cognito.kernel.errors import NotMocked, Unsupported
from tests.support.network import closed

pytestmark = pytest.mark.asyncio
KEYS = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing", "region_name": "us-east-1"}


def settings(library: str) -> dict[str, Any]:
    """The settings of a client that sends with a library."""
    if library == "aiohttp":
        return KEYS
    sessions = pytest.importorskip("aiobotocore.httpxsession")
    return {**KEYS, "config": AioConfig(http_session_cls=sessions.HttpxSession)}


@pytest.mark.parametrize("library", ["aiohttp", "httpx"])
async def test_without_a_mock(library: str) -> None:
    with closed() as tried:
        async with AioSession().create_client("cognito-idp", **settings(library)) as client:
            with pytest.raises(NotMocked, match=r"^ListUserPools of cognito-idp would have reached AWS"):
                await client.list_user_pools(MaxResults=1)
    assert tried == []


@pytest.mark.parametrize("library", ["aiohttp", "httpx"])
async def test_an_operation_of_sts_without_a_function(
    cognito: Cognito, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find_target("sts", "DecodeAuthorizationMessage"), "function", None)
    with closed() as tried:
        async with AioSession().create_client("sts", **settings(library)) as client:
            with pytest.raises(Unsupported, match=r"does not answer DecodeAuthorizationMessage of sts yet"):
                await client.decode_authorization_message(EncodedMessage="x")
    assert tried == []
    assert isinstance(cognito.calls[-1].error, Unsupported)


async def test_without_credentials_botocores_error_says_that_no_mock_is_active(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")

    async with AioSession().create_client("cognito-idp", region_name="us-east-1") as client:
        with pytest.raises(NoCredentialsError) as caught:
            await client.list_user_pools(MaxResults=1)
    assert "no mock is active here" in caught.value.__notes__[0]
