"""What the failures of a SyncTrigger's function lead to: AWS's error, and nothing stored."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.exceptions import ClientError

from pytest_cognito import Cognito, IdentityPool
from pytest_cognito.kernel.errors import UsageError
from tests.support.functions import Event, Function, failing, unchanged
from tests.support.refusals import Refusal, refusal
from tests.support.sync_devices import SyncDevice, of_guest

if TYPE_CHECKING:
    from types_boto3_cognito_sync import CognitoSyncClient

ARN = "arn:aws:lambda:us-east-1:123456789012:function:on-sync"
OUTPUT = "InvalidLambdaFunctionOutputException"
INVALID_OUTPUT = Refusal(OUTPUT, "The AWS Lambda function returned invalid output")
THROTTLED = Refusal("LambdaThrottledException", "AWS Lambda throttled your account, please contact AWS Support")
TIMED_OUT = Refusal("LambdaSocketTimeoutException", "Socket timeout while invoking the AWS Lambda function")


@pytest.fixture
def pool(cognito: Cognito) -> IdentityPool:
    return cognito.create_identity_pool(AllowUnauthenticatedIdentities=True)


@pytest.fixture
def device(pool: IdentityPool) -> SyncDevice:
    device = of_guest(pool)
    device.update(theme="dark")
    return device


def with_record(record: Any) -> Function:
    return lambda event, context: {**event, "datasetRecords": {**event["datasetRecords"], "theme": record}}


def other(**members: Any) -> Function:
    return lambda event, context: {**event, **members}


WRONG: dict[str, tuple[Callable[[Event, object], object], str]] = {
    "nothing": (lambda event, context: None, "returned None, not the event"),
    "a text": (lambda event, context: "done", "returned done, not the event"),
    "no envelope": (
        lambda event, context: {"datasetRecords": {}},
        "returned the event with another version, eventType, region, identityPoolId, identityId, datasetName",
    ),
    "another dataset": (other(datasetName="other"), "returned the event with another datasetName"),
    "another version": (other(version=2.5), "returned the event with another version"),
    "no records": (other(datasetRecords=None), "returned the event with datasetRecords=None"),
    "a list": (other(datasetRecords=[]), "returned the event with datasetRecords=[]"),
    "a value": (with_record("light"), "returned light for the record theme"),
    "no op": (with_record({"newValue": "light"}), "returned the record theme with op=None"),
    "another op": (with_record({"newValue": "light", "op": "add"}), "returned the record theme with op=add"),
    "a number": (with_record({"newValue": 5, "op": "replace"}), "returned the record theme with newValue=5"),
    "a long key": (other(datasetRecords={"k" * 1025: {}}), "returned a record with a key of 1025 characters"),
    "no JSON": (with_record({1, 2}), "returned what JSON cannot hold: Object of type set is not JSON serializable"),
}


@pytest.mark.parametrize(("function", "told"), WRONG.values(), ids=WRONG)
def test_invalid_output(
    cognito: Cognito, pool: IdentityPool, device: SyncDevice, function: Callable[[Event, object], object], told: str
) -> None:
    pool.set_trigger("SyncTrigger", function)
    assert refusal(device.update, theme="light", size="12") == INVALID_OUTPUT
    assert device.values() == {"theme": "dark"}
    [invocation] = cognito.triggers.of("SyncTrigger")
    assert (invocation.outcome(), invocation.error is None) == (told, False)


def test_a_function_that_raises(cognito: Cognito, pool: IdentityPool, device: SyncDevice) -> None:
    pool.set_trigger("SyncTrigger", failing)
    assert refusal(device.update, theme="light") == Refusal(
        OUTPUT, "The AWS Lambda function returned an exception: not today"
    )
    assert device.values() == {"theme": "dark"}
    assert cognito.triggers.last().outcome() == "raised ValueError: not today"
    pool.set_trigger("SyncTrigger", unchanged)
    assert device.update(theme="light") == {"theme": "light"}


def test_a_function_has_five_seconds_once(cognito: Cognito, pool: IdentityPool, device: SyncDevice) -> None:
    def slow(event: Event, context: object) -> Event:
        cognito.clock.advance(seconds=5.1)
        return event

    pool.set_trigger("SyncTrigger", slow)
    assert refusal(device.update, theme="light") == TIMED_OUT
    assert device.values() == {"theme": "dark"}
    assert [str(one.error) for one in cognito.triggers] == [f"{TIMED_OUT.code}: {TIMED_OUT.message}"]


def test_an_injected_fault_stands_for_a_throttled_account(
    cognito: Cognito, pool: IdentityPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")  # botocore tries again after such an error
    device = of_guest(pool)
    cognito.faults.fail("UpdateRecords", code=THROTTLED.code, message=THROTTLED.message, status=429)
    assert refusal(device.update, theme="light") == THROTTLED
    assert device.update(theme="light") == {"theme": "light"}


def test_a_coroutine_function_is_told_apart(pool: IdentityPool, device: SyncDevice) -> None:
    async def handler(event: Event, context: object) -> Event:
        return event

    pool.set_trigger("SyncTrigger", handler)
    with pytest.raises(UsageError, match=r"SyncTrigger is a coroutine function; .* write `def`"):
        device.update(theme="light")


# Functions that are named by ARN


@pytest.fixture
def by_arn(cognito_sync: CognitoSyncClient, pool: IdentityPool, device: SyncDevice) -> SyncDevice:
    cognito_sync.set_cognito_events(IdentityPoolId=pool.id, Events={"SyncTrigger": ARN})
    return device


def test_a_function_is_registered_by_its_arn(cognito: Cognito, by_arn: SyncDevice) -> None:
    cognito.triggers.register(ARN, with_record({"newValue": "light", "op": "replace"}))
    assert by_arn.update(size="12") == {"size": "12", "theme": "light"}


def test_a_function_that_nothing_runs(by_arn: SyncDevice) -> None:
    with pytest.raises(UsageError, match=rf"the pool's Sync trigger names {ARN}, and nothing runs"):
        by_arn.update(size="12")
    assert by_arn.values() == {"theme": "dark"}


def test_a_function_in_motos_lambda_is_run(cognito: Cognito, by_arn: SyncDevice) -> None:
    from moto import mock_aws
    from moto.awslambda_simple.models import lambda_simple_backends

    # Without Docker, moto's Lambda answers with what it is given, or what it is told to.
    with mock_aws(config={"lambda": {"use_docker": False}}):
        _create_function()
        assert by_arn.update(size="12") == {"size": "12"}
        lambda_simple_backends["123456789012"]["us-east-1"].lambda_simple_results_queue.append("{")
        assert refusal(by_arn.update, size="14") == INVALID_OUTPUT
    assert by_arn.values() == {"theme": "dark", "size": "12"}
    ran, no_json = cognito.triggers.of("SyncTrigger")
    assert (ran.result, ran.error) == (ran.event, None)
    assert no_json.outcome() == "returned what is not JSON"


def test_a_function_that_motos_lambda_lacks_cannot_be_invoked(cognito: Cognito, by_arn: SyncDevice) -> None:
    from moto import mock_aws

    with mock_aws():
        assert refusal(by_arn.update, size="12") == Refusal(
            OUTPUT, "The AWS Lambda function could not be invoked: ResourceNotFoundException"
        )
    assert isinstance(cognito.triggers.last().error, ClientError)


def _create_function() -> None:
    role = boto3.client("iam").create_role(RoleName="on-sync", AssumeRolePolicyDocument="{}")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("index.py", "def handler(event, context): return event")
    boto3.client("lambda", region_name="us-east-1").create_function(
        FunctionName="on-sync",
        Runtime="python3.12",
        Role=role["Role"]["Arn"],
        Handler="index.handler",
        Code={"ZipFile": archive.getvalue()},
    )


class Throttling(BaseHTTPRequestHandler):
    """A Lambda without capacity."""

    def do_POST(self) -> None:
        body = b'{"Type": "User", "message": "Rate Exceeded.", "Reason": "CallerRateLimitExceeded"}'
        self.send_response(429)
        self.send_header("x-amzn-ErrorType", "TooManyRequestsException")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""


@pytest.fixture
def throttling_lambda(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with HTTPServer(("127.0.0.1", 0), Throttling) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        monkeypatch.setenv("AWS_ENDPOINT_URL_LAMBDA", f"http://127.0.0.1:{server.server_port}")
        monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")  # botocore would wait before it tries again
        yield
        server.shutdown()
        thread.join()


@pytest.mark.usefixtures("throttling_lambda")
def test_a_throttled_function(by_arn: SyncDevice) -> None:
    with pytest.raises(by_arn.client.exceptions.LambdaThrottledException) as refused:
        by_arn.update(size="12")
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 429
    assert refused.value.response["Error"]["Message"] == THROTTLED.message
    assert by_arn.values() == {"theme": "dark"}
