"""What the round trips can't show: errors, odd requests, and what a caller may do with an answer."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

import pytest
from botocore.awsrequest import HeadersDict
from botocore.parsers import create_parser
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.aws.http import Response
from pytest_cognito.aws.model import SERVICES, operation_model, protocol, service_model
from pytest_cognito.aws.protocol import codec, error_response
from pytest_cognito.aws.validation import validator

MOMENT = datetime(2019, 1, 21, 19, 4, 55, 428_999, tzinfo=UTC)
OPERATIONS = [(service, name) for service in SERVICES for name in service_model(service).operation_names]


def read(operation: str, body: bytes, service: str = "cognito-idp") -> dict[str, Any]:
    return codec(service, operation).parse("POST", "/", "", {}, body)


def botocore_reads(service: str, response: Response, operation: str) -> dict[str, Any]:
    answer = {"status_code": response.status, "headers": HeadersDict(response.headers), "body": response.body}
    shape = operation_model(service, operation).output_shape
    found: dict[str, Any] = create_parser(protocol(service)).parse(answer, shape)
    return found


def test_unknown_members_and_nulls_are_left_out() -> None:
    body = b' {"UserPoolId": "p", "Username": null, "Password": "x"}\n'

    assert read("AdminGetUser", body) == {"UserPoolId": "p"}


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


def user(**members: Any) -> dict[str, Any]:
    return {
        "Username": "alice",
        "UserAttributes": [{"Name": "email", "Value": "a@b.c"}],
        "UserCreateDate": MOMENT,
        "UserLastModifiedDate": MOMENT,
        "Enabled": True,
        "UserStatus": "CONFIRMED",
        **members,
    }


def test_an_answer_is_new_at_every_level() -> None:
    stored = user()
    frozen = MappingProxyType({**stored, "UserAttributes": tuple(map(MappingProxyType, stored["UserAttributes"]))})
    answer = codec("cognito-idp", "AdminGetUser").python(frozen)

    answer["UserAttributes"][0]["Name"] = "phone"
    answer["UserAttributes"].append({})

    assert stored["UserAttributes"] == [{"Name": "email", "Value": "a@b.c"}]
    assert type(answer["UserAttributes"][0]) is dict


def test_lists_and_maps_of_scalars_and_documents_are_new_too() -> None:
    client = {"CallbackURLs": ["https://a"]}
    pool = {"UserPoolTags": {"k": "v"}}
    branding = {"Settings": {"a": [1]}}
    codec("cognito-idp", "DescribeUserPoolClient").python({"UserPoolClient": client})["UserPoolClient"][
        "CallbackURLs"
    ].append("https://b")
    codec("cognito-idp", "DescribeUserPool").python({"UserPool": pool})["UserPool"]["UserPoolTags"].clear()
    answer = codec("cognito-idp", "DescribeManagedLoginBranding").python({"ManagedLoginBranding": branding})
    answer["ManagedLoginBranding"]["Settings"]["a"].append(2)

    assert (client, pool, branding) == (
        {"CallbackURLs": ["https://a"]},
        {"UserPoolTags": {"k": "v"}},
        {"Settings": {"a": [1]}},
    )


def test_members_that_are_none_are_left_out_at_every_level() -> None:
    result = user(PreferredMfaSetting=None, UserAttributes=[{"Name": "email", "Value": None}])
    writer = codec("cognito-idp", "AdminGetUser")

    assert writer.python(result)["UserAttributes"] == [{"Name": "email"}]
    assert "PreferredMfaSetting" not in writer.python(result)
    assert b"null" not in writer.render(result, "r").body


@pytest.mark.parametrize(
    ("operation", "result", "told"),
    [
        ("AdminGetUser", user(Colour="red"), "AdminGetUser: AdminGetUserResponse has no member 'Colour'"),
        (
            "AdminGetUser",
            user(UserAttributes=[{"Nam": "email"}]),
            "AdminGetUser: AttributeType has no member 'Nam'",
        ),
        ("DeleteUser", {"Colour": "red"}, "DeleteUser: the empty answer has no member 'Colour'"),
    ],
)
def test_a_member_that_the_model_lacks_is_a_bug(operation: str, result: dict[str, Any], told: str) -> None:
    with pytest.raises(TypeError, match=told):
        codec("cognito-idp", operation).python(result)
    with pytest.raises(TypeError, match=told):
        codec("cognito-idp", operation).render(result, "r")


def test_timestamps_have_milliseconds_through_both_doors() -> None:
    writer = codec("cognito-idp", "AdminGetUser")
    response = writer.render(user(), "r")

    assert json.loads(response.body)["UserCreateDate"] == 1548097495.428
    assert b'"UserCreateDate":1548097495.428' in response.body
    in_process = writer.python(user())["UserCreateDate"]
    assert in_process == MOMENT.replace(microsecond=428_000)
    from_the_wire = botocore_reads("cognito-idp", response, "AdminGetUser")["UserCreateDate"]
    assert (in_process, in_process.tzinfo, in_process.isoformat()) == (
        from_the_wire,
        from_the_wire.tzinfo,
        from_the_wire.isoformat(),
    )


def test_timestamps_follow_the_time_zone_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    writer = codec("cognito-idp", "AdminGetUser")
    try:
        for zone, hours in (("UTC", 0), ("Asia/Tokyo", 9), ("America/New_York", -5)):
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            moment = writer.python(user())["UserCreateDate"]
            assert moment.utcoffset() == timedelta(hours=hours)
            assert moment.hour == (19 + hours) % 24
    finally:
        monkeypatch.undo()
        time.tzset()


def test_timestamps_of_the_query_protocol() -> None:
    credentials = {"AccessKeyId": "a", "SecretAccessKey": "s", "SessionToken": "t", "Expiration": MOMENT}
    writer = codec("sts", "GetSessionToken")
    response = writer.render({"Credentials": credentials}, "r")

    assert b"<Expiration>2019-01-21T19:04:55.428Z</Expiration>" in response.body
    from_the_wire = botocore_reads("sts", response, "GetSessionToken")["Credentials"]["Expiration"]
    in_process = writer.python({"Credentials": credentials})["Credentials"]["Expiration"]
    assert (in_process, in_process.tzinfo) == (from_the_wire, from_the_wire.tzinfo)


@pytest.mark.parametrize(
    ("service", "operation", "content_type", "body"),
    [
        ("cognito-idp", "AdminDisableUser", "application/x-amz-json-1.1", b"{}"),
        ("cognito-idp", "AdminDeleteUser", "application/x-amz-json-1.1", b""),
        ("cognito-sync", "SubscribeToDataset", "application/json", b"{}"),
        ("cognito-sync", "SetCognitoEvents", "application/json", b""),
        (
            "sts",
            "GetCallerIdentity",
            "text/xml",
            (
                b'<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>'
                b"</GetCallerIdentityResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>"
                b"</GetCallerIdentityResponse>"
            ),
        ),
    ],
)
def test_an_empty_answer(service: str, operation: str, content_type: str, body: bytes) -> None:
    response = codec(service, operation).render({}, "r")

    assert response == Response(200, {"x-amzn-RequestId": "r", "Content-Type": content_type}, body)
    assert codec(service, operation).python({}) == {}


@pytest.mark.parametrize(
    ("service", "operation"),
    [
        ("cognito-idp", "AdminGetUser"),
        ("cognito-identity", "GetId"),
        ("cognito-sync", "ListDatasets"),
        ("sts", "AssumeRole"),
    ],
)
@pytest.mark.parametrize("status", [400, 403, 500])
def test_botocore_reads_an_error(service: str, operation: str, status: int) -> None:
    error = AWSError("UserNotFoundException", "User <é & ü> does\nnot exist.", status=status)

    for response in (codec(service, operation).render_error(error, "r"), error_response(service, error, "r")):
        answer = botocore_reads(service, response, operation)
        assert answer["Error"]["Code"] == "UserNotFoundException"
        assert answer["Error"]["Message"] == "User <é & ü> does\nnot exist."
        assert answer["ResponseMetadata"]["HTTPStatusCode"] == status
        assert answer["ResponseMetadata"]["RequestId"] == "r"


def test_an_error_in_json() -> None:
    error = AWSError("InvalidParameterException", "Wrong:\r\n“x”", fields={"reasonCode": "why"})
    response = codec("cognito-idp", "SignUp").render_error(error, "r")

    assert json.loads(response.body) == {
        "__type": "InvalidParameterException",
        "message": "Wrong:\r\n“x”",
        "reasonCode": "why",
    }
    assert response.headers == {
        "x-amzn-RequestId": "r",
        "x-amzn-ErrorType": "InvalidParameterException:",
        "x-amzn-ErrorMessage": "Wrong:  ?x?",
        "Content-Type": "application/x-amz-json-1.1",
    }
    assert error_response(None, error, "r") == response


def test_an_error_in_rest_has_its_code_in_a_header() -> None:
    response = error_response("cognito-sync", AWSError("NotAuthorizedException", "No.", status=403), "r")

    assert (response.status, json.loads(response.body)) == (403, {"message": "No."})
    assert response.headers["x-amzn-ErrorType"] == "NotAuthorizedException:"


def test_an_error_in_xml_says_whose_fault_it_is_and_is_well_formed() -> None:
    caller, service = AWSError("AccessDenied", "no\x00\ud800", status=403), AWSError("InternalFailure", "", status=500)

    assert error_response("sts", caller, "r").body.decode() == (
        '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>'
        "<Code>AccessDenied</Code><Message>no\ufffd\ufffd</Message></Error><RequestId>r</RequestId></ErrorResponse>"
    )
    assert b"<Type>Receiver</Type>" in error_response("sts", service, "r").body
