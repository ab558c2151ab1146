"""While a mock is active, nobody asks the metadata services of EC2 and ECS, whatever files of AWS there are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import botocore.session
import botocore.utils
import pytest
from botocore.config import Config

from pytest_cognito import mock_cognito
from tests.support import clients, metadata

_Config: Any = Config
_AUTO = _Config(defaults_mode="auto")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[str]]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_DEFAULT_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    write(monkeypatch, tmp_path, "", "")
    with metadata.service(monkeypatch) as asked:
        yield asked


def write(monkeypatch: pytest.MonkeyPatch, path: Path, credentials: str, config: str) -> None:
    for variable, text in {"AWS_SHARED_CREDENTIALS_FILE": credentials, "AWS_CONFIG_FILE": config}.items():
        file = path / variable
        file.write_text(text)
        monkeypatch.setenv(variable, str(file))


def use(client: Any) -> None:
    assert client.list_user_pools(MaxResults=1)["UserPools"] == []


def access_key(session: boto3.Session) -> str | None:
    found = session.get_credentials()
    return None if found is None else found.access_key


@pytest.mark.parametrize(("credentials", "config"), metadata.FILES.values(), ids=metadata.FILES)
def test_files_without_credentials(
    asked: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, credentials: str, config: str
) -> None:
    write(monkeypatch, tmp_path, credentials, config)

    with mock_cognito(region="us-east-1"):
        session = boto3.Session()
        use(session.client("cognito-idp"))

    assert access_key(session) == "testing"
    assert asked == []


@pytest.mark.parametrize(("credentials", "config"), metadata.FILES.values(), ids=metadata.FILES)
def test_a_session_of_a_profile_takes_none_from_the_environment(
    asked: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, credentials: str, config: str
) -> None:
    write(monkeypatch, tmp_path, credentials.replace("work", "other"), f"{config}\n[profile work]\noutput = json\n")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAOFENV")

    with mock_cognito(region="us-east-1"):
        session = boto3.Session(profile_name="work")
        use(session.client("cognito-idp", region_name="us-east-1"))
        assert access_key(session) == "testing"

    assert asked == []


@pytest.mark.parametrize("source", ["Ec2InstanceMetadata", "EcsContainer"])
def test_a_session_of_a_profile_with_a_role_of_the_machine(
    asked: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, source: str
) -> None:
    role = f"[profile work]\nrole_arn = arn:aws:iam::123456789012:role/r\ncredential_source = {source}\n"
    write(monkeypatch, tmp_path, "", role)

    with mock_cognito(region="us-east-1"):
        use(boto3.Session(profile_name="work").client("cognito-idp"))

    assert asked == []


@pytest.mark.parametrize("variable", ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"])
def test_a_profile_of_the_environment_without_keys(
    asked: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variable: str
) -> None:
    write(monkeypatch, tmp_path, "", "[profile work]\nregion = eu-west-1\n")
    monkeypatch.setenv(variable, "work")

    with mock_cognito():
        client = boto3.Session().client("cognito-idp")
        use(client)

    assert client.meta.region_name == "eu-west-1"
    assert asked == []


@pytest.mark.parametrize(
    ("credentials", "config"),
    [
        ("[default]\naws_access_key_id = mine\naws_secret_access_key = secret\n", ""),
        ("", "[default]\naws_access_key_id = mine\naws_secret_access_key = secret\n"),
        ("", "[profile default]\naws_access_key_id = mine\naws_secret_access_key = secret\n"),
    ],
)
def test_credentials_of_a_file_are_kept(
    asked: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, credentials: str, config: str
) -> None:
    write(monkeypatch, tmp_path, credentials, config)

    with mock_cognito(region="us-east-1"):
        assert access_key(boto3.Session()) == "mine"


def test_sessions_and_clients_that_are_older_than_the_mock(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_CONTAINER_CREDENTIALS_FULL_URI")
    session = boto3.Session(region_name="us-east-1")
    client = session.client("cognito-idp")
    assert session.get_credentials() is None
    assert asked != []
    asked.clear()

    with mock_cognito():
        use(client)
        use(session.client("cognito-idp"))

    assert asked == []


def test_the_defaults_mode_that_asks_where_the_machine_is(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_EXECUTION_ENV", "")
    with mock_cognito(region="us-east-1"):
        use(clients.client("cognito-idp", config=_AUTO))

    assert asked == []


def test_credentials_that_expire_are_not_renewed(asked: list[str]) -> None:
    fetcher = botocore.utils.InstanceMetadataFetcher(config={"ec2_metadata_service_endpoint": metadata_endpoint()})
    with mock_cognito():
        assert fetcher.retrieve_iam_role_credentials() == {}
        assert asked == []

    fetcher.retrieve_iam_role_credentials()
    assert asked != []


def metadata_endpoint() -> str:
    endpoint: str = botocore.session.Session().get_config_variable("ec2_metadata_service_endpoint")
    return endpoint


def test_the_private_name_that_is_hooked_is_there() -> None:
    assert callable(vars(botocore.utils.IMDSFetcher)["_assert_enabled"])
