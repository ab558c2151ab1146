"""Operations that a test maps to actions itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from pytest_cognito import UsageError, iam
from pytest_cognito.world import Context, World

TOPIC = "arn:aws:sns:{region}:{account}:{Name}"


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def context(world: World) -> Iterator[Context]:
    with world.handle_step("map") as context:
        yield context


def wanted(context: Context, service: str, operation: str, parameters: dict[str, Any]) -> list[tuple[str, str]]:
    found = iam.describe_call(
        service,
        operation,
        parameters,
        region="us-east-1",
        account="123456789012",
        mapped=iam.mapped_calls(context, service, operation),
    )
    return [(one.action, one.resource) for one in found]


def test_an_operation_that_is_not_known_is_mapped(context: Context) -> None:
    iam.map_call(context, "braket", "SearchJobs", action="braket:SearchJobs")

    assert wanted(context, "braket", "SearchJobs", {}) == [("braket:SearchJobs", "*")]
    with pytest.raises(iam.Unmapped):
        wanted(context, "braket", "GetJob", {})


def test_a_mapping_stands_over_the_table_and_may_want_several_things(context: Context) -> None:
    iam.map_call(context, "sns", "CreateTopic", action="sns:Create", resource="*")
    iam.map_call(context, "sns", "CreateTopic", action="sns:CreateTopic", resource=TOPIC)
    iam.map_call(context, "sns", "CreateTopic", action="sns:Tag", add=True)

    assert wanted(context, "sns", "CreateTopic", {"Name": "news"}) == [
        ("sns:CreateTopic", "arn:aws:sns:us-east-1:123456789012:news"),
        ("sns:Tag", "*"),
    ]


def test_a_mapping_keeps_the_condition_keys_of_the_service(context: Context) -> None:
    iam.map_call(context, "kms", "Decrypt", action="kms:Decrypt")

    (one,) = iam.describe_call(
        "kms",
        "Decrypt",
        {"CiphertextBlob": b"a", "EncryptionContext": {"user": "alice"}},
        region="us-east-1",
        account="123456789012",
        mapped=iam.mapped_calls(context, "kms", "Decrypt"),
    )

    assert (one.resource, one.keys["kms:EncryptionContext:user"]) == ("*", "alice")


def test_another_world_knows_nothing_of_it(context: Context) -> None:
    iam.map_call(context, "braket", "SearchJobs", action="braket:SearchJobs")

    with World().handle_step("map") as other:
        assert iam.mapped_calls(other, "braket", "SearchJobs") == ()


@pytest.mark.parametrize(
    ("service", "operation", "more", "message"),
    [
        ("SNS", "Publish", {}, r"named as boto3.client names it, such as 'sns'; not 'SNS'"),
        ("sns", "publish", {}, r"sns has no operation 'publish': write it as the API does"),
        ("sns", "Publish", {"action": "Publish"}, r"a prefix and a name, such as 'sns:Publish'; not 'Publish'"),
        ("sns", "Publish", {"resource": "topic"}, r"resource is '\*', or an ARN .* in braces; not 'topic'"),
        ("sns", "Publish", {"resource": "arn:{}"}, r"arn:\{\} is no template of an ARN\. Parameters"),
        ("sns", "Publish", {"resource": "arn:{Topic}"}, r"Publish of sns has no parameter 'Topic'; it has TopicArn, "),
        ("sns", "Publish", {"resource": "arn:{TopicArn|no}"}, r"no template of an ARN: there is no \|no\."),
    ],
)
def test_what_can_not_be_right_is_said(
    context: Context, service: str, operation: str, more: dict[str, Any], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        iam.map_call(context, service, operation, **{"action": "sns:Publish", **more})
    assert iam.mapped_calls(context, "sns", "Publish") == ()
