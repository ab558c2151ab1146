"""AddCustomAttributes: a pool's schema grows."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.refusals import refusal

REFUSED = "InvalidParameterException"


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool(Schema=[{"Name": "first", "AttributeDataType": "String"}])


def add(idp: Any, pool: UserPool, *attributes: dict[str, Any]) -> None:
    answer = idp.add_custom_attributes(UserPoolId=pool.id, CustomAttributes=list(attributes))
    assert set(answer) == {"ResponseMetadata"}


def custom(idp: Any, pool: UserPool) -> list[dict[str, Any]]:
    schema = idp.describe_user_pool(UserPoolId=pool.id)["UserPool"]["SchemaAttributes"]
    return [attribute for attribute in schema if "custom:" in attribute["Name"]]


def text(name: str, **more: Any) -> dict[str, Any]:
    return {"Name": name, "AttributeDataType": "String", **more}


def test_attributes_are_added_at_the_end(cognito_idp: Any, pool: UserPool) -> None:
    bounds = {"MinValue": "1", "MaxValue": "9"}
    add(
        cognito_idp,
        pool,
        {"Name": "level", "AttributeDataType": "Number", "NumberAttributeConstraints": bounds, "Mutable": False},
        text("secret", DeveloperOnlyAttribute=True),
    )
    add(cognito_idp, pool, {"Name": "email", "AttributeDataType": "Boolean"})
    common = {"Required": False, "Mutable": True, "DeveloperOnlyAttribute": False}
    assert custom(cognito_idp, pool) == [
        {**common, "Name": "custom:first", "AttributeDataType": "String", "StringAttributeConstraints": {}},
        {
            **common,
            "Name": "custom:level",
            "AttributeDataType": "Number",
            "NumberAttributeConstraints": bounds,
            "Mutable": False,
        },
        {
            **common,
            "Name": "dev:custom:secret",
            "AttributeDataType": "String",
            "StringAttributeConstraints": {},
            "DeveloperOnlyAttribute": True,
        },
        {**common, "Name": "custom:email", "AttributeDataType": "Boolean"},
    ]


def test_the_pool_was_changed(cognito: Cognito, cognito_idp: Any, pool: UserPool) -> None:
    cognito.clock.advance(minutes=1)
    add(cognito_idp, pool, text("second"))
    found = cognito_idp.describe_user_pool(UserPoolId=pool.id)["UserPool"]
    assert found["LastModifiedDate"] > found["CreationDate"]


def test_users_can_have_them_from_then_on(cognito_idp: Any, pool: UserPool) -> None:
    alice = pool.create_user("alice")
    change = {"AccessToken": alice.tokens().access_token, "UserAttributes": [{"Name": "custom:second", "Value": "2"}]}
    unknown = "user.custom:second: Attribute does not exist in the schema.\n"
    assert refusal(cognito_idp.update_user_attributes, **change) == (REFUSED, unknown)
    add(cognito_idp, pool, text("second"))
    cognito_idp.update_user_attributes(**change)
    assert alice.attributes["custom:second"] == "2"


def test_clients_with_lists_do_not_gain_them(cognito_idp: Any, pool: UserPool) -> None:
    client = pool.create_client(WriteAttributes=["custom:first"], ReadAttributes=["custom:first"])
    alice = pool.create_user("alice", attributes={"custom:first": "1"})
    add(cognito_idp, pool, text("second"))
    token = pool.tokens_for("alice", client=client).access_token
    change = {"AccessToken": token, "UserAttributes": [{"Name": "custom:second", "Value": "2"}]}
    assert refusal(cognito_idp.update_user_attributes, **change)[0] == "NotAuthorizedException"
    cognito_idp.admin_update_user_attributes(
        UserPoolId=pool.id, Username=alice.username, UserAttributes=change["UserAttributes"]
    )
    seen = {one["Name"] for one in cognito_idp.get_user(AccessToken=token)["UserAttributes"]}
    assert seen == {"sub", "custom:first"}


def test_an_update_of_the_pool_leaves_them(cognito_idp: Any, pool: UserPool) -> None:
    add(cognito_idp, pool, text("second"))
    cognito_idp.update_user_pool(UserPoolId=pool.id)
    assert [attribute["Name"] for attribute in custom(cognito_idp, pool)] == ["custom:first", "custom:second"]


@pytest.mark.parametrize(
    ("attribute", "message"),
    [
        (text("first"), "custom:first: Existing attribute already has name custom:first."),
        ({"Name": "x"}, "Invalid AttributeDataType input, consider using the provided AttributeDataType enum."),
        (text("x", Required=True), "Required custom attributes are not supported currently."),
        (
            text("x", StringAttributeConstraints={"MaxLength": "2049"}),
            "user.custom:x: String attributes cannot have a length of more than 2048",
        ),
        (
            text("x", StringAttributeConstraints={"MinLength": "2", "MaxLength": "1"}),
            "user.custom:x: Max length cannot be less than min length.",
        ),
        (
            {
                "Name": "x",
                "AttributeDataType": "Number",
                "NumberAttributeConstraints": {"MinValue": "2", "MaxValue": "1"},
            },
            "user.custom:x: Max value cannot be less than min value.",
        ),
    ],
)
def test_what_cannot_be_added(cognito_idp: Any, pool: UserPool, attribute: dict[str, Any], message: str) -> None:
    before = custom(cognito_idp, pool)
    answer = refusal(cognito_idp.add_custom_attributes, UserPoolId=pool.id, CustomAttributes=[text("good"), attribute])
    assert answer == (REFUSED, message)
    assert custom(cognito_idp, pool) == before


def test_a_name_has_at_most_twenty_characters(cognito_idp: Any, pool: UserPool) -> None:
    add(cognito_idp, pool, text("x" * 20))
    code, message = refusal(cognito_idp.add_custom_attributes, UserPoolId=pool.id, CustomAttributes=[text("x" * 21)])
    assert code == REFUSED
    assert "at 'customAttributes.1.member.name' failed to satisfy constraint" in message


def test_there_are_fifty_at_most_and_twenty_five_at_a_time(cognito_idp: Any, pool: UserPool) -> None:
    add(cognito_idp, pool, *(text(f"a{number}") for number in range(25)))
    too_many = [text(f"b{number}") for number in range(26)]
    code, message = refusal(cognito_idp.add_custom_attributes, UserPoolId=pool.id, CustomAttributes=too_many)
    assert (code, "Member must have length less than or equal to 25" in message) == (REFUSED, True)
    assert refusal(cognito_idp.add_custom_attributes, UserPoolId=pool.id, CustomAttributes=too_many[:25])[0] == REFUSED
    add(cognito_idp, pool, *too_many[:24])
    assert len(custom(cognito_idp, pool)) == 50


def test_unknown_pools(cognito_idp: Any) -> None:
    missing = "us-east-1_Missing00"
    answer = refusal(cognito_idp.add_custom_attributes, UserPoolId=missing, CustomAttributes=[text("x")])
    assert answer == ("ResourceNotFoundException", f"User pool {missing} does not exist.")
