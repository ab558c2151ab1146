"""Clients of botocore and boto3: whichever there is, and wherever it was made, its calls to Cognito are answered."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import boto3
import botocore.client
import botocore.endpoint
import botocore.retries.adaptive
import botocore.session
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from pytest_cognito import Cognito, mock_cognito
from pytest_cognito.aws.errors import AWSError

from .early import EARLY, EARLY_SESSION, answers

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient

pytestmark = pytest.mark.usefixtures("no_network")
boto3.setup_default_session()


def test_a_client_made_while_the_mock_is_active(cognito: Cognito) -> None:
    assert answers(boto3.client("cognito-idp"))


def test_a_client_of_a_module_made_before(cognito: Cognito) -> None:
    assert answers(EARLY)


def test_a_client_that_was_used_before(cognito: Cognito) -> None:
    with mock_cognito():
        assert answers(EARLY)
    assert answers(EARLY)


def test_a_new_client_of_a_session_made_before(cognito: Cognito) -> None:
    assert answers(EARLY_SESSION.client("cognito-idp"))


def test_the_default_session_made_before(cognito: Cognito) -> None:
    assert boto3.DEFAULT_SESSION is not None
    assert answers(boto3.DEFAULT_SESSION.client("cognito-idp", region_name="us-east-1"))


def test_a_client_of_botocore_alone(cognito: Cognito) -> None:
    client: Any = botocore.session.get_session().create_client("cognito-idp")
    assert answers(client)


def test_a_client_made_in_another_thread(cognito: Cognito) -> None:
    with ThreadPoolExecutor(1) as thread:
        assert answers(thread.submit(boto3.client, "cognito-idp").result())


def test_a_call_made_in_another_thread(cognito: Cognito, cognito_idp: CognitoIdentityProviderClient) -> None:
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(answers, cognito_idp).result()


def test_the_first_calls_of_a_client_are_made_by_many_threads_at_once(
    cognito: Cognito, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A client is hooked at its first call: nobody may overtake whoever is at it."""
    client = boto3.client("cognito-idp")
    register = client.meta.events.register

    def register_slowly(*arguments: Any, **options: Any) -> None:
        time.sleep(0.02)
        register(*arguments, **options)

    monkeypatch.setattr(client.meta.events, "register", register_slowly)
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: client.list_user_pools(MaxResults=1), range(16)))
    assert len(cognito.calls) == len(answers) == 16


@pytest.mark.parametrize("url", ["http://localhost:9229", "https://cognito.example.com/base", "http://127.0.0.1:1"])
def test_any_endpoint_url(cognito: Cognito, url: str) -> None:
    assert answers(boto3.client("cognito-idp", endpoint_url=url))


@pytest.mark.parametrize("config", [{"use_fips_endpoint": True}, {"use_dualstack_endpoint": True}])
def test_other_endpoints_of_aws(cognito: Cognito, config: dict[str, Any]) -> None:
    assert answers(boto3.client("cognito-idp", region_name="us-east-1", config=Config(**config)))


def test_a_call_of_the_default_client_without_a_session(cognito: Cognito) -> None:
    """`boto3.client` with nothing said takes region and credentials of the environment, which the mock provides."""
    assert answers(boto3.client("cognito-idp"))


@pytest.mark.parametrize("made", ["before", "after"])
def test_neither_region_nor_credentials_are_needed(made: str, tmp_path: Path) -> None:
    lines = ["import boto3", "from pytest_cognito import mock_cognito"]
    client = "idp = boto3.client('cognito-idp'{})"
    lines += [client.format(", region_name='eu-west-1'")] if made == "before" else []
    lines += ["with mock_cognito() as cognito:"]
    lines += [f"    {client.format('')}"] if made == "after" else []
    lines += [
        "    pool = idp.create_user_pool(PoolName='p')['UserPool']['Id']",
        "    idp.admin_create_user(UserPoolId=pool, Username='u')",
        "    cognito.faults.fail('AdminGetUser')",
        "    idp.admin_get_user(UserPoolId=pool, Username='u')",
        "    print(pool)",
    ]
    home = {"HOME": str(tmp_path), "PATH": "/usr/bin", "PYTHONPATH": ":".join(sys.path)}
    run = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)],
        env={**home, "AWS_EC2_METADATA_DISABLED": "true"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.stderr == ""
    assert run.stdout.startswith("eu-west-1_" if made == "before" else "us-east-1_")


def test_a_region_sees_its_own_pools_alone(cognito: Cognito) -> None:
    ireland, virginia = (boto3.client("cognito-idp", region_name=name) for name in ("eu-west-1", "us-east-1"))
    pool = ireland.create_user_pool(PoolName="here")["UserPool"]["Id"]

    assert pool.startswith("eu-west-1_")
    assert virginia.list_user_pools(MaxResults=60)["UserPools"] == []
    assert [one["Id"] for one in ireland.list_user_pools(MaxResults=60)["UserPools"]] == [pool]
    with pytest.raises(virginia.exceptions.ResourceNotFoundException, match=f"User pool {pool} does not exist"):
        virginia.describe_user_pool(UserPoolId=pool)


def test_a_request_that_cannot_be_read_is_in_the_log(cognito: Cognito) -> None:
    client: Any = boto3.client("cognito-idp", config=Config(parameter_validation=False))
    with pytest.raises(ClientError) as caught:
        client.admin_get_user(UserPoolId=["a"], Username="u")
    call = cognito.calls[-1]
    assert isinstance(call.error, AWSError)
    assert (call.operation, call.parameters, call.error.code) == ("AdminGetUser", {}, "SerializationException")
    assert call.request_id == caught.value.response["ResponseMetadata"]["RequestId"]


def test_the_region_of_a_call_is_in_the_log(cognito: Cognito) -> None:
    boto3.client("cognito-idp", region_name="ap-south-1").list_user_pools(MaxResults=1)
    assert cognito.calls[-1].region == "ap-south-1"


def test_the_innermost_world_answers() -> None:
    client = boto3.client("cognito-idp", region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
    with mock_cognito() as outer:
        client.create_user_pool(PoolName="outer")
        with mock_cognito() as inner:
            client.create_user_pool(PoolName="inner")
            assert [pool.name for pool in inner.pools] == ["inner"]
        assert [pool.name for pool in outer.pools] == ["outer"]


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (botocore.client.BaseClient, "_make_api_call"),
        (botocore.endpoint, "time"),
        (botocore.retries.adaptive.ClientRateLimiter, "on_sending_request"),
    ],
)
def test_the_private_names_of_botocore_are_there(owner: type[object] | ModuleType, name: str) -> None:
    assert hasattr(owner, name), (
        f"botocore {botocore.__version__} has no {owner.__name__}.{name} any more, which the hook in "
        f"pytest_cognito.interception rests on: find where its callers look now"
    )


def test_every_call_of_a_client_goes_by_the_method_that_is_wrapped(cognito_idp: CognitoIdentityProviderClient) -> None:
    client: Any = cognito_idp
    base: Any = botocore.client.BaseClient
    endpoints: Any = botocore.endpoint
    assert client._make_api_call.__func__ is base._make_api_call
    assert hasattr(base._make_api_call, "__wrapped__")
    assert type(endpoints.time).__module__ == "pytest_cognito.interception.botocore_faults"
