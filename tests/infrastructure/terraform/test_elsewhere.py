"""Resources of other services, made where moto is active; and Lambda's: layers, aliases and what they permit."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from pytest_cognito import Cognito
from tests.support.terraform_documents import TRUST, pool, resource, write_state

REGION = "eu-west-1"
EVERYTHING = [
    resource("aws_s3_bucket.files", bucket_prefix="notes-"),
    resource("aws_sns_topic.notes", name="notes", display_name="Notes"),
    resource("aws_sqs_queue.notes", name="notes.fifo", fifo_queue=True, visibility_timeout_seconds=60),
    resource("aws_kinesis_stream.notes", name="notes", shard_count=2),
    resource("aws_cloudwatch_log_group.notes", name="/notes", retention_in_days=7),
    resource("aws_ssm_parameter.notes", name="/notes", type="String", value="5"),
    resource("aws_kms_key.notes", description="Notes", policy=TRUST, tags_all={"team": "notes"}),
    resource(
        "aws_dynamodb_table.notes",
        name="notes",
        hash_key="user",
        range_key="id",
        attribute=[{"name": name, "type": "S"} for name in ("user", "id", "day")],
        global_secondary_index=[
            {"name": "by-day", "hash_key": "day", "projection_type": "INCLUDE", "non_key_attributes": ["text"]}
        ],
        local_secondary_index=[{"name": "by-user-and-day", "range_key": "day", "projection_type": "ALL"}],
        stream_enabled=True,
        stream_view_type="NEW_IMAGE",
        ttl=[{"enabled": True, "attribute_name": "until"}],
        tags_all={"team": "notes"},
    ),
]
ATTRIBUTES = {
    "aws_s3_bucket.files": ["arn", "bucket", "bucket_domain_name", "bucket_regional_domain_name", "id"],
    "aws_sns_topic.notes": ["arn", "id", "name"],
    "aws_sqs_queue.notes": ["arn", "id", "name", "url"],
    "aws_kinesis_stream.notes": ["arn", "id", "name"],
    "aws_cloudwatch_log_group.notes": ["arn", "id", "name"],
    "aws_ssm_parameter.notes": ["id", "name", "value"],
    "aws_kms_key.notes": ["arn", "id", "key_id"],
    "aws_dynamodb_table.notes": ["arn", "id", "name", "stream_arn"],
}


@pytest.fixture
def moto() -> Iterator[None]:
    with mock_aws():
        yield


def client(service: str) -> Any:
    return boto3.client(service, region_name=REGION)  # type: ignore[call-overload]  # the name is no literal


@pytest.mark.usefixtures("moto")
def test_everything(cognito: Cognito, tmp_path: Path) -> None:
    asked = {f"{address}.{name}" for address, names in ATTRIBUTES.items() for name in names}
    path = write_state(tmp_path / "state.json", *EVERYTHING, told="")

    stack = cognito.deploy(path, region=REGION, values={"output.told": {each: f"${{{each}}}" for each in asked}})

    assert stack.left_out == {}
    told = {each: stack.outputs["told"][each] for each in asked}
    look_at_stores(told)
    look_at_channels(told)
    stack.delete()
    assert client("dynamodb").list_tables()["TableNames"] == []
    assert client("s3").list_buckets()["Buckets"] == []


def look_at_stores(told: Mapping[str, str]) -> None:
    [bucket] = client("s3").list_buckets()["Buckets"]
    name = bucket["Name"]
    assert name.startswith("notes-")
    assert told["aws_s3_bucket.files.bucket"] == told["aws_s3_bucket.files.id"] == name
    assert told["aws_s3_bucket.files.bucket_regional_domain_name"] == f"{name}.s3.{REGION}.amazonaws.com"
    table = client("dynamodb").describe_table(TableName="notes")["Table"]
    assert told["aws_dynamodb_table.notes.arn"] == table["TableArn"]
    assert told["aws_dynamodb_table.notes.stream_arn"] == table["LatestStreamArn"]
    assert [key["AttributeName"] for key in table["KeySchema"]] == ["user", "id"]
    [of_all], [of_user] = table["GlobalSecondaryIndexes"], table["LocalSecondaryIndexes"]
    assert of_all["Projection"] == {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["text"]}
    assert [key["AttributeName"] for key in of_user["KeySchema"]] == ["user", "day"]
    expiry = client("dynamodb").describe_time_to_live(TableName="notes")["TimeToLiveDescription"]
    assert (expiry["TimeToLiveStatus"], expiry["AttributeName"]) == ("ENABLED", "until")
    key = client("kms").describe_key(KeyId=told["aws_kms_key.notes.key_id"])["KeyMetadata"]
    assert (key["Description"], key["Arn"]) == ("Notes", told["aws_kms_key.notes.arn"])
    assert client("ssm").get_parameter(Name="/notes")["Parameter"]["Value"] == told["aws_ssm_parameter.notes.value"]


def look_at_channels(told: Mapping[str, str]) -> None:
    topic = client("sns").get_topic_attributes(TopicArn=told["aws_sns_topic.notes.arn"])["Attributes"]
    assert topic["DisplayName"] == "Notes"
    of_queue = {"QueueUrl": told["aws_sqs_queue.notes.url"], "AttributeNames": ["All"]}
    queue = client("sqs").get_queue_attributes(**of_queue)["Attributes"]
    assert (queue["VisibilityTimeout"], queue["QueueArn"]) == ("60", told["aws_sqs_queue.notes.arn"])
    stream = client("kinesis").describe_stream(StreamName="notes")["StreamDescription"]
    assert (len(stream["Shards"]), stream["StreamARN"]) == (2, told["aws_kinesis_stream.notes.id"])
    [group] = client("logs").describe_log_groups()["logGroups"]
    assert (group["retentionInDays"], group["arn"]) == (7, told["aws_cloudwatch_log_group.notes.arn"] + ":*")


def test_without_another_mock_they_are_left_out(cognito: Cognito, tmp_path: Path) -> None:
    stack = cognito.deploy(write_state(tmp_path / "state.json", *EVERYTHING))

    assert set(stack.left_out) == set(ATTRIBUTES)
    assert set(stack.left_out.values()) == {
        f"nobody mocks {service}: its resources are made where moto is active"
        for service in ("dynamodb", "kinesis", "kms", "logs", "s3", "sns", "sqs", "ssm")
    }


CODE = """
import told

