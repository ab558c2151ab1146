"""Code that has no region and no credentials works while a mock is active, and nothing of that stays."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import boto3
import pytest
from botocore.exceptions import ConfigParseError

from pytest_cognito import mock_cognito

NAMES = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION")


@pytest.fixture
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A home directory without any configuration of AWS."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    (tmp_path / ".aws").mkdir()
    return tmp_path / ".aws"


def environment() -> list[str | None]:
    return [os.environ.get(name) for name in NAMES]


@pytest.mark.usefixtures("clean")
def test_what_is_missing_is_given_and_taken_back() -> None:
    with mock_cognito() as cognito:
        assert environment() == ["testing", "testing", "us-east-1"]
        assert cognito.region == "us-east-1"

    assert environment() == [None, None, None]


@pytest.mark.usefixtures("clean")
def test_what_is_set_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    before = ["mine", "secret", "ap-south-1"]
    for name, value in zip(NAMES, before, strict=True):
        monkeypatch.setenv(name, value)

    with mock_cognito() as cognito:
        assert environment() == before
        assert cognito.region == "ap-south-1"
    with mock_cognito(region="eu-west-1"):
        assert environment() == ["mine", "secret", "eu-west-1"]

    assert environment() == before


@pytest.mark.usefixtures("clean")
def test_nested_mocks_give_and_take_back_in_turn() -> None:
    with mock_cognito(region="eu-west-1"):
        with mock_cognito(region="eu-west-2"):
            assert environment()[2] == "eu-west-2"
        assert environment()[2] == "eu-west-1"

    assert environment() == [None, None, None]


def test_a_config_file_with_a_region_is_left_to_botocore(clean: Path) -> None:
    (clean / "config").write_text("[default]\nregion = ca-central-1\n")

    with mock_cognito() as cognito:
        assert environment()[2] is None
        assert cognito.region == boto3.Session().client("cognito-idp").meta.region_name == "ca-central-1"
        pool = cognito.create_user_pool()
        assert (
            boto3.Session().client("cognito-idp").describe_user_pool(UserPoolId=pool.id)["UserPool"]["Arn"] == pool.arn
        )


def test_a_config_file_without_a_region_is_not_enough(clean: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (clean / "config").write_text("[default]\noutput = json\n[profile dev]\nregion = ca-central-1\n")

    with mock_cognito():
        assert environment()[2] == "us-east-1"
    monkeypatch.setenv("AWS_PROFILE", "dev")
    with mock_cognito():
        assert environment()[2] is None


def test_a_config_file_that_is_none_is_left_to_botocore(clean: Path) -> None:
    (clean / "config").write_text("region\n=\n[")

    with mock_cognito(), pytest.raises(ConfigParseError):
        boto3.Session().client("cognito-idp")


def test_the_region_of_lambda_is_taken(clean: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_REGION", "sa-east-1")

    with mock_cognito() as cognito:
        assert cognito.region == boto3.Session().client("cognito-idp").meta.region_name == "sa-east-1"


def test_credentials_of_a_file_are_left_to_botocore(clean: Path) -> None:
    (clean / "credentials").write_text("[default]\naws_access_key_id = mine\naws_secret_access_key = secret\n")

    with mock_cognito():
        assert environment()[0] is None


def test_a_script_on_a_machine_without_any_configuration(tmp_path: Path) -> None:
    script = """
    import os, boto3
    from pytest_cognito import mock_cognito

    @mock_cognito
    def main():
        client = boto3.client("cognito-idp")
        pool = client.create_user_pool(PoolName="app")["UserPool"]["Id"]
        print(pool.partition("_")[0], len(client.list_user_pools(MaxResults=9)["UserPools"]))
        print(boto3.client("sts").meta.region_name)

    main()
    print([name for name in os.environ if name.startswith("AWS_")])
    """
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "PYTHONPATH", "SYSTEMROOT")}

    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        env={**kept, "HOME": str(tmp_path), "AWS_EC2_METADATA_DISABLED": "true"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["us-east-1 1", "us-east-1", "['AWS_EC2_METADATA_DISABLED']"]
