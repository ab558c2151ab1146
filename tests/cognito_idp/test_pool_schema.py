"""The schema of CreateUserPool: standard and custom attributes, and their constraints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.refusals import invalid_parameter, refusal
from tests.support.settings import create_pool

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient


def attribute(pool: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in pool["SchemaAttributes"] if one["Name"] == name)


STANDARD = [
    "sub",
    "name",
    "given_name",
    "family_name",
    "middle_name",
    "nickname",
    "preferred_username",
    "profile",
    "picture",
    "website",
    "email",
    "email_verified",
    "gender",
    "birthdate",
    "zoneinfo",
    "locale",
    "phone_number",
    "phone_number_verified",
    "address",
    "updated_at",
    "identities",
]


def test_the_schema_has_the_standard_attributes_first(cognito_idp: CognitoIdentityProviderClient) -> None:
    pool = create_pool(
        cognito_idp,
        Schema=[
            {"Name": "tenant", "AttributeDataType": "String"},
            {"Name": "email", "Required": True},
            {"Name": "level", "AttributeDataType": "Number", "DeveloperOnlyAttribute": True, "Mutable": False},
        ],
    )
    names = [one["Name"] for one in pool["SchemaAttributes"]]
    assert names == [*STANDARD, "custom:tenant", "dev:custom:level"]
    assert attribute(pool, "sub") == {
        "Name": "sub",
        "AttributeDataType": "String",
        "DeveloperOnlyAttribute": False,
        "Mutable": False,
        "Required": True,
        "StringAttributeConstraints": {"MinLength": "1", "MaxLength": "2048"},
    }
    assert attribute(pool, "birthdate")["StringAttributeConstraints"] == {"MinLength": "10", "MaxLength": "10"}
    assert attribute(pool, "updated_at")["NumberAttributeConstraints"] == {"MinValue": "0"}
    assert "StringAttributeConstraints" not in attribute(pool, "email_verified")
    assert attribute(pool, "email")["Required"] is True
    assert attribute(pool, "email")["Mutable"] is True
    assert attribute(pool, "custom:tenant") == {
        "Name": "custom:tenant",
        "AttributeDataType": "String",
        "DeveloperOnlyAttribute": False,
        "Mutable": True,
        "Required": False,
        "StringAttributeConstraints": {},
    }
    assert attribute(pool, "dev:custom:level")["DeveloperOnlyAttribute"] is True
    assert attribute(pool, "dev:custom:level")["Mutable"] is False


@pytest.mark.parametrize(("data_type", "longest"), [({"AttributeDataType": "String"}, "64"), ({}, "2048")])
def test_constraints_of_a_standard_attribute_need_its_type(
    cognito_idp: CognitoIdentityProviderClient, data_type: dict[str, str], longest: str
) -> None:
    pool = create_pool(
        cognito_idp, Schema=[{"Name": "email", "StringAttributeConstraints": {"MaxLength": "64"}, **data_type}]
    )
    assert attribute(pool, "email")["StringAttributeConstraints"]["MaxLength"] == longest


def string(**constraints: str) -> dict[str, Any]:
    return {"Name": "a", "AttributeDataType": "String", "StringAttributeConstraints": constraints}


def number(**constraints: str) -> dict[str, Any]:
    return {"Name": "a", "AttributeDataType": "Number", "NumberAttributeConstraints": constraints}


@pytest.mark.parametrize(
    ("schema", "message"),
    [
        (
            [{"Name": "email", "AttributeDataType": "Number"}],
            "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute email",
        ),
        (
            [{"Name": "email", "DeveloperOnlyAttribute": True}],
            "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute email",
        ),
        ([{"Name": "a"}], "Invalid AttributeDataType input, consider using the provided AttributeDataType enum."),
        ([{"AttributeDataType": "String"}], "A schema attribute must have a name."),
        (
            [{"Name": "a", "AttributeDataType": "String", "Required": True}],
            "Required custom attributes are not supported currently.",
        ),
        ([string(MaxLength="2049")], "user.custom:a: String attributes cannot have a length of more than 2048"),
        ([string(MinLength="9", MaxLength="3")], "user.custom:a: Max length cannot be less than min length."),
        ([number(MinValue="9", MaxValue="3")], "user.custom:a: Max value cannot be less than min value."),
        ([string(MinLength="one")], "Invalid StringAttributeConstraints for schema attribute custom:a"),
        ([string(MinLength="-1")], "Invalid StringAttributeConstraints for schema attribute custom:a"),
        ([number(MaxValue="1.5")], "Invalid NumberAttributeConstraints for schema attribute custom:a"),
        ([string(), number()], "custom:a: Existing attribute already has name custom:a."),
        (
            [string() | {"DeveloperOnlyAttribute": True}, number() | {"DeveloperOnlyAttribute": True}],
            "custom:a: Existing attribute already has name dev:custom:a.",
        ),
    ],
)
def test_a_wrong_schema_is_refused(
    cognito_idp: CognitoIdentityProviderClient, schema: list[dict[str, Any]], message: str
) -> None:
    assert refusal(cognito_idp.create_user_pool, PoolName="app", Schema=schema) == invalid_parameter(message)
    assert cognito_idp.list_user_pools(MaxResults=60)["UserPools"] == []
