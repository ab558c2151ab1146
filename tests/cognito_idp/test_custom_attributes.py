"""AddCustomAttributes: a pool's schema grows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import Answer, App
from tests.support.refusals import invalid_parameter, no_pool, refusal

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient


REFUSED = "InvalidParameterException"


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool(Schema=[{"Name": "first", "AttributeDataType": "String"}])


def add(app: App, *attributes: dict[str, Any]) -> None:
    assert app.call("add_custom_attributes", UserPoolId=app.pool_id, CustomAttributes=list(attributes)) == {}


def described(app: App) -> Answer:
    pool: Answer = app.call("describe_user_pool", UserPoolId=app.pool_id)["UserPool"]
    return pool


def custom(app: App) -> list[dict[str, Any]]:
    return [attribute for attribute in described(app)["SchemaAttributes"] if "custom:" in attribute["Name"]]


def text(name: str, **more: Any) -> dict[str, Any]:
    return {"Name": name, "AttributeDataType": "String", **more}


def test_attributes_are_added_at_the_end(app: App) -> None:
    bounds = {"MinValue": "1", "MaxValue": "9"}
    add(
        app,
        {"Name": "level", "AttributeDataType": "Number", "NumberAttributeConstraints": bounds, "Mutable": False},
        text("secret", DeveloperOnlyAttribute=True),
    )
    add(app, {"Name": "email", "AttributeDataType": "Boolean"})
    common = {"Required": False, "Mutable": True, "DeveloperOnlyAttribute": False}
    assert custom(app) == [
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


def test_the_pool_was_changed(cognito: Cognito, app: App) -> None:
    cognito.clock.advance(minutes=1)
    add(app, text("second"))
    found = described(app)
    assert found["LastModifiedDate"] > found["CreationDate"]


def test_users_can_have_them_from_then_on(app: App) -> None:
    alice = app.pool.create_user("alice")
    change: dict[str, Any] = {
        "AccessToken": alice.tokens().access_token,
        "UserAttributes": [{"Name": "custom:second", "Value": "2"}],
    }
    unknown = "user.custom:second: Attribute does not exist in the schema.\n"
    assert refusal(app.idp.update_user_attributes, **change) == invalid_parameter(unknown)
    add(app, text("second"))
    app.idp.update_user_attributes(**change)
    assert alice.attributes["custom:second"] == "2"


def test_clients_with_lists_do_not_gain_them(app: App) -> None:
    client = app.pool.create_client(WriteAttributes=["custom:first"], ReadAttributes=["custom:first"])
    app.pool.create_user("alice", attributes={"custom:first": "1"})
    add(app, text("second"))
    token = app.pool.tokens_for("alice", client=client).access_token
    change: dict[str, Any] = {"AccessToken": token, "UserAttributes": [{"Name": "custom:second", "Value": "2"}]}
    assert refusal(app.idp.update_user_attributes, **change)[0] == "NotAuthorizedException"
    app.admin("admin_update_user_attributes", UserAttributes=change["UserAttributes"])
    seen = {one["Name"] for one in app.idp.get_user(AccessToken=token)["UserAttributes"]}
    assert seen == {"sub", "custom:first"}


def test_an_update_of_the_pool_leaves_them(app: App) -> None:
    add(app, text("second"))
    app.idp.update_user_pool(UserPoolId=app.pool_id)
    assert [attribute["Name"] for attribute in custom(app)] == ["custom:first", "custom:second"]


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
def test_what_cannot_be_added(app: App, attribute: dict[str, Any], message: str) -> None:
    before = custom(app)
    answer = refusal(app.idp.add_custom_attributes, UserPoolId=app.pool_id, CustomAttributes=[text("good"), attribute])
    assert answer == invalid_parameter(message)
    assert custom(app) == before


def test_a_name_has_at_most_twenty_characters(app: App) -> None:
    add(app, text("x" * 20))
    code, message = refusal(app.idp.add_custom_attributes, UserPoolId=app.pool_id, CustomAttributes=[text("x" * 21)])
    assert code == REFUSED
    assert "at 'customAttributes.1.member.name' failed to satisfy constraint" in message


def test_there_are_fifty_at_most_and_twenty_five_at_a_time(app: App) -> None:
    add(app, *(text(f"a{number}") for number in range(25)))
    too_many = [text(f"b{number}") for number in range(26)]
    code, message = refusal(app.idp.add_custom_attributes, UserPoolId=app.pool_id, CustomAttributes=too_many)
    assert (code, "Member must have length less than or equal to 25" in message) == (REFUSED, True)
    assert refusal(app.idp.add_custom_attributes, UserPoolId=app.pool_id, CustomAttributes=too_many[:25])[0] == REFUSED
    add(app, *too_many[:24])
    assert len(custom(app)) == 50


def test_unknown_pools(cognito_idp: CognitoIdentityProviderClient) -> None:
    missing = "us-east-1_Missing00"
    answer = refusal(cognito_idp.add_custom_attributes, UserPoolId=missing, CustomAttributes=[text("x")])
    assert answer == no_pool(missing)
