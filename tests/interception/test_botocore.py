"""Clients of botocore and boto3: whichever there is, its calls to Cognito are answered, and nothing else changes."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import boto3
import botocore.client
import botocore.endpoint
import botocore.retries.adaptive
import botocore.session
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, EndpointConnectionError, ParamValidationError
from botocore.stub import Stubber

from pytest_cognito import mock_cognito
from pytest_cognito.aws.model import SERVICES, service_model
from pytest_cognito.gateway import endpoint, xform_name
from pytest_cognito.kernel.usage import NotMocked, Unsupported
from tests.support.network import closed

EARLY = boto3.client("cognito-idp", region_name="us-east-1", aws_access_key_id="early", aws_secret_access_key="early")
EARLY_SESSION = boto3.Session(aws_access_key_id="early", aws_secret_access_key="early", region_name="us-east-1")
boto3.setup_default_session()


@pytest.fixture(autouse=True)
def no_network() -> Iterator[list[str]]:
    with closed() as tried:
        yield tried
    assert tried == []


def answers(client: Any) -> bool:
    """Whether a client is answered, and errors are the ones that it models."""
    made = client.create_user_pool(PoolName="here")["UserPool"]["Id"]
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        client.describe_user_pool(UserPoolId=f"{made}x")
    return client.describe_user_pool(UserPoolId=made)["UserPool"]["Name"] == "here"


# --- whichever client there is ----------------------------------------------------------------------------------------


def test_a_client_made_while_the_mock_is_active(cognito):
    assert answers(boto3.client("cognito-idp"))


def test_a_client_of_a_module_made_before(cognito):
    assert answers(EARLY)


def test_a_client_that_was_used_before(cognito):
    with mock_cognito():
        assert answers(EARLY)
    assert answers(EARLY)


def test_a_new_client_of_a_session_made_before(cognito):
    assert answers(EARLY_SESSION.client("cognito-idp"))


def test_the_default_session_made_before(cognito):
    assert answers(boto3.DEFAULT_SESSION.client("cognito-idp", region_name="us-east-1"))


def test_a_client_of_botocore_alone(cognito):
    assert answers(botocore.session.get_session().create_client("cognito-idp"))


def test_a_client_made_in_another_thread(cognito):
    with ThreadPoolExecutor(1) as thread:
        assert answers(thread.submit(boto3.client, "cognito-idp").result())


def test_a_call_made_in_another_thread(cognito, cognito_idp):
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(answers, cognito_idp).result()


def test_the_first_calls_of_a_client_are_made_by_many_threads_at_once(cognito):
    """A client is hooked at its first call: nobody may overtake whoever is at it."""
    client = boto3.client("cognito-idp")
    register = client.meta.events.register

    def register_slowly(*arguments: Any, **options: Any) -> None:
        time.sleep(0.02)
        register(*arguments, **options)

    client.meta.events.register = register_slowly
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: client.list_user_pools(MaxResults=1), range(16)))
    assert len(cognito.calls) == len(answers) == 16


@pytest.mark.parametrize("url", ["http://localhost:9229", "https://cognito.example.com/base", "http://127.0.0.1:1"])
def test_any_endpoint_url(cognito, url):
    assert answers(boto3.client("cognito-idp", endpoint_url=url))


@pytest.mark.parametrize("config", [{"use_fips_endpoint": True}, {"use_dualstack_endpoint": True}])
def test_other_endpoints_of_aws(cognito, config):
    assert answers(boto3.client("cognito-idp", region_name="us-east-1", config=Config(**config)))


def test_a_call_of_the_default_client_without_a_session(cognito):
    """`boto3.client` with nothing said takes region and credentials of the environment, which the mock provides."""
    assert answers(boto3.client("cognito-idp"))


@pytest.mark.parametrize("made", ["before", "after"])
def test_neither_region_nor_credentials_are_needed(made, tmp_path):
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


# --- regions ----------------------------------------------------------------------------------------------------------


def test_a_region_sees_its_own_pools_alone(cognito):
    ireland, virginia = (boto3.client("cognito-idp", region_name=name) for name in ("eu-west-1", "us-east-1"))
    pool = ireland.create_user_pool(PoolName="here")["UserPool"]["Id"]

    assert pool.startswith("eu-west-1_")
    assert virginia.list_user_pools(MaxResults=60)["UserPools"] == []
    assert [one["Id"] for one in ireland.list_user_pools(MaxResults=60)["UserPools"]] == [pool]
    with pytest.raises(virginia.exceptions.ResourceNotFoundException, match=f"User pool {pool} does not exist"):
        virginia.describe_user_pool(UserPoolId=pool)


def test_a_request_that_cannot_be_read_is_in_the_log(cognito):
    client = boto3.client("cognito-idp", config=Config(parameter_validation=False))
    with pytest.raises(ClientError) as caught:
        client.admin_get_user(UserPoolId=["a"], Username="u")
    call = cognito.calls[-1]
    assert (call.operation, call.parameters, call.error.code) == ("AdminGetUser", {}, "SerializationException")
    assert call.request_id == caught.value.response["ResponseMetadata"]["RequestId"]


def test_the_region_of_a_call_is_in_the_log(cognito):
    boto3.client("cognito-idp", region_name="ap-south-1").list_user_pools(MaxResults=1)
    assert cognito.calls[-1].region == "ap-south-1"


# --- what there is no function for ------------------------------------------------------------------------------------


def _simple(service: str, *, answered: bool | None = None) -> str | None:
    """An operation that needs nothing but texts."""
    for name in service_model(service).operation_names:
        shape = service_model(service).operation_model(name).input_shape
        plain = shape is None or all(shape.members[one].type_name == "string" for one in shape.required_members)
        if plain and answered in (None, endpoint(service, name).function is not None):
            return name
    return None


def _call(client: Any, service: str, name: str) -> Any:
    shape = service_model(service).operation_model(name).input_shape
    return getattr(client, xform_name(name))(**dict.fromkeys(shape.required_members if shape else (), "x"))


@pytest.mark.parametrize("service", SERVICES)
def test_an_operation_that_has_no_function_is_named(cognito, service):
    name = _simple(service, answered=False)
    if name is None:
        assert all(endpoint(service, name).function for name in service_model(service).operation_names)
        return
    client = boto3.client(service, config=Config(parameter_validation=False))

    with pytest.raises(Unsupported, match=f"does not answer {name} of {service} yet; nothing was sent to AWS"):
        _call(client, service, name)
    assert isinstance(cognito.calls[-1].error, Unsupported)


# --- other services and other mocks -----------------------------------------------------------------------------------


def test_other_services_are_left_alone(cognito, no_network):
    with pytest.raises(EndpointConnectionError):
        boto3.client("sqs", config=Config(retries={"total_max_attempts": 1})).list_queues()
    assert len(no_network) > 0
    assert all("sqs" in address for address in no_network)
    no_network.clear()
    assert len(cognito.calls) == 0


def _use_both() -> None:
    s3, idp, tables = (boto3.client(name, region_name="us-east-1") for name in ("s3", "cognito-idp", "dynamodb"))
    s3.create_bucket(Bucket="theirs")
    idp.create_user_pool(PoolName="ours")
    key = [{"AttributeName": "id", "KeyType": "HASH"}]
    kinds = [{"AttributeName": "id", "AttributeType": "S"}]
    tables.create_table(TableName="theirs", KeySchema=key, AttributeDefinitions=kinds, BillingMode="PAY_PER_REQUEST")

    assert [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]] == ["theirs"]
    assert tables.list_tables()["TableNames"] == ["theirs"]
    # Only we know this operation's constraint; moto accepts any MaxResults.
    with pytest.raises(ClientError, match="validation error detected"):
        idp.list_user_pools(MaxResults=61)


def _moto_has_no_pools() -> bool:
    from moto.backends import get_backend

    return all(not region.user_pools for region in get_backend("cognito-idp")["123456789012"].values())


def test_moto_outside():
    from moto import mock_aws

    with mock_aws():
        with mock_cognito() as cognito:
            _use_both()
            assert [pool.name for pool in cognito.pools] == ["ours"]
        assert _moto_has_no_pools()


def test_moto_inside():
    from moto import mock_aws

    with mock_cognito() as cognito, mock_aws():
        _use_both()
        assert [pool.name for pool in cognito.pools] == ["ours"]
        assert _moto_has_no_pools()


@pytest.mark.parametrize("outside", ["moto", "ours"])
def test_moto_and_an_injected_fault(outside):
    """A fault goes by way of `before-send`, where moto listens, too."""
    from moto import mock_aws

    first, second = (mock_aws(), mock_cognito()) if outside == "moto" else (mock_cognito(), mock_aws())
    with first as one, second as other:
        cognito = other if outside == "moto" else one
        cognito.faults.fail("CreateUserPool")
        boto3.client("cognito-idp").create_user_pool(PoolName="ours")
        assert [pool.name for pool in cognito.pools] == ["ours"]
        assert _moto_has_no_pools()


def test_a_stubber_keeps_its_say(cognito, cognito_idp):
    client = boto3.client("cognito-idp")
    with Stubber(client) as stub:
        stub.add_response(
            "describe_user_pool", {"UserPool": {"Name": "stubbed"}}, {"UserPoolId": "us-east-1_Stubbed01"}
        )
        assert client.describe_user_pool(UserPoolId="us-east-1_Stubbed01")["UserPool"]["Name"] == "stubbed"
        stub.assert_no_pending_responses()
    assert len(cognito.calls) == 0
    assert answers(client)


def test_a_stubber_on_a_client_that_was_used_before_keeps_its_say(cognito):
    client = boto3.client("cognito-idp")
    assert answers(client)
    calls = len(cognito.calls)
    with Stubber(client) as stub:
        stub.add_client_error("list_user_pools", "TooManyRequestsException")
        with pytest.raises(client.exceptions.TooManyRequestsException):
            client.list_user_pools(MaxResults=1)
    assert len(cognito.calls) == calls


# --- answers ----------------------------------------------------------------------------------------------------------


def test_the_metadata_of_an_answer(cognito, cognito_idp):
    metadata = cognito_idp.list_user_pools(MaxResults=1)["ResponseMetadata"]

    assert metadata["HTTPStatusCode"] == 200
    assert metadata["RetryAttempts"] == 0
    assert metadata["HTTPHeaders"]["x-amzn-requestid"] == metadata["RequestId"] == cognito.calls[-1].request_id
    assert metadata["HTTPHeaders"]["content-type"] == "application/x-amz-json-1.1"


def test_an_error_is_the_client_s_own(cognito_user_pool, cognito_idp):
    with pytest.raises(cognito_idp.exceptions.UserNotFoundException) as caught:
        cognito_idp.admin_get_user(UserPoolId=cognito_user_pool.id, Username="nobody")
    response = caught.value.response

    assert response["Error"] == {"Code": "UserNotFoundException", "Message": "User does not exist."}
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert response["ResponseMetadata"]["RetryAttempts"] == 0
    assert response["ResponseMetadata"]["HTTPHeaders"]["x-amzn-requestid"] == response["ResponseMetadata"]["RequestId"]
    assert str(caught.value) == (
        "An error occurred (UserNotFoundException) when calling the AdminGetUser operation: User does not exist."
    )


def test_what_the_caller_does_to_an_answer_changes_nothing_here(cognito_user_pool, cognito_user, cognito_idp):
    name = {"UserPoolId": cognito_user_pool.id}
    for get in (
        lambda: cognito_idp.describe_user_pool(**name)["UserPool"],
        lambda: cognito_idp.admin_get_user(**name, Username=cognito_user.username),
        lambda: cognito_idp.list_users(**name)["Users"][0],
        lambda: cognito_idp.describe_user_pool_client(**name, ClientId=cognito_user_pool.client.id)["UserPoolClient"],
    ):
        was = get()
        was.pop("ResponseMetadata", None)
        _spoil(get())
        now = get()
        now.pop("ResponseMetadata", None)
        assert now == was


def _spoil(value: Any) -> None:
    for inner in list(value.values() if isinstance(value, dict) else value):
        if isinstance(inner, dict | list):
            _spoil(inner)
    value.clear()


def test_what_the_caller_does_to_his_parameters_afterwards_changes_nothing_here(cognito, cognito_idp):
    policies = {"PasswordPolicy": {"MinimumLength": 10}}
    tags = {"team": "a"}
    pool = cognito_idp.create_user_pool(PoolName="p", Policies=policies, UserPoolTags=tags)["UserPool"]["Id"]
    _spoil(policies)
    tags["team"] = "b"

    described = cognito_idp.describe_user_pool(UserPoolId=pool)["UserPool"]
    assert described["Policies"]["PasswordPolicy"]["MinimumLength"] == 10
    assert described["UserPoolTags"] == {"team": "a"}
    assert cognito.calls.of("CreateUserPool")[0].parameters["UserPoolTags"] == {"team": "a"}


def test_pages(cognito_user_pool, cognito_idp):
    for number in range(7):
        cognito_user_pool.create_user(f"user{number}")
    paginator = cognito_idp.get_paginator("list_users")
    pages = list(paginator.paginate(UserPoolId=cognito_user_pool.id, PaginationConfig={"PageSize": 3}))

    assert [len(page["Users"]) for page in pages] == [3, 3, 1]
    assert len({user["Username"] for page in pages for user in page["Users"]}) == 7


# --- parameters -------------------------------------------------------------------------------------------------------


def test_botocore_s_own_validation_comes_first(cognito, cognito_idp):
    with pytest.raises(ParamValidationError):
        cognito_idp.admin_get_user(UserPoolId="us-east-1_Abc")
    assert len(cognito.calls) == 0


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"UserPoolId": None, "Username": None},
        {"UserPoolId": 5, "Username": "u"},
        {"UserPoolId": "us-east-1_Abc", "Username": ["u"]},
        {"UserPoolId": {"a": 1}, "Username": True},
        {"UserPoolId": "us-east-1_Abc", "Username": "u" * 1000},
    ],
)
def test_without_botocore_s_validation_aws_has_the_last_word(cognito, parameters):
    client = boto3.client("cognito-idp", config=Config(parameter_validation=False))
    with pytest.raises(ClientError) as caught:
        client.admin_get_user(**parameters)
    assert caught.value.response["Error"]["Code"] in (
        "InvalidParameterException",
        "SerializationException",
        "ResourceNotFoundException",
    )


# --- no mock ----------------------------------------------------------------------------------------------------------


def test_without_a_mock_a_call_is_refused_and_told_the_cure():
    with pytest.raises(NotMocked) as caught:
        EARLY.list_user_pools(MaxResults=1)
    message = str(caught.value)
    assert message.startswith("ListUserPools of cognito-idp would have reached Amazon Cognito")
    for cure in ("def test_it(cognito)", "@pytest.mark.cognito", "@mock_cognito", "cognito_allow_real = true"):
        assert cure in message


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_is_refused_without_a_mock(service):
    client = EARLY_SESSION.client(service, config=Config(parameter_validation=False))
    name = _simple(service)
    with pytest.raises(NotMocked, match=f"{name} of {service}"):
        _call(client, service, name)


def test_after_the_mock_a_call_is_refused_again():
    with mock_cognito():
        assert answers(EARLY)
    with pytest.raises(NotMocked):
        EARLY.list_user_pools(MaxResults=1)


@pytest.mark.cognito(real=True)
def test_a_test_may_let_its_calls_through(no_network):
    client = EARLY_SESSION.client("cognito-idp", config=Config(retries={"total_max_attempts": 1}))
    with pytest.raises(EndpointConnectionError):
        client.list_user_pools(MaxResults=1)
    assert len(no_network) > 0
    no_network.clear()


def test_without_the_plugin_a_call_goes_where_it_always_went():
    code = """
    import boto3, botocore.httpsession
    from pytest_cognito import mock_cognito
    idp = boto3.client("cognito-idp", region_name="eu-west-1", aws_access_key_id="a", aws_secret_access_key="b")
    with mock_cognito():
        print(len(idp.list_user_pools(MaxResults=1)["UserPools"]))
    def send(self, request):
        print(request.url, "Authorization" in request.headers)
        raise SystemExit
    botocore.httpsession.URLLib3Session.send = send
    idp.list_user_pools(MaxResults=1)
    """
    run = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, timeout=60, check=False
    )
    assert run.stdout.split("\n")[:2] == ["0", "https://cognito-idp.eu-west-1.amazonaws.com/ True"]
    assert run.stderr == ""


# --- worlds -----------------------------------------------------------------------------------------------------------


def test_the_innermost_world_answers():
    client = boto3.client("cognito-idp", region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
    with mock_cognito() as outer:
        client.create_user_pool(PoolName="outer")
        with mock_cognito() as inner:
            client.create_user_pool(PoolName="inner")
            assert [pool.name for pool in inner.pools] == ["inner"]
        assert [pool.name for pool in outer.pools] == ["outer"]


# --- what this rests on -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (botocore.client.BaseClient, "_make_api_call"),
        (botocore.endpoint, "time"),
        (botocore.retries.adaptive.ClientRateLimiter, "on_sending_request"),
    ],
)
def test_the_private_names_of_botocore_are_there(owner, name):
    assert hasattr(owner, name), (
        f"botocore {botocore.__version__} has no {owner.__name__}.{name} any more, which the door in "
        f"pytest_cognito.interception rests on: find where its callers look now"
    )


def test_every_call_of_a_client_goes_by_the_method_that_is_wrapped(cognito_idp):
    assert cognito_idp._make_api_call.__func__ is botocore.client.BaseClient._make_api_call
    assert hasattr(botocore.client.BaseClient._make_api_call, "__wrapped__")
    assert type(botocore.endpoint.time).__module__ == "pytest_cognito.interception.botocore_faults"
