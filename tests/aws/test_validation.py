r"""The words are AWS's, as its services answered them."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.model import ShapeResolver
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.aws.model import SERVICES, operation_model, service_model
from pytest_cognito.aws.validation import compile_check, validator, violations
from tests.support.shapes import params

POOL = "us-east-1_Ab0Cd1Ef2"
CLIENT = "1example23456789"
OPERATIONS = [(service, name) for service in SERVICES for name in service_model(service).operation_names]


def refusal(service: str, operation: str, **parameters: Any) -> AWSError:
    with pytest.raises(AWSError) as caught:
        validator(service, operation)(parameters)
    assert caught.value.status == 400
    return caught.value


def words(operation: str, **parameters: Any) -> str:
    error = refusal("cognito-idp", operation, **parameters)
    assert error.code == "InvalidParameterException"
    return error.message


def test_a_pattern() -> None:
    assert words("DescribeUserPool", UserPoolId="YOUR_USER_POOL ID") == (
        r"1 validation error detected: Value 'YOUR_USER_POOL ID' at 'userPoolId' failed to satisfy constraint: "
        r"Member must satisfy regular expression pattern: [\w-]+_[0-9a-zA-Z]+"
    )


def test_a_missing_required_member() -> None:
    assert words("DescribeUserPool") == (
        "1 validation error detected: Value null at 'userPoolId' failed to satisfy constraint: Member must not be null"
    )


def test_a_length_inside_a_list_of_structures() -> None:
    schema = [{"Name": "email"}, {"Name": "phone_number_verified"}]

    assert words("CreateUserPool", PoolName="app", Schema=schema) == (
        "1 validation error detected: Value 'phone_number_verified' at 'schema.2.member.name' failed to satisfy "
        "constraint: Member must have length less than or equal to 20"
    )


def test_the_elements_of_a_list_are_told_as_the_list() -> None:
    told = words("CreateUserPoolClient", UserPoolId=POOL, ClientName="app", AllowedOAuthFlows=["code", "token"])

    assert told == (
        "1 validation error detected: Value '[code, token]' at 'allowedOAuthFlows' failed to satisfy constraint: "
        "Member must satisfy constraint: [Member must satisfy enum value set: [code, implicit, client_credentials]]"
    )


def test_all_constraints_of_the_elements_are_told() -> None:
    assert words("CreateUserPoolClient", UserPoolId=POOL, ClientName="app", CallbackURLs=["a b"]) == (
        "1 validation error detected: Value '[a b]' at 'callbackURLs' failed to satisfy constraint: "
        "Member must satisfy constraint: [Member must have length less than or equal to 1024, "
        "Member must have length greater than or equal to 1, "
        r"Member must satisfy regular expression pattern: [\p{L}\p{M}\p{S}\p{N}\p{P}]+]"
    )


def test_a_scalar_enum() -> None:
    assert words("InitiateAuth", ClientId=CLIENT, AuthFlow="X").startswith(
        "1 validation error detected: Value 'X' at 'authFlow' failed to satisfy constraint: "
        "Member must satisfy enum value set: [USER_SRP_AUTH, "
    )


def test_what_is_sensitive_is_never_printed() -> None:
    told = words("SignUp", ClientId=CLIENT, Username="alice", Password="two words")

    assert told == (
        "1 validation error detected: Value at 'password' failed to satisfy constraint: "
        r"Member must satisfy regular expression pattern: [\S]+"
    )


def test_the_client_id_of_a_sign_in_is_shown() -> None:
    """AWS shows it although the model marks it as sensitive, and in InitiateAuth alone."""
    constraint = r"at 'clientId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w+]+"
    sign_in = {"AuthFlow": "USER_PASSWORD_AUTH", "ClientId": "eu-west-1_App"}

    assert words("InitiateAuth", **sign_in) == f"1 validation error detected: Value 'eu-west-1_App' {constraint}"
    assert words("AdminInitiateAuth", UserPoolId=POOL, **sign_in) == f"1 validation error detected: Value {constraint}"


def test_what_is_inside_something_sensitive_is_not_printed_either() -> None:
    shapes: dict[str, Any] = {
        "Input": {"type": "structure", "members": {"Context": {"shape": "Context"}, "Items": {"shape": "Items"}}},
        "Context": {"type": "structure", "sensitive": True, "members": {"Device": {"shape": "Device"}}},
        "Device": {"type": "structure", "members": {"Key": {"shape": "Key"}}},
        "Items": {"type": "list", "max": 1, "member": {"shape": "Secrets"}},
        "Secrets": {"type": "map", "key": {"shape": "Key"}, "value": {"shape": "Secret"}},
        "Key": {"type": "string", "max": 3},
        "Secret": {"type": "string", "sensitive": True},
    }
    shape = ShapeResolver(shapes).get_shape_by_name("Input")

    told = list(violations(shape, {"Context": {"Device": {"Key": "hush"}}, "Items": [{"k": "hush"}, {"long": "hush"}]}))

    assert told == [
        "Value at 'context.device.key' failed to satisfy constraint: Member must have length less than or equal to 3",
        "Value at 'items' failed to satisfy constraint: Member must have length less than or equal to 1",
        (
            "Value at 'items.2.member' failed to satisfy constraint: "
            "Map keys must satisfy constraint: [Member must have length less than or equal to 3]"
        ),
    ]


def test_structures_are_printed_as_java_prints_them() -> None:
    shape: Any = operation_model("sts", "AssumeRole").input_shape
    tags = [{"Key": "k", "Value": "v"}] * 51
    told = list(violations(shape, {"RoleArn": "r" * 20, "RoleSessionName": "rs", "Tags": tags}))

    assert told == [
        (
            f"Value '[{', '.join(['Tag(key=k, value=v)'] * 51)}]' at 'tags' failed to satisfy constraint: "
            "Member must have length less than or equal to 50"
        )
    ]


def test_one_member_may_break_two_constraints_length_first() -> None:
    assert words("AdminGetUser", UserPoolId="-" * 56, Username="alice") == (
        f"2 validation errors detected: Value '{'-' * 56}' at 'userPoolId' failed to satisfy constraint: "
        "Member must have length less than or equal to 55; "
        f"Value '{'-' * 56}' at 'userPoolId' failed to satisfy constraint: "
        r"Member must satisfy regular expression pattern: [\w-]+_[0-9a-zA-Z]+"
    )


def test_several_members_are_told_in_the_order_of_the_model() -> None:
    told = words("AdminSetUserPassword", Password="", UserPoolId="no pool")

    paths = [part.split("' failed")[0].rpartition("'")[2] for part in told.split("; ")]
    assert told.startswith("3 validation errors detected: ")
    assert paths == ["userPoolId", "username", "password"]


def test_a_range() -> None:
    assert words("ListUserPools", MaxResults=61) == (
        "1 validation error detected: Value '61' at 'maxResults' failed to satisfy constraint: "
        "Member must have value less than or equal to 60"
    )


def test_a_nested_structure() -> None:
    told = words("CreateUserPool", PoolName="app", Policies={"PasswordPolicy": {"MinimumLength": 5}})

    assert told.endswith(
        "Value '5' at 'policies.passwordPolicy.minimumLength' failed to satisfy constraint: "
        "Member must have value greater than or equal to 6"
    )


def test_the_length_of_a_list_of_structures_with_sensitive_members() -> None:
    shape: Any = operation_model("cognito-idp", "AdminListGroupsForUser").input_shape
    told = list(violations(shape, {"Username": "x" * 129, "UserPoolId": POOL}))

    assert told == [
        "Value at 'username' failed to satisfy constraint: Member must have length less than or equal to 128"
    ]


def test_map_keys_and_map_values() -> None:
    told = refusal(
        "cognito-identity", "TagResource", ResourceArn="arn:aws:cognito-identity:x", Tags={"": "v", "k": "v" * 257}
    )

    value = f"{{=v, k={'v' * 257}}}"
    assert told.code == "ValidationException"
    assert told.message == (
        f"2 validation errors detected: Value '{value}' at 'tags' failed to satisfy constraint: Map keys must satisfy "
        "constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal "
        f"to 1]; Value '{value}' at 'tags' failed to satisfy constraint: Map value must satisfy constraint: "
        "[Member must have length less than or equal to 256, Member must have length greater than or equal to 0]"
    )


def test_structures_in_a_map() -> None:
    roles = {"accounts.google.com": {"Type": "Magic"}}
    error = refusal(
        "cognito-identity", "SetIdentityPoolRoles", IdentityPoolId="us-east-1:0a", Roles={}, RoleMappings=roles
    )

    assert error.message == (
        "1 validation error detected: Value 'Magic' at 'roleMappings.accounts.google.com.member.type' failed to "
        "satisfy constraint: Member must satisfy enum value set: [Token, Rules]"
    )


def test_a_null_in_a_list() -> None:
    assert "at 'supportedIdentityProviders' failed" in (
        told := words("CreateUserPoolClient", UserPoolId=POOL, ClientName="app", SupportedIdentityProviders=[None])
    )
    assert told.endswith(", Member must not be null]")


@pytest.mark.parametrize(
    ("service", "operation", "parameters", "code", "told"),
    [
        (
            "cognito-identity",
            "DescribeIdentityPool",
            {"IdentityPoolId": "us-east-2:mock"},
            "ValidationException",
            (
                r"1 validation error detected: Value 'us-east-2:mock' at 'identityPoolId' failed to satisfy "
                r"constraint: Member must satisfy regular expression pattern: [\w-]+:[0-9a-f-]+"
            ),
        ),
        (
            "sts",
            "AssumeRole",
            {"RoleArn": "arn:aws:iam::123456789012:role/r", "RoleSessionName": "Session1:2"},
            "ValidationError",
            (
                r"1 validation error detected: Value 'Session1:2' at 'roleSessionName' failed to satisfy constraint: "
                r"Member must satisfy regular expression pattern: [\w+=,.@-]*"
            ),
        ),
        (
            "cognito-sync",
            "ListDatasets",
            {"IdentityPoolId": "us-east-1:0a"},
            "InvalidParameterException",
            (
                "1 validation error detected: Value null at 'identityId' failed to satisfy constraint: "
                "Member must not be null"
            ),
        ),
    ],
)
def test_each_service_has_its_own_code(
    service: str, operation: str, parameters: dict[str, Any], code: str, told: str
) -> None:
    error = refusal(service, operation, **parameters)

    assert (error.code, error.message) == (code, told)


@pytest.mark.parametrize(("service", "operation"), OPERATIONS)
@settings(max_examples=6, deadline=None, database=None)
@given(data=st.data())
def test_the_quick_check_says_no_exactly_where_there_are_words(
    service: str, operation: str, data: st.DataObject
) -> None:
    shape: Any = operation_model(service, operation).input_shape
    parameters = data.draw(params(shape, valid=False))
    check = compile_check(shape) if shape is not None else None
    told = [] if shape is None else list(violations(shape, parameters))

    assert (check is None or bool(check(parameters))) == (not told)
