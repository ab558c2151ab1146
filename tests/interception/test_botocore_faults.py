"""Injected faults: botocore's own retries meet them, and nobody waits."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectTimeoutError, ReadTimeoutError
from botocore.retries.bucket import TokenBucket

from pytest_cognito import Cognito, UsageError, User, UserPool, mock_cognito
from pytest_cognito.aws.errors import AWSError
from tests.support import clients
from tests.support.network import closed

LATENCY = 0.05  # seconds
MODES = ["legacy", "standard", "adaptive"]
RETRIED = ["standard", "adaptive"]
"""The modes that try a throttled call again: Cognito throttles with HTTP 400, which the legacy mode takes for good."""


@pytest.fixture(autouse=True)
def slept(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """The seconds of each sleep. Before each retry botocore draws some from a range that grows: up to 1, 2, 4, 8."""
    slept: list[float] = []
    sleep = time.sleep

    def noted(seconds: float) -> None:
        slept.append(seconds)
        sleep(min(seconds, LATENCY))

    monkeypatch.setattr(time, "sleep", noted)
    monkeypatch.setattr(TokenBucket, "acquire", lambda *_, **__: slept.append(float("inf")))
    with closed() as tried:
        yield slept
    assert tried == []
    assert all(seconds <= LATENCY for seconds in slept)


def client(mode: str = "legacy", attempts: int = 5, service: str = "cognito-idp") -> Any:
    retries: Any = {"mode": mode, "total_max_attempts": attempts}
    return clients.client(service, config=Config(retries=retries))


def outcomes(cognito: Cognito, operation: str = "ListUserPools") -> list[str | None]:
    """What came of each try: the name of the error, or None."""
    return [_name(call.error) for call in cognito.calls.of(operation)]


def _name(error: Exception | None) -> str | None:
    return None if error is None else getattr(error, "code", type(error).__name__)


@pytest.mark.parametrize("mode", MODES)
def test_a_failing_service_is_tried_again(cognito: Cognito, mode: str) -> None:
    cognito.faults.fail("ListUserPools", times=3)
    answer = client(mode).list_user_pools(MaxResults=1)

    assert answer["UserPools"] == []
    assert answer["ResponseMetadata"]["RetryAttempts"] == 3
    assert outcomes(cognito) == ["InternalErrorException"] * 3 + [None]


@pytest.mark.parametrize("mode", RETRIED)
def test_a_throttled_call_is_tried_again(cognito: Cognito, mode: str) -> None:
    cognito.faults.throttle("ListUserPools", times=3)
    answer = client(mode).list_user_pools(MaxResults=1)

    assert answer["ResponseMetadata"]["RetryAttempts"] == 3
    assert outcomes(cognito) == ["TooManyRequestsException"] * 3 + [None]


def test_the_legacy_mode_does_not_try_a_throttled_call_again(cognito: Cognito) -> None:
    """As against AWS: ``TooManyRequestsException`` comes with HTTP 400, and the legacy mode looks for 429."""
    cognito.faults.throttle("ListUserPools")
    idp = client("legacy")
    with pytest.raises(idp.exceptions.TooManyRequestsException) as caught:
        idp.list_user_pools(MaxResults=1)

    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert caught.value.response["Error"] == {"Code": "TooManyRequestsException", "Message": "Rate exceeded"}
    assert outcomes(cognito) == ["TooManyRequestsException"]


@pytest.mark.parametrize("mode", MODES)
def test_when_the_tries_are_used_up_the_error_is_the_caller_s(cognito: Cognito, mode: str) -> None:
    cognito.faults.fail("ListUserPools", times=9)
    idp = client(mode, attempts=4)
    with pytest.raises(idp.exceptions.InternalErrorException) as caught:
        idp.list_user_pools(MaxResults=1)

    metadata = caught.value.response["ResponseMetadata"]
    assert (metadata["RetryAttempts"], metadata["HTTPStatusCode"]) == (3, 500)
    assert metadata["RequestId"] == cognito.calls[-1].request_id
    assert outcomes(cognito) == ["InternalErrorException"] * 4


@pytest.mark.parametrize(("mode", "tries"), [("legacy", 5), ("standard", 3), ("adaptive", 3)])
def test_a_client_with_the_defaults_of_its_mode(
    cognito: Cognito, monkeypatch: pytest.MonkeyPatch, mode: str, tries: int
) -> None:
    monkeypatch.setenv("AWS_RETRY_MODE", mode)
    cognito.faults.fail(times=99)
    with pytest.raises(ClientError):
        boto3.client("cognito-idp").list_user_pools(MaxResults=1)
    assert len(cognito.calls) == tries


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("phase", "error"), [("connect", ConnectTimeoutError), ("read", ReadTimeoutError)])
def test_time_outs(cognito: Cognito, mode: str, phase: str, error: type[Exception]) -> None:
    cognito.faults.time_out("ListUserPools", times=2, phase=phase)
    idp = client(mode, attempts=3)

    assert idp.list_user_pools(MaxResults=1)["ResponseMetadata"]["RetryAttempts"] == 2
    assert outcomes(cognito) == [error.__name__] * 2 + [None]

    cognito.faults.time_out("ListUserPools", times=3, phase=phase)
    with pytest.raises(error, match=r"https://cognito-idp\.us-east-1\.amazonaws\.com/"):
        idp.list_user_pools(MaxResults=1)


def test_a_phase_that_there_is_not(cognito: Cognito) -> None:
    with pytest.raises(UsageError, match='"connect" or "read", not \'write\''):
        cognito.faults.time_out(phase="write")


def test_an_error_of_ones_own(cognito: Cognito) -> None:
    cognito.faults.fail("ListUserPools", code="AccessDeniedException", message="No.", status=403)
    with pytest.raises(ClientError, match=r"An error occurred \(AccessDeniedException\).*: No\.") as caught:
        client().list_user_pools(MaxResults=1)
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403


@pytest.mark.parametrize("service", ["cognito-identity", "sts"])
def test_the_other_services_fail_in_their_own_protocols(cognito: Cognito, service: str) -> None:
    cognito.faults.fail("*", times=1, code="SomeException", message="Something", status=400)
    caller = client(service=service)
    with pytest.raises(ClientError, match=r"An error occurred \(SomeException\).*: Something"):
        caller.get_caller_identity() if service == "sts" else caller.list_identity_pools(MaxResults=1)


def test_faults_are_of_an_operation(cognito: Cognito) -> None:
    cognito.faults.fail("describe_user_pool", times=9)
    client().list_user_pools(MaxResults=1)
    with pytest.raises(ClientError):
        client().describe_user_pool(UserPoolId="us-east-1_Abcdefghi")


def test_faults_of_any_operation(cognito: Cognito) -> None:
    cognito.faults.fail(times=2)
    idp = client()
    assert idp.list_user_pools(MaxResults=1)["ResponseMetadata"]["RetryAttempts"] == 2
    assert idp.create_user_pool(PoolName="p")["ResponseMetadata"]["RetryAttempts"] == 0


def test_faults_follow_one_another(cognito: Cognito) -> None:
    cognito.faults.fail("ListUserPools")
    cognito.faults.time_out("ListUserPools")
    cognito.faults.throttle("ListUserPools")
    assert client("standard").list_user_pools(MaxResults=1)["UserPools"] == []
    assert outcomes(cognito) == ["InternalErrorException", "ReadTimeoutError", "TooManyRequestsException", None]


def test_no_more_faults(cognito: Cognito) -> None:
    cognito.faults.fail(times=9)
    cognito.faults.clear()
    assert client().list_user_pools(MaxResults=1)["ResponseMetadata"]["RetryAttempts"] == 0


@pytest.mark.parametrize("times", [0, -2])
def test_a_number_of_times_that_makes_no_sense(cognito: Cognito, times: int) -> None:
    with pytest.raises(UsageError, match=f"times must be a whole number, at least 1, not {times}"):
        cognito.faults.throttle(times=times)


def test_latency(cognito: Cognito, slept: list[float]) -> None:
    cognito.faults.slow_down("ListUserPools", seconds=LATENCY, times=2)
    idp = client()
    began = time.perf_counter()
    for _ in range(3):
        idp.list_user_pools(MaxResults=1)
    assert time.perf_counter() - began >= 2 * LATENCY
    assert slept == [LATENCY, LATENCY]


def test_what_a_faulty_operation_answers_in_the_end_is_what_it_always_answers(
    cognito_user_pool: UserPool, cognito_user: User, cognito: Cognito
) -> None:
    idp, name = client("standard"), {"UserPoolId": cognito_user_pool.id, "Username": cognito_user.username}
    plain = idp.admin_get_user(**name)
    cognito.faults.fail("AdminGetUser")
    faulty = idp.admin_get_user(**name)
    for answer in (plain, faulty):
        del answer["ResponseMetadata"]
    assert faulty == plain


def test_a_call_that_met_a_fault_changes_nothing(cognito: Cognito) -> None:
    cognito.faults.fail("CreateUserPool", times=1)
    with pytest.raises(ClientError):
        client(attempts=1).create_user_pool(PoolName="p")
    assert cognito.pools == []


def test_a_call_that_met_a_fault_is_in_the_log(cognito: Cognito) -> None:
    cognito.faults.throttle("CreateUserPool")
    with pytest.raises(ClientError):
        client().create_user_pool(PoolName="p")
    (call,) = cognito.calls
    assert (call.service, call.operation, call.region) == ("cognito-idp", "CreateUserPool", "us-east-1")
    assert call.parameters == {"PoolName": "p"}
    assert isinstance(call.error, AWSError)
    assert (call.error.code, call.error.message) == ("TooManyRequestsException", "Rate exceeded")


def test_faults_are_of_their_world(cognito: Cognito) -> None:
    cognito.faults.fail(times=9)
    with mock_cognito() as inner:
        client().list_user_pools(MaxResults=1)
        assert len(inner.calls) == 1
    assert len(cognito.calls) == 0
    cognito.faults.clear()


def test_the_user_agent_reaches_the_operation_all_the_same(cognito_user_pool: UserPool, cognito: Cognito) -> None:
    """A trigger's event names the SDK that the user agent tells of."""
    seen: list[dict[str, str]] = []

    @cognito_user_pool.on("PreSignUp")
    def look(event: dict[str, Any], context: Any) -> dict[str, Any]:
        seen.append(event["callerContext"])
        return event

    idp = boto3.client("cognito-idp", config=Config(user_agent="aws-sdk-js/3.1"))
    cognito.faults.fail("SignUp")
    idp.sign_up(ClientId=cognito_user_pool.client.id, Username="u", Password="Correct-horse-7")
    assert seen[0]["awsSdkVersion"] == "aws-sdk-js-3.1"


def test_credentials_are_not_looked_for(cognito: Cognito, monkeypatch: pytest.MonkeyPatch) -> None:
    """They may have to be fetched, and that would go over the network."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    idp = boto3.Session().client("cognito-idp", region_name="us-east-1")
    cognito.faults.fail()
    assert idp.list_user_pools(MaxResults=1)["ResponseMetadata"]["RetryAttempts"] == 1
