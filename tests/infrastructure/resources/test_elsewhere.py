"""Resources of other services: made where moto is active, and left out where it is not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from pytest_cognito.infrastructure.stacks.stack import Stack
from pytest_cognito.kernel.errors import Unsupported
from tests.support.stacks import POOL, Resources, Templates, attribute, ref, resource

REGION, ACCOUNT = "us-east-1", "123456789012"
KEY = {"AttributeName": "id", "KeyType": "HASH"}
TABLE = resource(
    "DynamoDB::Table",
    AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
    KeySchema=[KEY],
    StreamSpecification={"StreamViewType": "NEW_IMAGE"},
    TimeToLiveSpecification={"AttributeName": "until", "Enabled": True},
    Tags=[{"Key": "team", "Value": "notes"}],
)
EVERYTHING: Resources = {
    "Alias": resource("KMS::Alias", AliasName="alias/notes", TargetKeyId=ref("Key")),
    "Bucket": resource("S3::Bucket", VersioningConfiguration={"Status": "Enabled"}),
    "Bus": resource("Events::EventBus", Name="notes"),
    "Key": resource("KMS::Key", EnableKeyRotation=True, Tags=[{"Key": "team", "Value": "notes"}]),
    "Logs": resource("Logs::LogGroup", LogGroupName="/aws/vendedlogs/notes", RetentionInDays="7"),
    "Parameter": resource("SSM::Parameter", Type="String", Value=5, Tags={"team": "notes"}),
    "Queue": resource("SQS::Queue", VisibilityTimeout=60, FifoQueue=True),
    "Secret": resource(
        "SecretsManager::Secret",
        GenerateSecretString={
            "SecretStringTemplate": '{"user": "ann"}',
            "GenerateStringKey": "password",
            "PasswordLength": 20,
        },
    ),
    "Stream": resource("Kinesis::Stream"),
    "Table": TABLE,
    "Topic": resource(
        "SNS::Topic",
        DisplayName="Notes",
        Subscription=[{"Protocol": "email", "Endpoint": "ann@example.com"}],
    ),
}


@pytest.fixture
def moto() -> Iterator[None]:
    with mock_aws():
        yield


def client(service: str, region: str = REGION) -> Any:
    return boto3.client(service, region_name=region)  # type: ignore[call-overload]  # the name is no literal


@pytest.mark.usefixtures("moto")
class TestWithMoto:
    """moto answers."""

    def test_everything(self, templates: Templates) -> None:
        stack = templates.deploy(EVERYTHING)
        assert stack.left_out == {}
        assert client("kms").get_key_rotation_status(KeyId=stack.physical_id("Key"))["KeyRotationEnabled"]
        self._look_at_stores(stack)
        self._look_at_channels(stack)
        stack.delete()
        assert client("dynamodb").list_tables()["TableNames"] == []
        assert client("s3").list_buckets()["Buckets"] == []
        assert client("sns").list_topics()["Topics"] == []

    def _look_at_stores(self, stack: Stack) -> None:
        table = client("dynamodb").describe_table(TableName=stack.physical_id("Table"))["Table"]
        assert table["KeySchema"] == [KEY]
        assert stack.resource("Table").attributes == {
            "Arn": table["TableArn"],
            "StreamArn": table["LatestStreamArn"],
        }
        bucket = stack.physical_id("Bucket")
        assert client("s3").get_bucket_versioning(Bucket=bucket)["Status"] == "Enabled"
        assert stack.resource("Bucket").attributes == {
            "Arn": f"arn:aws:s3:::{bucket}",
            "DomainName": f"{bucket}.s3.amazonaws.com",
            "RegionalDomainName": f"{bucket}.s3.us-east-1.amazonaws.com",
        }
        secret = client("secretsmanager").get_secret_value(SecretId=stack.physical_id("Secret"))["SecretString"]
        assert json.loads(secret)["user"] == "ann"
        assert len(json.loads(secret)["password"]) == 20
        parameter = client("ssm").get_parameter(Name=stack.physical_id("Parameter"))["Parameter"]
        assert (parameter["Value"], stack.resource("Parameter").attributes["Value"]) == ("5", "5")
        key = client("kms").describe_key(KeyId="alias/notes")["KeyMetadata"]
        assert stack.resource("Key").attributes == {"Arn": key["Arn"], "KeyId": stack.physical_id("Key")}

    def _look_at_channels(self, stack: Stack) -> None:
        queue = stack.resource("Queue")
        of_queue = {"QueueUrl": queue.physical_id, "AttributeNames": ["All"]}
        attributes = client("sqs").get_queue_attributes(**of_queue)["Attributes"]
        assert (attributes["VisibilityTimeout"], attributes["QueueArn"]) == ("60", queue.attributes["Arn"])
        topic = client("sns").get_topic_attributes(TopicArn=stack.physical_id("Topic"))["Attributes"]
        subscriptions = client("sns").list_subscriptions()["Subscriptions"]
        assert (topic["DisplayName"], [one["Endpoint"] for one in subscriptions]) == ("Notes", ["ann@example.com"])
        group = client("logs").describe_log_groups()["logGroups"][0]
        assert (group["retentionInDays"], group["arn"]) == (7, stack.resource("Logs").attributes["Arn"])
        stream = client("kinesis").describe_stream(StreamName=stack.physical_id("Stream"))["StreamDescription"]
        assert stream["StreamARN"] == stack.resource("Stream").attributes["Arn"]
        assert client("events").describe_event_bus(Name="notes")["Arn"] == stack.resource("Bus").attributes["Arn"]

    def test_a_refusal_of_another_mock_is_one_of_the_stack(self, templates: Templates) -> None:
        client("dynamodb").create_table(
            TableName="notes",
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            KeySchema=[KEY],
            BillingMode="PAY_PER_REQUEST",
        )
        named = {**TABLE, "Properties": {**TABLE["Properties"], "TableName": "notes"}}
        assert "Table already exists: notes" in templates.refused({"Pool": POOL, "Table": named})

    def test_what_nothing_sets_is_left_out_and_listed(self, templates: Templates) -> None:
        rules = {"CorsRules": [{"AllowedMethods": ["GET"], "AllowedOrigins": ["*"]}]}
        made = {"Files": resource("S3::Bucket", BucketName="files-of-notes", CorsConfiguration=rules)}
        stack = templates.deploy(made)
        assert list(stack.left_out) == ["Files.CorsConfiguration"]
        assert "CreateBucket does not take it" in stack.left_out["Files.CorsConfiguration"]
        assert "1 resources, left out Files.CorsConfiguration" in repr(stack)
        templates.update(stack, {**made, "Pool": POOL})
        assert list(stack.left_out) == ["Files.CorsConfiguration"]

    def test_a_bucket_of_another_region(self, templates: Templates) -> None:
        stack = templates.deploy({"Bucket": EVERYTHING["Bucket"]}, region="eu-west-1")
        place = client("s3").get_bucket_location(Bucket=stack.physical_id("Bucket"))
        assert place["LocationConstraint"] == "eu-west-1"

    def test_what_is_gone_is_no_hindrance(self, templates: Templates) -> None:
        stack = templates.deploy({"Table": TABLE})
        client("dynamodb").delete_table(TableName=stack.physical_id("Table"))
        stack.delete()

    def test_a_change_is_not_known(self, templates: Templates) -> None:
        stack = templates.deploy({"Topic": resource("SNS::Topic", DisplayName="Notes")})
        with pytest.raises(Unsupported, match=r"does not change resources of the type AWS::SNS::Topic"):
            templates.update(stack, {"Topic": resource("SNS::Topic", DisplayName="Other")})


def test_without_another_mock_they_are_left_out(templates: Templates) -> None:
    role = resource(
        "Cognito::UserPool",
        UserPoolName=ref("Table"),
        UserPoolTags={"table": attribute("Table", "Arn"), "other": attribute("Other", "Thing")},
    )
    stack = templates.deploy({"Table": TABLE, "Other": resource("Batch::JobQueue"), "Pool": role})
    assert stack.left_out == {
        "Other": "nothing here makes resources of the type AWS::Batch::JobQueue",
        "Table": "nobody mocks dynamodb: its resources are made where moto is active",
    }
    tags = stack.resource("Pool").properties["UserPoolTags"]
    assert tags["table"].startswith(f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:")
    stack.delete()


def test_what_a_mock_had_that_is_not_active_any_more(templates: Templates) -> None:
    with mock_aws():
        stack = templates.deploy({"Table": TABLE})
    stack.delete()
