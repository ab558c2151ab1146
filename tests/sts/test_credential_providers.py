"""botocore's own providers of credentials: a profile with a role is assumed when a client first asks who calls."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import boto3
import pytest
import time_machine

from pytest_cognito import Cognito
from tests.support.policies import trusting
from tests.support.refusals import refusal

from .conftest import denied

CONFIG = """\
[profile people]
region = us-east-1
[profile app]
region = us-east-1
source_profile = people
role_arn = {role}
role_session_name = {name}
{more}
"""
KEYS = """\
[people]
aws_access_key_id = {user.access_key_id}
aws_secret_access_key = {user.secret_access_key}
"""


@pytest.fixture
def session_of(cognito: Cognito, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """A boto3 session of a profile that assumes a role by the keys of a user."""

    def make(role: str, user: Any, more: str = "") -> Any:
        config, keys = tmp_path / "config", tmp_path / "credentials"
        config.write_text(CONFIG.format(role=role, name="by-profile", more=more))
        keys.write_text(KEYS.format(user=user))
        monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
        monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(keys))
        return boto3.Session(profile_name="app")

    return make


def test_a_profile_with_a_role(cognito: Cognito, session_of: Callable[..., Any]) -> None:
    alice = cognito.iam.create_user("alice")
    role = cognito.create_role("app", alice)

    session = session_of(role.arn, alice)

    assert len(cognito.calls) == 0
    arn = session.client("sts").get_caller_identity()["Arn"]
    assert arn == "arn:aws:sts::123456789012:assumed-role/app/by-profile"
    assert session.client("cognito-idp").list_user_pools(MaxResults=1)["UserPools"] == []
    assert [call.operation for call in cognito.calls] == ["AssumeRole", "GetCallerIdentity", "ListUserPools"]


def test_a_profile_with_an_external_id(cognito: Cognito, session_of: Callable[..., Any]) -> None:
    alice = cognito.iam.create_user("alice")
    condition = {"StringEquals": {"sts:ExternalId": "notes-42"}}
    role = cognito.create_role("app", trusting(alice.arn, Condition=condition))

    right = session_of(role.arn, alice, "external_id = notes-42").client("sts")
    wrong = session_of(role.arn, alice, "external_id = notes-43").client("sts")

    assert right.get_caller_identity()["Account"] == "123456789012"
    assert refusal(wrong.get_caller_identity) == denied(alice.arn, role.arn)


def test_what_nobody_asks_for_is_not_fetched(cognito: Cognito, session_of: Callable[..., Any]) -> None:
    alice = cognito.iam.create_user("alice")
    session = session_of("arn:aws:iam::123456789012:role/nowhere", alice)
    cognito.reset()

    assert session.client("cognito-idp").list_user_pools(MaxResults=1)["UserPools"] == []
    assert [call.operation for call in cognito.calls] == ["ListUserPools"]


CHAIN = """\
[profile first]
region = us-east-1
role_arn = {first}
role_session_name = by-first
credential_source = Environment
[profile second]
region = us-east-1
role_arn = {second}
role_session_name = by-second
source_profile = first
"""


@pytest.fixture
def as_alice(cognito: Cognito, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The environment has the keys of a user."""
    alice = cognito.iam.create_user("alice")
    for name, value in alice.environment.items():
        monkeypatch.setenv(name, value)
    return alice


def test_profiles_that_chain(cognito: Cognito, as_alice: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first role is assumed by the keys of the environment, the second by the first."""
    first = cognito.create_role("first", as_alice)
    second = cognito.create_role("second", first)
    config = tmp_path / "config"
    config.write_text(CHAIN.format(first=first.arn, second=second.arn))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))

    session = boto3.Session(profile_name="second")

    arn = session.client("sts").get_caller_identity()["Arn"]
    assert arn == "arn:aws:sts::123456789012:assumed-role/second/by-second"
    assert [call.operation for call in cognito.calls] == ["AssumeRole", "AssumeRole", "GetCallerIdentity"]
    assert [call.parameters.get("RoleArn") for call in cognito.calls][:2] == [first.arn, second.arn]


def test_a_profile_that_asks_for_a_code(cognito: Cognito, session_of: Callable[..., Any]) -> None:
    alice = cognito.iam.create_user("alice", mfa=True)
    condition = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    role = cognito.create_role("app", trusting(alice.arn, Condition=condition))
    prompts = []

    def enter(prompt: str) -> str:
        prompts.append(prompt)
        return alice.mfa_code()

    session = session_of(role.arn, alice, f"mfa_serial = {alice.mfa_serial}")
    providers = session._session.get_component("credential_provider")
    providers.get_provider("assume-role")._prompter = enter  # in place of the terminal

    assert session.client("sts").get_caller_identity()["Arn"].endswith(":assumed-role/app/by-profile")
    assert prompts == [f"Enter MFA code for {alice.mfa_serial}: "]


def test_credentials_are_fetched_again_before_they_expire(cognito: Cognito, session_of: Callable[..., Any]) -> None:
    alice = cognito.iam.create_user("alice")
    role = cognito.create_role("app", alice)
    sts = session_of(role.arn, alice).client("sts")
    assert sts.get_caller_identity()["Account"] == "123456789012"

    with time_machine.travel(cognito.clock.now() + dt.timedelta(minutes=50)):
        assert sts.get_caller_identity()["Account"] == "123456789012"

    assert [call.operation for call in cognito.calls].count("AssumeRole") == 2
