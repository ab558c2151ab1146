"""Calls that no mock answers don't leave the test run, and the error names the cures."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from pytest_cognito import active
from pytest_cognito.kernel.errors import NotMocked
from tests.support import clients

from .conftest import Run

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient

CURES = (
    *("def test_it(cognito)", "@pytest.mark.cognito", "@mock_cognito", "@mock_aws"),
    *("real=True", "cognito_allow_real = true"),
)


@pytest.fixture
def client() -> CognitoIdentityProviderClient:
    return boto3.client(
        "cognito-idp", region_name="us-east-1", aws_access_key_id="testing", aws_secret_access_key="testing"
    )


def test_a_call_is_refused_and_the_error_names_the_cures(client: CognitoIdentityProviderClient) -> None:
    with pytest.raises(NotMocked, match=r"ListUserPools of cognito-idp would have reached AWS") as refused:
        client.list_user_pools(MaxResults=1)

    assert [cure for cure in CURES if cure not in str(refused.value)] == []


@pytest.mark.parametrize(
    ("service", "operation", "parameters"),
    [
        ("cognito-identity", "list_identity_pools", {"MaxResults": 1}),
        ("cognito-sync", "list_identity_pool_usage", {}),
        ("sts", "get_caller_identity", {}),
    ],
)
def test_the_other_services_are_refused_too(service: str, operation: str, parameters: dict[str, Any]) -> None:
    made = clients.client(
        service, region_name="us-east-1", aws_access_key_id="testing", aws_secret_access_key="testing"
    )

    with pytest.raises(NotMocked):
        getattr(made, operation)(**parameters)


def test_a_call_of_a_thread_is_refused(client: CognitoIdentityProviderClient) -> None:
    raised: list[BaseException] = []

    def call() -> None:
        try:
            client.list_user_pools(MaxResults=1)
        except NotMocked as error:
            raised.append(error)

    thread = threading.Thread(target=call)
    thread.start()
    thread.join()

    assert len(raised) == 1


def test_a_call_after_the_mock_is_refused(client: CognitoIdentityProviderClient) -> None:
    from pytest_cognito import mock_cognito

    with mock_cognito():
        assert client.list_user_pools(MaxResults=1)["UserPools"] == []

    with pytest.raises(NotMocked):
        client.list_user_pools(MaxResults=1)


@pytest.fixture
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """What makes botocore sign and send a call."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")


def test_a_call_at_import_is_refused(run: Run, credentials: None) -> None:
    result = run(
        """
        import boto3
        boto3.client("cognito-idp", region_name="us-east-1").list_user_pools(MaxResults=1)
        """
    )

    result.assert_outcomes(errors=1)
    assert "A call at import time or in a session fixture happens before any test's mock" in result.stdout.str()


def test_the_traceback_of_a_refusal_ends_at_the_line_that_calls(run: Run, credentials: None) -> None:
    result = run(
        """
        import boto3
        def application():
            return boto3.client("cognito-idp", region_name="us-east-1").list_user_pools(MaxResults=1)

        def test_it():
            application()
        """
    )

    said = result.stdout.str()
    assert "in application" in said
    assert "botocore/" not in said
    assert "urllib3/" not in said
    assert "http/client" not in said
    assert "pytest_cognito/" not in said


@pytest.fixture
def without_credentials(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine on which nobody has set up credentials."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


def test_without_credentials_botocores_error_says_that_no_mock_is_active(run: Run, without_credentials: None) -> None:
    result = run(
        """
        import boto3
        def test_it():
            boto3.Session(region_name="us-east-1").client("cognito-idp").list_user_pools(MaxResults=1)
        """
    )

    result.assert_outcomes(failed=1)
    said = result.stdout.str()
    assert "NoCredentialsError: Unable to locate credentials" in said
    assert "pytest-cognito: no mock is active here." in said


REACHES = """
import boto3, pytest
from botocore.exceptions import EndpointConnectionError

def call():
    client = boto3.client(
        "cognito-idp", region_name="us-east-1", endpoint_url="http://127.0.0.1:9",
        aws_access_key_id="testing", aws_secret_access_key="testing",
        config=boto3.session.Config(retries={"total_max_attempts": 1}),
    )
    with pytest.raises(EndpointConnectionError):
        client.list_user_pools(MaxResults=1)
"""


def test_the_marker_lets_the_calls_of_its_test_through(run: Run) -> None:
    result = run(
        REACHES
        + """
@pytest.mark.cognito(real=True)
def test_real():
    call()

@pytest.mark.cognito(real=True)
class TestReal:
    def test_inherited(self):
        call()

    @pytest.mark.cognito(real=False)
    def test_nearer(self):
        assert boto3.client("cognito-idp").list_user_pools(MaxResults=1)["UserPools"] == []

def test_after():
    with pytest.raises(Exception, match="nothing in this test answers it"):
        boto3.client("cognito-idp", region_name="us-east-1").list_user_pools(MaxResults=1)
"""
    )

    result.assert_outcomes(passed=4)


def test_the_ini_option_lets_all_calls_through(run: Run) -> None:
    result = run(REACHES + "def test_it():\n    call()\n", ini="cognito_allow_real = true")

    result.assert_outcomes(passed=1)


def test_nothing_is_blocked_where_no_test_run_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(active, "settings", active.Settings())

    assert not active.blocks_calls()
