"""The logs of a pool: where a test reads them, and how they get to CloudWatch Logs, Firehose and S3."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.kernel.errors import UsageError
from tests.support.app import App, MakeApp
from tests.support.refusals import no_pool, refusal
from tests.support.threats import FULL, event

ACCOUNT = "123456789012"
GROUP = f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group:/aws/vendedlogs/notes"
STREAM = f"arn:aws:firehose:us-east-1:{ACCOUNT}:deliverystream/notes"
BUCKET = "arn:aws:s3:::notes"
TO_GROUP = {"CloudWatchLogsConfiguration": {"LogGroupArn": GROUP}}
TO_STREAM = {"FirehoseConfiguration": {"StreamArn": STREAM}}
TO_BUCKET = {"S3Configuration": {"BucketArn": BUCKET}}
EVENTS = {"LogLevel": "INFO", "EventSource": "userAuthEvents"}
NOTIFICATION = {"LogLevel": "ERROR", "EventSource": "userNotification"}


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    pool = cognito.create_user_pool(UserPoolAddOns=FULL)
    pool.create_client()
    pool.create_user("alice", email="alice@example.com")
    return pool


@pytest.fixture
def moto() -> Iterator[None]:
    with mock_aws():
        yield


def deliver(app: App, *configurations: dict[str, Any]) -> list[dict[str, Any]]:
    """SetLogDeliveryConfiguration; gives the configurations that it answers."""
    answer = app.call("set_log_delivery_configuration", UserPoolId=app.pool_id, LogConfigurations=list(configurations))[
        "LogDeliveryConfiguration"
    ]
    assert answer["UserPoolId"] == app.pool_id
    found: list[dict[str, Any]] = answer["LogConfigurations"]
    return found


def delivered(app: App) -> list[dict[str, Any]]:
    answer = app.call("get_log_delivery_configuration", UserPoolId=app.pool_id)
    found: list[dict[str, Any]] = answer["LogDeliveryConfiguration"]["LogConfigurations"]
    return found


class TestConfiguration:
    """SetLogDeliveryConfiguration and GetLogDeliveryConfiguration."""

    def test_what_is_set_replaces_what_was(self, app: App) -> None:
        assert delivered(app) == []
        for configurations in (
            [{**NOTIFICATION, **TO_GROUP}, {**EVENTS, **TO_BUCKET}],
            [{**EVENTS, **TO_STREAM}],
            [],
        ):
            assert deliver(app, *configurations) == delivered(app) == configurations

    @pytest.mark.parametrize(
        "configurations",
        [
            [{**NOTIFICATION, "LogLevel": "INFO", **TO_GROUP}],
            [{**EVENTS, "LogLevel": "ERROR", **TO_GROUP}],
            [{**NOTIFICATION, **TO_BUCKET}],
            [EVENTS],
            [{**EVENTS, **TO_GROUP, **TO_BUCKET}],
            [{**EVENTS, **TO_GROUP}, {**EVENTS, **TO_BUCKET}],
            [{**EVENTS, "CloudWatchLogsConfiguration": {}}],
            [{**EVENTS, "CloudWatchLogsConfiguration": {"LogGroupArn": STREAM}}],
            [{**EVENTS, "CloudWatchLogsConfiguration": {"LogGroupArn": GROUP.replace(ACCOUNT, "999999999999")}}],
            [{**EVENTS, **TO_BUCKET}] * 3,
        ],
        ids=["info", "error", "bucket", "none", "two", "twice", "no arn", "stream", "account", "three"],
    )
    def test_what_is_not_allowed_changes_nothing(self, app: App, configurations: list[dict[str, Any]]) -> None:
        deliver(app, {**EVENTS, **TO_STREAM})

        call = {"UserPoolId": app.pool_id, "LogConfigurations": configurations}
        assert refusal(app.idp.set_log_delivery_configuration, **call).code == "InvalidParameterException"
        assert delivered(app) == [{**EVENTS, **TO_STREAM}]

    def test_the_plan_has_to_include_activity(self, make_app: MakeApp) -> None:
        app = make_app(UserPoolTier="ESSENTIALS")
        call = {"UserPoolId": app.pool_id, "LogConfigurations": [{**EVENTS, **TO_GROUP}]}

        assert refusal(app.idp.set_log_delivery_configuration, **call).code == "FeatureUnavailableInTierException"
        assert deliver(app, {**NOTIFICATION, **TO_GROUP})

    def test_a_pool_that_is_not_there(self, app: App) -> None:
        nowhere = "us-east-1_Nowhere00"

        assert refusal(app.idp.get_log_delivery_configuration, UserPoolId=nowhere) == no_pool(nowhere)
        call = {"UserPoolId": nowhere, "LogConfigurations": []}
        assert refusal(app.idp.set_log_delivery_configuration, **call) == no_pool(nowhere)


class TestDelivery:
    """The same documents wherever they go."""

    def test_a_test_reads_them_without_any_destination(self, cognito: Cognito, app: App) -> None:
        app.sign_in()

        log = cognito.logs.last("userAuthEvents")
        found = event(app)
        assert (log.level, log.pool_id, log.destination, log.problem) == ("INFO", app.pool_id, None, None)
        assert log.document["eventSource"] == "USER_ACTIVITY"
        assert log.document["logSourceId"] == {"userPoolId": app.pool_id}
        expected = {
            "eventId": found["EventId"],
            "eventType": "SignIn",
            "userName": "alice",
            "userSub": app.sub(),
            "clientId": app.client_id,
            "eventResponse": "Pass",
            "riskDecision": "NoRisk",
            "challenges": ["Password:Success"],
            "ipAddress": "127.0.0.1",
            "hasContextData": "false",
            "requestId": cognito.calls.of("InitiateAuth")[-1].request_id,
        }
        assert expected.items() <= log.message.items()
        assert repr(log) == "<LogRecord userAuthEvents INFO eventType=SignIn eventResponse=Pass userName=alice>"

    def test_to_a_log_group(self, cognito: Cognito, app: App, moto: None) -> None:
        logs = boto3.client("logs")
        name = GROUP.partition("log-group:")[2]
        logs.create_log_group(logGroupName=name)
        deliver(app, {**EVENTS, "CloudWatchLogsConfiguration": {"LogGroupArn": GROUP}})
        cognito.clock.advance(days=100)
        app.sign_in()
        refusal(app.sign_in, password="Wr0ng-horse!")

        got = logs.filter_log_events(logGroupName=name)["events"]
        assert [json.loads(one["message"]) for one in got] == [dict(log.document) for log in cognito.logs]
        assert [log.destination for log in cognito.logs] == [GROUP] * 2
        assert [json.loads(one["message"])["message"]["eventResponse"] for one in got] == ["Pass", "Fail"]

    def test_to_a_bucket(self, cognito: Cognito, app: App, moto: None) -> None:
        s3 = boto3.client("s3")
        s3.create_bucket(Bucket="notes")
        deliver(app, {**EVENTS, **TO_BUCKET})
        app.sign_in()

        [listed] = s3.list_objects_v2(Bucket="notes")["Contents"]
        body = s3.get_object(Bucket="notes", Key=listed["Key"])["Body"].read()
        assert json.loads(body) == cognito.logs.last().document
        assert listed["Key"].startswith(f"AWSLogs/{ACCOUNT}/")

    def test_to_a_stream(self, cognito: Cognito, app: App, moto: None) -> None:
        s3 = boto3.client("s3")
        s3.create_bucket(Bucket="sink")
        sink = {"RoleARN": f"arn:aws:iam::{ACCOUNT}:role/sink", "BucketARN": "arn:aws:s3:::sink"}
        boto3.client("firehose").create_delivery_stream(
            DeliveryStreamName="notes", ExtendedS3DestinationConfiguration=sink
        )
        deliver(app, {**EVENTS, **TO_STREAM})
        app.sign_in()

        assert (cognito.logs.last().destination, cognito.logs.last().problem) == (STREAM, None)
        [listed] = s3.list_objects_v2(Bucket="sink")["Contents"]
        body = s3.get_object(Bucket="sink", Key=listed["Key"])["Body"].read()
        assert json.loads(body) == cognito.logs.last().document

    def test_what_does_not_get_there_is_told_and_hurts_nobody(self, cognito: Cognito, app: App, moto: None) -> None:
        deliver(app, {**EVENTS, **TO_GROUP})

        assert app.sign_in()
        assert cognito.logs.last().problem == "ResourceNotFoundException"

    @pytest.mark.parametrize("destination", [TO_GROUP, TO_STREAM, TO_BUCKET], ids=["logs", "firehose", "s3"])
    def test_nothing_is_sent_to_aws(self, cognito: Cognito, app: App, destination: dict[str, Any]) -> None:
        deliver(app, {**EVENTS, **destination})

        assert app.sign_in()
        assert "no mock" in str(cognito.logs.last().problem)

    def test_no_endpoint_that_listens(self, cognito: Cognito, app: App, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:1")
        monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
        deliver(app, {**EVENTS, **TO_BUCKET})

        assert app.sign_in()
        assert "127.0.0.1:1" in str(cognito.logs.last().problem)


def test_the_readable_log(cognito: Cognito, app: App) -> None:
    with pytest.raises(LookupError, match="no log of userAuthEvents"):
        cognito.logs.last("userAuthEvents")
    with pytest.raises(LookupError, match="there is no log"):
        cognito.logs.last()
    with pytest.raises(UsageError, match="source is 'userAuthEvents' or 'userNotification', not 'events'"):
        cognito.logs.of("events")
    app.sign_in()
    assert [log.source for log in cognito.logs] == ["userAuthEvents"]
    assert cognito.logs[0] is cognito.logs.last()
    assert repr(cognito.logs) == "<Logs: 1 records>"
    cognito.logs.clear()
    assert len(cognito.logs) == 0
    app.sign_in()
    cognito.reset()
    assert len(cognito.logs) == 0
