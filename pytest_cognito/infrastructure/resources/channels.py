"""Topics, queues, streams, log groups and event buses, made where somebody mocks their services."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito.aws.arn import arn
from pytest_cognito.infrastructure.properties import tags
from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources.elsewhere import ResourceElsewhere, text_of

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.declared import Declared
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed


class TopicType(ResourceElsewhere):
    """A topic of SNS, with its subscriptions."""

    service = "sns"
    creates = "CreateTopic"
    deletes = "DeleteTopic"
    named = "TopicName"

    def sets(self, name: str) -> bool:
        return name != "Tags"

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        made = super().create(deployment, declared, properties)
        for one in properties.get("Subscription") or ():
            self.ask(deployment, "Subscribe", {"TopicArn": made.physical_id, **one})
        return made

    def parameters(self, given: Mapping[str, Any]) -> dict[str, Any]:
        return {"Name": given["TopicName"], "Attributes": _attributes(given, "TopicName", "Subscription")}

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        return {"TopicArn": deployed.physical_id}

    def made(self, deployment: Deployment, given: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        topic = answer["TopicArn"]
        return Made(topic, {"TopicArn": topic, "TopicName": given["TopicName"]})


class QueueType(ResourceElsewhere):
    """A queue of SQS."""

    service = "sqs"
    creates = "CreateQueue"
    deletes = "DeleteQueue"
    named = "QueueName"

    def sets(self, name: str) -> bool:
        return True  # all but its name and its tags are attributes

    def made_up_name(self, deployment: Deployment, logical_id: str) -> str:
        fifo = deployment.template.resources[logical_id].properties.get("FifoQueue")
        return super().made_up_name(deployment, logical_id) + (".fifo" if fifo else "")

    def parameters(self, given: Mapping[str, Any]) -> dict[str, Any]:
        attributes = _attributes(given, "QueueName")
        return {"QueueName": given["QueueName"], "Attributes": attributes, "tags": tags(given.get("Tags"))}

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        return {"QueueUrl": deployed.physical_id}

    def made(self, deployment: Deployment, given: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        name, url = given["QueueName"], answer["QueueUrl"]
        queue = arn("sqs", deployment.region, deployment.account_id, name)
        return Made(url, {"Arn": queue, "QueueName": name, "QueueUrl": url})


class StreamType(ResourceElsewhere):
    """A stream of Kinesis, such as an identity pool publishes to."""

    service = "kinesis"
    creates = "CreateStream"
    deletes = "DeleteStream"
    named = "Name"

    def parameters(self, given: Mapping[str, Any]) -> dict[str, Any]:
        found = {**super().parameters(given), "StreamName": given["Name"]}
        if found.get("StreamModeDetails", {}).get("StreamMode") != "ON_DEMAND":
            found.setdefault("ShardCount", 1)
        return found

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        return {"StreamName": deployed.physical_id}

    def made(self, deployment: Deployment, given: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        name = given["Name"]
        return Made(name, {"Arn": arn("kinesis", deployment.region, deployment.account_id, f"stream/{name}")})


class LogGroupType(ResourceElsewhere):
    """A group of logs of CloudWatch, such as a user pool delivers to."""

    service = "logs"
    creates = "CreateLogGroup"
    deletes = "DeleteLogGroup"
    named = "LogGroupName"
    beside = frozenset(("RetentionInDays",))

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        made = super().create(deployment, declared, properties)
        days = properties.get("RetentionInDays")
        if days:
            parameters = {"logGroupName": made.physical_id, "retentionInDays": int(days)}
            self.ask(deployment, "PutRetentionPolicy", parameters)
        return made

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        return {"logGroupName": deployed.physical_id}

    def made(self, deployment: Deployment, given: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        name = given["LogGroupName"]
        return Made(name, {"Arn": arn("logs", deployment.region, deployment.account_id, f"log-group:{name}:*")})


class EventBusType(ResourceElsewhere):
    """An event bus of EventBridge."""

    service = "events"
    creates = "CreateEventBus"
    deletes = "DeleteEventBus"
    named = "Name"

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        return {"Name": deployed.physical_id}

    def made(self, deployment: Deployment, given: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        return Made(given["Name"], {"Arn": answer["EventBusArn"], "Name": given["Name"]})


def _attributes(given: Mapping[str, Any], *others: str) -> dict[str, str]:
    """The properties that are attributes in the request, as texts; ``others`` are not."""
    return {name: text_of(value) for name, value in given.items() if name not in (*others, "Tags")}
