"""What calls of other services want, where their parameters take more than a template."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from moto import mock_aws

from pytest_cognito import UsageError, iam

ACCOUNT = "123456789012"
QUEUE = f"https://queue.example.com/{ACCOUNT}/jobs"
LAMBDA = f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:save"
CLIENT: dict[str, Any] = {"region_name": "us-east-1", "aws_access_key_id": "a", "aws_secret_access_key": "b"}


def wanted(service: str, operation: str, parameters: dict[str, Any]) -> list[str]:
    """What a call wants, a text for each: the action and the resource, without what ARNs of here begin with."""
    found = iam.describe_call(service, operation, parameters, region="us-east-1", account=ACCOUNT)
    return [f"{one.action} {one.resource}" for one in found]


def here(service: str, resource: str) -> str:
    return f"arn:aws:{service}:us-east-1:{ACCOUNT}:{resource}"


@pytest.mark.parametrize(
    ("service", "operation", "parameters", "expected"),
    [
        ("sqs", "SendMessage", {"QueueUrl": QUEUE}, [f"sqs:SendMessage {here('sqs', 'jobs')}"]),
        ("sqs", "SendMessageBatch", {"QueueUrl": "jobs"}, [f"sqs:SendMessage {here('sqs', 'jobs')}"]),
        (
            "sqs",
            "ReceiveMessage",
            {"QueueUrl": "https://queue.example.com/210987654321/jobs"},
            ["sqs:ReceiveMessage arn:aws:sqs:us-east-1:210987654321:jobs"],
        ),
        ("sns", "Publish", {"TopicArn": here("sns", "news")}, [f"sns:Publish {here('sns', 'news')}"]),
        ("sns", "Publish", {"PhoneNumber": "+15550100"}, ["sns:Publish *"]),
        ("lambda", "Invoke", {"FunctionName": "save"}, [f"lambda:InvokeFunction {LAMBDA}"]),
        ("lambda", "Invoke", {"FunctionName": LAMBDA}, [f"lambda:InvokeFunction {LAMBDA}"]),
        ("lambda", "Invoke", {"FunctionName": "save", "Qualifier": "live"}, [f"lambda:InvokeFunction {LAMBDA}:live"]),
        ("lambda", "GetFunction", {"FunctionName": f"{ACCOUNT}:function:save"}, [f"lambda:GetFunction {LAMBDA}"]),
        ("kinesis", "PutRecord", {"StreamName": "clicks"}, [f"kinesis:PutRecord {here('kinesis', 'stream/clicks')}"]),
        ("kinesis", "GetRecords", {"StreamARN": "arn:a", "ShardIterator": "i"}, ["kinesis:GetRecords arn:a"]),
        ("dynamodbstreams", "GetRecords", {"ShardIterator": "arn:aws:a|1|AAA"}, ["dynamodb:GetRecords arn:aws:a"]),
        (
            "firehose",
            "PutRecord",
            {"DeliveryStreamName": "clicks"},
            [f"firehose:PutRecord {here('firehose', 'deliverystream/clicks')}"],
        ),
        ("ssm", "GetParameter", {"Name": "/app/url:3"}, [f"ssm:GetParameter {here('ssm', 'parameter/app/url')}"]),
        (
            "ssm",
            "GetParameter",
            {"Name": here("ssm", "parameter/app/url")},
            [f"ssm:GetParameter {here('ssm', 'parameter/app/url')}"],
        ),
        (
            "ssm",
            "GetParameters",
            {"Names": ["/a", "b"]},
            [f"ssm:GetParameters {here('ssm', f'parameter/{name}')}" for name in ("a", "b")],
        ),
        ("ssm", "GetParametersByPath", {"Path": "/app"}, [f"ssm:GetParametersByPath {here('ssm', 'parameter/app')}"]),
        ("kms", "Decrypt", {"KeyId": "1-2"}, [f"kms:Decrypt {here('kms', 'key/1-2')}"]),
        ("events", "PutEvents", {"Entries": [{}]}, [f"events:PutEvents {here('events', 'event-bus/default')}"]),
        (
            "events",
            "PutRule",
            {"Name": "nightly", "EventBusName": "app"},
            [f"events:PutRule {here('events', 'rule/app/nightly')}"],
        ),
        (
            "events",
            "PutTargets",
            {"Rule": "nightly", "EventBusName": "default"},
            [f"events:PutTargets {here('events', 'rule/nightly')}"],
        ),
        ("stepfunctions", "StartExecution", {"stateMachineArn": "arn:a"}, ["states:StartExecution arn:a"]),
        (
            "logs",
            "PutLogEvents",
            {"logGroupName": "/app", "logStreamName": "1"},
            [f"logs:PutLogEvents {here('logs', 'log-group:/app:log-stream:1')}"],
        ),
        ("cloudwatch", "PutMetricData", {"Namespace": "app"}, ["cloudwatch:PutMetricData *"]),
        (
            "polly",
            "SynthesizeSpeech",
            {"LexiconNames": ["names"]},
            ["polly:SynthesizeSpeech *", f"polly:SynthesizeSpeech {here('polly', 'lexicon/names')}"],
        ),
        ("translate", "TranslateText", {}, ["translate:TranslateText *"]),
        ("rekognition", "DetectLabels", {}, ["rekognition:DetectLabels *"]),
        ("iot-data", "Publish", {"topic": "a/b"}, [f"iot:Publish {here('iot', 'topic/a/b')}"]),
        (
            "pinpoint",
            "UpdateEndpoint",
            {"ApplicationId": "1", "EndpointId": "2"},
            [f"mobiletargeting:UpdateEndpoint {here('mobiletargeting', 'apps/1/endpoints/2')}"],
        ),
        (
            "location",
            "SearchPlaceIndexForText",
            {"IndexName": "towns"},
            [f"geo:SearchPlaceIndexForText {here('geo', 'place-index/towns')}"],
        ),
        ("geo-places", "Geocode", {}, ["geo-places:Geocode arn:aws:geo-places:us-east-1::provider/default"]),
    ],
)
def test_calls_of_other_services(service: str, operation: str, parameters: dict[str, Any], expected: list[str]) -> None:
    assert wanted(service, operation, parameters) == expected


@mock_aws
def test_a_secret_is_found_by_its_name() -> None:
    arn = boto3.client("secretsmanager", **CLIENT).create_secret(Name="app/key", SecretString="s")["ARN"]

    assert wanted("secretsmanager", "GetSecretValue", {"SecretId": "app/key"}) == [
        f"secretsmanager:GetSecretValue {arn}"
    ]
    assert wanted("secretsmanager", "GetSecretValue", {"SecretId": arn}) == [f"secretsmanager:GetSecretValue {arn}"]
    assert wanted("secretsmanager", "GetSecretValue", {"SecretId": "none"}) == [
        f"secretsmanager:GetSecretValue {here('secretsmanager', 'secret:none')}"
    ]


@mock_aws
def test_an_alias_leads_to_its_key() -> None:
    kms = boto3.client("kms", **CLIENT)
    key = kms.create_key()["KeyMetadata"]
    kms.create_alias(AliasName="alias/app", TargetKeyId=key["KeyId"])

    assert wanted("kms", "Encrypt", {"KeyId": "alias/app"}) == [f"kms:Encrypt {key['Arn']}"]
    assert wanted("kms", "Encrypt", {"KeyId": "alias/none"}) == [f"kms:Encrypt {here('kms', 'alias/none')}"]


@mock_aws
def test_mail_is_sent_by_the_identity_that_is_verified() -> None:
    ses = boto3.client("ses", **CLIENT)
    ses.verify_domain_identity(Domain="example.com")

    def sending(sender: str) -> list[str]:
        return wanted("ses", "SendEmail", {"Source": sender})

    assert sending("App <app@example.com>") == [f"ses:SendEmail {here('ses', 'identity/example.com')}"]
    assert sending("app@example.org") == [f"ses:SendEmail {here('ses', 'identity/app@example.org')}"]
    ses.verify_email_identity(EmailAddress="app@example.com")
    assert sending("app@example.com") == [f"ses:SendEmail {here('ses', 'identity/app@example.com')}"]


def test_a_ciphertext_does_not_tell_its_key() -> None:
    with pytest.raises(UsageError, match=r"Decrypt of kms lacks .*\{KeyId\|key\}. Give them, or say in the test"):
        wanted("kms", "Decrypt", {"CiphertextBlob": b"a"})


def test_a_request_to_an_api() -> None:
    one = iam.invoke_api("a1b2", "prod", "get", "/notes/a%20b", region="us-east-1", account=ACCOUNT, keys={"k": "v"})

    assert one == iam.Wanted("execute-api:Invoke", here("execute-api", "a1b2/prod/GET/notes/a b"), {"k": "v"})


def test_a_graphql_request_wants_each_field() -> None:
    fields = [("Query", "notes"), ("Mutation", "save")]

    found = iam.query_graphql("a1b2", fields, region="us-east-1", account=ACCOUNT)

    assert [(one.action, one.resource) for one in found] == [
        ("appsync:GraphQL", here("appsync", "apis/a1b2/types/Query/fields/notes")),
        ("appsync:GraphQL", here("appsync", "apis/a1b2/types/Mutation/fields/save")),
    ]
