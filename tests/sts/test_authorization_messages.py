"""DecodeAuthorizationMessage: why a call was not allowed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from pytest_cognito import Cognito
from pytest_cognito.kernel.errors import UsageError
from tests.support.policies import allowing, denying
from tests.support.refusals import Refusal, refusal

if TYPE_CHECKING:
    from types_boto3_sts import STSClient

STOP, INSTANCE = "ec2:StopInstances", "arn:aws:ec2:us-east-1:123456789012:instance/i-1"
NOT_VALID = Refusal("InvalidAuthorizationMessageException", "Message is not valid")


def decode(sts: STSClient, message: str) -> Any:
    return json.loads(sts.decode_authorization_message(EncodedMessage=message)["DecodedMessage"])


def test_what_no_policy_allows(cognito: Cognito, cognito_sts: STSClient) -> None:
    decision = cognito.create_role("app").assume().can(STOP, INSTANCE, **{"ec2:Tenancy": "default"})

    message = cognito.iam.encode_authorization_message(decision)

    decoded = decode(cognito_sts, message)
    assert [decoded[name] for name in ("allowed", "explicitDeny")] == [False, False]
    assert decoded["matchedStatements"] == decoded["failures"] == {"items": []}
    context = decoded["context"]
    assert (context["action"], context["resource"]) == (STOP, INSTANCE)
    assert context["principal"]["arn"] == "arn:aws:sts::123456789012:assumed-role/app/pytest"
    assert {"key": "ec2:Tenancy", "values": {"items": [{"value": "default"}]}} in context["conditions"]["items"]


def test_what_a_statement_denies(cognito: Cognito, cognito_sts: STSClient) -> None:
    condition = {"StringEquals": {"aws:RequestedRegion": ["us-east-1"]}}
    policies = [allowing("ec2:*"), denying(STOP, Sid="NoStop", Condition=condition)]
    role = cognito.create_role("app", policies=policies)

    message = cognito.iam.encode_authorization_message(role.assume().can(STOP, INSTANCE))

    decoded = decode(cognito_sts, message)
    assert [decoded[name] for name in ("allowed", "explicitDeny")] == [False, True]
    [statement] = decoded["matchedStatements"]["items"]
    assert (statement["statementId"], statement["effect"]) == ("NoStop", "DENY")
    assert statement["principals"] == {"items": [{"value": role.id}]}
    assert (statement["actions"], statement["resources"]) == (
        {"items": [{"value": STOP}]},
        {"items": [{"value": "*"}]},
    )
    [key] = statement["conditions"]["items"]
    assert key == {"key": "aws:RequestedRegion", "values": {"items": [{"value": "us-east-1"}]}}


def test_messages_that_are_not_valid(cognito: Cognito, cognito_sts: STSClient) -> None:
    message = cognito.iam.encode_authorization_message(cognito.create_role("app").assume().can(STOP, INSTANCE))
    stranger = cognito.iam.create_user("eve", [allowing("*")], account="999999999999").session().client("sts")

    for wrong in (f"{message}A", message[:-1], f"{message}\n", "nothing"):
        assert refusal(cognito_sts.decode_authorization_message, EncodedMessage=wrong) == NOT_VALID
    assert refusal(stranger.decode_authorization_message, EncodedMessage=message) == NOT_VALID
    long = "A" * 10_241
    assert refusal(cognito_sts.decode_authorization_message, EncodedMessage=long).code == "ValidationError"


def test_who_may_decode(cognito: Cognito) -> None:
    message = cognito.iam.encode_authorization_message(cognito.create_role("app").assume().can(STOP, INSTANCE))
    ann = cognito.iam.create_user("ann", [allowing("sts:DecodeAuthorizationMessage")]).session().client("sts")
    bob = cognito.iam.create_user("bob").session().client("sts")

    assert decode(ann, message)["allowed"] is False
    refused = refusal(bob.decode_authorization_message, EncodedMessage=message)
    assert refused.code == "AccessDenied"
    assert "sts:DecodeAuthorizationMessage" in refused.message


def test_what_is_no_decision(cognito: Cognito) -> None:
    with pytest.raises(UsageError, match=r"credentials\.can"):
        cognito.iam.encode_authorization_message("denied")  # type: ignore[arg-type]
