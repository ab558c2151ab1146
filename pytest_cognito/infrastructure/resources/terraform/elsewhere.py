"""Resources of other services, made where somebody mocks these: tables, buckets, topics, queues and so on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources.terraform.delegated import DelegatedType, document, name, tags
from pytest_cognito.infrastructure.resources.terraform.shapes import block

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.deployment import Deployment

_INDEXES = {"GlobalSecondaryIndexes": "global_secondary_index", "LocalSecondaryIndexes": "local_secondary_index"}


class NamedType(DelegatedType):
    """A type of which little more than a name matters here."""

    arguments: ClassVar[Mapping[str, str]] = {}
    """Arguments that are properties as they are: argument by property."""
    named: ClassVar[tuple[str, str]]
    """The property with the name, and its argument, of which ``…_prefix`` may be the beginning."""

    def properties(self, deployment: Deployment, arguments: Mapping[str, Any]) -> dict[str, Any]:
        whole, argument = self.named
        found = {mine: arguments.get(theirs) for mine, theirs in self.arguments.items()}
        return {**found, whole: name(deployment, arguments, argument)}


class BucketType(NamedType):
    """A bucket of S3."""

    like = "AWS::S3::Bucket"
    create_only = frozenset(("bucket", "bucket_prefix"))
    named = ("BucketName", "bucket")
    known_as = {  # noqa: RUF012 - ClassVar of the base
        "arn": "Arn",
        "bucket_domain_name": "DomainName",
        "bucket_regional_domain_name": "RegionalDomainName",
    }

    def further(self, deployment: Deployment, arguments: Mapping[str, Any], made: Made) -> dict[str, Any]:
        return {"bucket": made.physical_id}


class TopicType(NamedType):
    """A topic of SNS. Its ``id`` is its ARN."""

    like = "AWS::SNS::Topic"
    create_only = frozenset(("fifo_topic", "name", "name_prefix"))
    arguments = {"DisplayName": "display_name", "FifoTopic": "fifo_topic"}  # noqa: RUF012 - ClassVar of the base
    named = ("TopicName", "name")
    known_as = {"arn": "TopicArn", "name": "TopicName"}  # noqa: RUF012 - ClassVar of the base


class QueueType(NamedType):
    """A queue of SQS. Its ``id`` is its URL."""

    like = "AWS::SQS::Queue"
    create_only = frozenset(("fifo_queue", "name", "name_prefix"))
    arguments = {"FifoQueue": "fifo_queue", "VisibilityTimeout": "visibility_timeout_seconds"}  # noqa: RUF012 - ClassVar of the base
    named = ("QueueName", "name")
    known_as = {"arn": "Arn", "name": "QueueName", "url": "QueueUrl"}  # noqa: RUF012 - ClassVar of the base


class StreamType(NamedType):
    """A stream of Kinesis. Its ``id`` is its ARN."""

    like = "AWS::Kinesis::Stream"
    create_only = frozenset(("name",))
    arguments = {"ShardCount": "shard_count"}  # noqa: RUF012 - ClassVar of the base
    named = ("Name", "name")
    known_as = {"arn": "Arn", "id": "Arn"}  # noqa: RUF012 - ClassVar of the base


class LogGroupType(NamedType):
    """A log group of CloudWatch."""

    like = "AWS::Logs::LogGroup"
    create_only = frozenset(("name", "name_prefix"))
    arguments = {"RetentionInDays": "retention_in_days"}  # noqa: RUF012 - ClassVar of the base
    named = ("LogGroupName", "name")

    def further(self, deployment: Deployment, arguments: Mapping[str, Any], made: Made) -> dict[str, Any]:
        return {"arn": made.attributes["Arn"].removesuffix(":*"), "name": made.physical_id}


class ParameterType(NamedType):
    """A parameter of Systems Manager."""

    like = "AWS::SSM::Parameter"
    required = frozenset(("name", "type"))
    create_only = frozenset(("name",))
    arguments = {"Type": "type", "Value": "value"}  # noqa: RUF012 - ClassVar of the base
    named = ("Name", "name")


class KeyType(DelegatedType):
    """A key of KMS."""

    like = "AWS::KMS::Key"
    known_as = {"arn": "Arn", "key_id": "KeyId"}  # noqa: RUF012 - ClassVar of the base

    def properties(self, deployment: Deployment, arguments: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "Description": arguments.get("description") or "Made by Terraform",
            "KeyPolicy": document(arguments.get("policy")),
            "Tags": tags(arguments),
        }


class TableType(DelegatedType):
    """A table of DynamoDB with its keys, its indexes, its stream and what expires. Its ``id`` is its name."""

    like = "AWS::DynamoDB::Table"
    required = frozenset(("name",))
    create_only = frozenset(("hash_key", "name", "range_key"))
    known_as = {"arn": "Arn", "stream_arn": "StreamArn"}  # noqa: RUF012 - ClassVar of the base

    def properties(self, deployment: Deployment, arguments: Mapping[str, Any]) -> dict[str, Any]:
        attributes = arguments.get("attribute") or ()
        expiry = block(arguments, "ttl") or {}
        return {
            "AttributeDefinitions": [
                {"AttributeName": each["name"], "AttributeType": each["type"]} for each in attributes
            ],
            "BillingMode": "PAY_PER_REQUEST",
            "KeySchema": _keys(arguments),
            "StreamSpecification": {"StreamViewType": arguments.get("stream_view_type")}
            if arguments.get("stream_enabled")
            else None,
            "TableName": arguments.get("name"),
            "Tags": tags(arguments),
            "TimeToLiveSpecification": {"AttributeName": expiry["attribute_name"], "Enabled": True}
            if expiry.get("enabled")
            else None,
            **{
                member: [_index(each, arguments) for each in arguments.get(argument) or ()]
                for member, argument in _INDEXES.items()
            },
        }


def _keys(arguments: Mapping[str, Any]) -> list[dict[str, str]]:
    kinds = {"HASH": "hash_key", "RANGE": "range_key"}
    return [{"AttributeName": arguments[mine], "KeyType": kind} for kind, mine in kinds.items() if arguments.get(mine)]


def _index(block: Mapping[str, Any], table: Mapping[str, Any]) -> dict[str, Any]:
    projected = {"NonKeyAttributes": block["non_key_attributes"]} if block.get("non_key_attributes") else {}
    return {
        "IndexName": block["name"],
        "KeySchema": _keys({"hash_key": table.get("hash_key"), **block}),
        "Projection": {"ProjectionType": block.get("projection_type") or "ALL", **projected},
    }
