"""GetAccessKeyInfo: the account of an access key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pytest_cognito import Cognito
from tests.support.policies import allowing
from tests.support.refusals import Refusal, refusal

if TYPE_CHECKING:
    from types_boto3_sts import STSClient


def test_keys_of_any_account(cognito: Cognito, cognito_sts: STSClient) -> None:
    alice, bob = cognito.iam.create_user("alice"), cognito.iam.create_user("bob", account="999999999999")
    temporary = cognito.create_role("app").assume()

    found = [
        cognito_sts.get_access_key_info(AccessKeyId=key)["Account"]
        for key in (alice.access_key_id, bob.access_key_id, temporary.access_key_id, temporary.expired().access_key_id)
    ]

    assert found == ["123456789012", "999999999999", "123456789012", "123456789012"]


def test_a_key_that_this_world_has_not_made(cognito_sts: STSClient) -> None:
    """The account is encoded in the key: this one is moto's."""
    assert cognito_sts.get_access_key_info(AccessKeyId="AKIARZPUZDIKABTDGSJV")["Account"] == "123456789012"


@pytest.mark.parametrize(
    "key",
    ["AKIAIOSFODNN7EXAMPLE", "AROARZPUZDIKABTDGSJV", "AKIARZPUZDIKABTDGSJ1", "AKIARZPUZDIKABTDG", "testingtesting00"],
    ids=["of an old form", "a role", "no base32", "too short", "no key"],
)
def test_what_is_no_key(cognito_sts: STSClient, key: str) -> None:
    refused = Refusal("ValidationError", f"Access key {key} does not exist")

    assert refusal(cognito_sts.get_access_key_info, AccessKeyId=key) == refused


@pytest.mark.parametrize("key", ["AKIARZPUZDIKABTDGSJ-", "A" * 129])
def test_what_the_model_refuses(cognito_sts: STSClient, key: str) -> None:
    assert refusal(cognito_sts.get_access_key_info, AccessKeyId=key).code == "ValidationError"


def test_who_may_ask(cognito: Cognito) -> None:
    def ask(*policies: Any) -> Any:
        user = cognito.iam.create_user(f"user{len(policies)}", list(policies))
        return user.session().client("sts").get_access_key_info

    key = "AKIARZPUZDIKABTDGSJV"
    assert ask(allowing("sts:GetAccessKeyInfo"))(AccessKeyId=key)["Account"] == "123456789012"
    assert refusal(ask(), AccessKeyId=key) == Refusal(
        "AccessDenied",
        "User: arn:aws:iam::123456789012:user/user0 is not authorized to perform: sts:GetAccessKeyInfo on resource: * "
        "because no identity-based policy allows the sts:GetAccessKeyInfo action",
    )
