"""A web identity in a file that the environment names: botocore assumes a role with it, again and again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import boto3
import pytest

from pytest_cognito import Clock, Cognito, IdentityPool
from tests.support.refusals import refusal

pytestmark = pytest.mark.cognito(now="2030-01-01T12:00Z")  # both clocks: botocore looks at the application's
GUESTS = "Cognito_pytestUnauth_Role"


@pytest.fixture
def token_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cognito_identity_pool: IdentityPool) -> Path:
    """The file that the environment names for a web identity, as that of an application without credentials."""
    file = tmp_path / "token"
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_ROLE_ARN", cognito_identity_pool.roles["unauthenticated"])
    monkeypatch.setenv("AWS_ROLE_SESSION_NAME", "by-file")
    monkeypatch.setenv("AWS_WEB_IDENTITY_TOKEN_FILE", str(file))
    return file


def operations(cognito: Cognito) -> list[str]:
    return [call.operation for call in cognito.calls]


def arn(client: Any) -> str:
    found: str = client.get_caller_identity()["Arn"]
    return found


def test_a_token_in_a_file(
    cognito: Cognito, cognito_clock: Clock, cognito_identity_pool: IdentityPool, token_file: Path
) -> None:
    guest = cognito_identity_pool.guest()
    token_file.write_text(guest.open_id_token())
    client = boto3.Session(region_name="us-east-1").client("sts")
    before = len(cognito.calls)

    assert arn(client) == f"arn:aws:sts::123456789012:assumed-role/{GUESTS}/by-file"
    cognito_clock.advance(hours=1)
    token_file.write_text(guest.open_id_token())
    assert arn(client) == f"arn:aws:sts::123456789012:assumed-role/{GUESTS}/by-file"

    once = ["AssumeRoleWithWebIdentity", "GetCallerIdentity"]
    assert operations(cognito)[before:] == [*once, "GetOpenIdToken", *once]


def test_a_token_that_nobody_renews(
    cognito_clock: Clock, cognito_identity_pool: IdentityPool, token_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    token_file.write_text(cognito_identity_pool.guest().open_id_token())
    client = boto3.Session(region_name="us-east-1").client("sts")
    assert arn(client)

    cognito_clock.advance(minutes=50)  # the credentials have ten minutes left: botocore makes do with them
    assert arn(client)
    cognito_clock.advance(minutes=5)
    expired = refusal(client.get_caller_identity)

    assert expired.code == "ExpiredTokenException"
    assert expired.message.startswith("Token expired: current date/time 1893502500 must be before")
    assert "Refreshing temporary credentials failed during mandatory refresh period." in caplog.text
