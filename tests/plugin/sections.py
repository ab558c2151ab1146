"""What a run shows of Cognito."""

from __future__ import annotations

import re
import textwrap

import pytest

from .conftest import Run

SIGN_IN = """
from pathlib import Path
import boto3, pytest
from pytest_cognito import Cognito, mock_cognito

def sign_in(pool, username, password):
    return boto3.client("cognito-idp").initiate_auth(
        AuthFlow="USER_PASSWORD_AUTH",
        ClientId=pool.client.id,
        AuthParameters={"USERNAME": username, "PASSWORD": password},
    )

def sign_up(pool, username="bob", password="Passw0rd!"):
    return boto3.client("cognito-idp").sign_up(
        ClientId=pool.client.id,
        Username=username,
        Password=password,
        UserAttributes=[{"Name": "email", "Value": f"{username}@example.com"}],
    )
"""


def sections(result: pytest.RunResult) -> list[str]:
    """The Cognito sections of a run's output."""
    return re.findall(r"^-+ Cognito \w+ -+\n(.*?)(?=^[-_=]{3})", result.stdout.str(), re.MULTILINE | re.DOTALL)


def section(run: Run, test: str, *arguments: str) -> str:
    """The section of the one test, which fails."""
    (only,) = sections(run(SIGN_IN + textwrap.dedent(test), *arguments))
    return only