def handler(event, context):
    event["response"]["autoConfirmUser"] = told.CONFIRM
    return event
"""
FUNCTION, ROLE = "arn:aws:lambda:eu-west-1:123456789012:function:hook", "arn:aws:iam::123456789012:role/f"
LAYER, LIVE = "arn:aws:lambda:eu-west-1:123456789012:layer:told:1", f"{FUNCTION}:live"


def test_a_trigger_by_an_alias_with_a_layer(cognito: Cognito, tmp_path: Path) -> None:
    for name, inside, text in (("hook", "hook.py", CODE), ("told", "python/told.py", "CONFIRM = True")):
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w") as archive:
            archive.writestr(inside, text)
    resources = [
        resource("aws_iam_role.f", id="f", name="f", arn=ROLE, assume_role_policy=TRUST),
        resource(
            "aws_lambda_layer_version.told",
            arn=LAYER,
            layer_arn=LAYER.removesuffix(":1"),
            layer_name="told",
            filename="told.zip",
            compatible_runtimes=["python3.12"],
        ),
        resource(
            "aws_lambda_function.hook",
            arn=FUNCTION,
            function_name="hook",
            role=ROLE,
            filename="hook.zip",
            handler="hook.handler",
            runtime="python3.12",
            layers=[LAYER],
        ),
        resource(
            "aws_lambda_alias.live",
            arn=LIVE,
            function_name="hook",
            function_version="$LATEST",
            name="live",
        ),
        resource(
            "aws_lambda_permission.cognito",
            action="lambda:InvokeFunction",
            function_name="hook",
            principal="cognito-idp.amazonaws.com",
            qualifier="live",
        ),
        pool(lambda_config=[{"pre_sign_up": LIVE}]),
    ]
    orders = {
        "aws_lambda_function": ["aws_iam_role.f", "aws_lambda_layer_version.told"],
        "aws_lambda_alias": ["aws_lambda_function.hook"],
        "aws_lambda_permission": ["aws_lambda_alias.live"],
        "aws_cognito_user_pool": ["aws_lambda_alias.live"],
    }
    ordered = [{**each, "depends_on": orders.get(each["type"], [])} for each in resources]
    path = write_state(tmp_path / "state.json", *ordered, told="")
    names = ["aws_lambda_layer_version.told.version", "aws_lambda_layer_version.told.layer_arn"]
    told = [f"${{{each}}}" for each in (*names, "aws_lambda_alias.live.invoke_arn")]
    stack = cognito.deploy(path, values={"output.told": told})
    client = stack.user_pool().create_client()

    answer = cognito.call("SignUp", ClientId=client.id, Username="ann", Password="Correct-horse-7", region=stack.region)

    assert answer["UserConfirmed"] is True
    version, layer, invoked = stack.outputs["told"]
    assert (version, layer.rpartition(":")[2]) == ("1", "told")
    assert invoked.endswith(":function:hook:live/invocations")
    stack.delete()
