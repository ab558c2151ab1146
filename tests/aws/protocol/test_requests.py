"""What the round trips can't show of requests: wrong types, bodies that are none, odd forms."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.aws.model import SERVICES, operation_model, service_model
from pytest_cognito.aws.protocol import codec
from pytest_cognito.aws.validation import validator

OPERATIONS = [(service, name) for service in SERVICES for name in service_model(service).operation_names]


def read(operation: str, body: bytes, service: str = "cognito-idp") -> dict[str, Any]:
    return codec(service, operation).parse("POST", "/", "", {}, body)


def test_unknown_members_and_nulls_are_left_out() -> None:
    body = b' {"UserPoolId": "p", "Username": null, "Password": "x"}\n'

    assert read("AdminGetUser", body) == {"UserPoolId": "p"}


@pytest.mark.parametrize(
    ("service", "operation", "body", "found"),
    [
        (
            "cognito-idp",
            "InitiateAuth",
            {"AuthParameters": {"REFRESH_TOKEN": "t", "DEVICE_KEY": None}},
            {"AuthParameters": {"REFRESH_TOKEN": "t"}},
        ),
        ("cognito-idp", "SignUp", {"ClientMetadata": {"a": None}}, {"ClientMetadata": {}}),
        (
            "cognito-idp",
            "SetUserMFAPreference",
            {"AccessToken": "t", "SMSMfaSettings": {"Enabled": None}},
            {"AccessToken": "t", "SMSMfaSettings": {}},
        ),
        ("cognito-identity", "GetId", {"Logins": {"a": "b", "c": None}}, {"Logins": {"a": "b"}}),
    ],
)
def test_nulls_in_maps_are_left_out(service: str, operation: str, body: dict[str, Any], found: dict[str, Any]) -> None:
    assert read(operation, json.dumps(body).encode(), service) == found


def test_nulls_in_the_maps_of_rest_are_left_out() -> None:
    configured = {"StreamName": "s", "RoleArn": None}
    body = json.dumps({"Events": {"SyncTrigger": None}, "CognitoStreams": configured}).encode()
    path = "/identitypools/us-east-1%3A0a"

    for operation, found in (
        ("SetCognitoEvents", {"Events": {}}),
        ("SetIdentityPoolConfiguration", {"CognitoStreams": {"StreamName": "s"}}),
    ):
        where = operation_model("cognito-sync", operation).http["requestUri"].rpartition("/")[2]
        reader = codec("cognito-sync", operation)
        assert reader.parse("POST", f"{path}/{where}", "", {}, body) == {"IdentityPoolId": "us-east-1:0a", **found}


def test_no_body_has_no_parameters() -> None:
    assert read("ListUserPools", b"") == {}


@pytest.mark.parametrize(
    ("operation", "body", "told"),
    [
        ("AdminGetUser", b'{"Username": 5}', "NUMBER_VALUE can not be converted to a String"),
        ("AdminGetUser", b'{"Username": true}', "TRUE_VALUE can not be converted to a String"),
        ("ListUserPools", b'{"MaxResults": "5"}', "STRING_VALUE can not be converted to an Integer"),
        ("ListUserPools", b'{"MaxResults": 5.5}', "NUMBER_VALUE can not be converted to an Integer"),
        ("ListUserPools", b'{"MaxResults": 2147483648}', "NUMBER_VALUE can not be converted to an Integer"),
        ("AdminSetUserPassword", b'{"Permanent": 1}', "NUMBER_VALUE can not be converted to a Boolean"),
        ("SetUICustomization", b'{"ImageFile": "a"}', "STRING_VALUE can not be converted to a Blob"),
        ("AdminGetUser", b'{"Username": []}', "Start of list found where not expected"),
        ("AdminGetUser", b'{"Username": {}}', "Start of structure or map found where not expected."),
        ("SignUp", b'{"UserAttributes": {}}', "Start of structure or map found where not expected."),
        ("SignUp", b'{"UserAttributes": [1]}', "Unexpected field type"),
        ("SignUp", b'{"ClientMetadata": []}', "Start of list found where not expected"),
        ("AdminGetUser", b"[]", "Start of list found where not expected"),
        ("AdminGetUser", b"null", "Unexpected field type"),
    ],
)
def test_a_wrong_type_is_a_serialization_exception(operation: str, body: bytes, told: str) -> None:
    with pytest.raises(AWSError) as caught:
        read(operation, body)

    assert (caught.value.code, caught.value.message) == ("SerializationException", told)


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"{} {}",
        b"\xff",
        b'{"Username": NaN}',
        b'{"Other": 1e400}',
        b'{"Username": "\\ud800"}',
        b'{"Other": ' + b"[" * 100_000,
        b'{"MaxResults": ' + b"9" * 5000 + b"}",
    ],
)
def test_what_is_no_json_is_a_serialization_exception(body: bytes) -> None:
    with pytest.raises(AWSError) as caught:
        read("AdminGetUser", body)

    assert caught.value.code == "SerializationException"


def test_a_document_may_be_nested_but_not_without_end() -> None:
    assert read("CompleteWebAuthnRegistration", b'{"Credential": {"a": [null, 1.5]}}') == {
        "Credential": {"a": [None, 1.5]}
    }

    with pytest.raises(AWSError, match="nested too deeply"):
        read("CompleteWebAuthnRegistration", b'{"Credential": ' + b"[" * 200 + b"]" * 200 + b"}")


def test_an_integral_number_is_an_integer() -> None:
    assert read("ListUserPools", b'{"MaxResults": 5.0}') == {"MaxResults": 5}


def test_an_emoji_may_come_as_escapes() -> None:
    assert read("AdminGetUser", b'{"Username": "\\ud83d\\ude00"}') == {"Username": "\U0001f600"}


def test_a_form_may_be_read_from_the_query_string_and_in_any_order() -> None:
    query = "Action=AssumeRole&Tags.member.10.Key=b&Tags.member.9.Key=a&Tags.member.x.Key=c&RoleArn=r"

    assert codec("sts", "AssumeRole").parse("GET", "/", query, {}, b"") == {
        "RoleArn": "r",
        "Tags": [{"Key": "a"}, {"Key": "b"}],
    }


def test_a_form_with_a_number_that_is_none_is_malformed() -> None:
    with pytest.raises(AWSError) as caught:
        read("AssumeRole", b"DurationSeconds=an+hour", "sts")

    assert (caught.value.code, caught.value.message) == (
        "MalformedInput",
        "STRING_VALUE can not be converted to an Integer",
    )


def test_rest_members_come_from_everywhere() -> None:
    reader = codec("cognito-sync", "UpdateRecords")
    path = "/identitypools/us-east-1%3A0a/identities/us-east-1%3A1b/datasets/prefs"
    patch = {"Op": "remove", "Key": "k", "SyncCount": 1, "DeviceLastModifiedDate": 1.5}
    body = json.dumps({"SyncSessionToken": "t", "RecordPatches": [patch]}).encode()

    assert reader.parse("POST", path, "", {"X-AMZ-Client-Context": "c"}, body) == {
        "IdentityPoolId": "us-east-1:0a",
        "IdentityId": "us-east-1:1b",
        "DatasetName": "prefs",
        "ClientContext": "c",
        "SyncSessionToken": "t",
        "RecordPatches": [
            {**patch, "DeviceLastModifiedDate": datetime(1970, 1, 1, 0, 0, 1, 500_000, tzinfo=UTC)},
        ],
    }


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize(("service", "operation"), OPERATIONS)
@settings(max_examples=4, deadline=None, database=None)
@given(data=st.data())
def test_nothing_but_an_aws_error_comes_of_any_body(service: str, operation: str, data: st.DataObject) -> None:
    shape: Any = operation_model(service, operation).input_shape
    names = [] if shape is None else list(shape.members)
    document = data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(names, JSON_VALUES)))
    form = "&".join(f"{name}.member.1={value}" for name, value in document.items())
    path = operation_model(service, operation).http["requestUri"]
    for body in (data.draw(st.binary()), json.dumps(document).encode(), form.encode("utf-8", "replace")):
        query = body.decode("latin-1")
        try:
            parameters = codec(service, operation).parse("POST", path, query, {"x-amz-client-context": query}, body)
            validator(service, operation)(parameters)
        except AWSError as error:
            assert error.code in {  # noqa: PT017 - which of them, is told by the examples above
                "SerializationException",
                "MalformedInput",
                "InvalidParameterException",
                "ValidationException",
                "ValidationError",
            }
