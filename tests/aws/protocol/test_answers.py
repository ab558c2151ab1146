"""What the round trips can't show of answers: what a caller may do with one, time stamps, empty ones."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

import pytest

from pytest_cognito.aws.constant import ResourceDescription
from pytest_cognito.aws.protocol import codec
from pytest_cognito.http.messages import Response

from .sdk import botocore_reads

MOMENT = datetime(2019, 1, 21, 19, 4, 55, 428_999, tzinfo=UTC)


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
    ("operation", "result", "left"),
    [
        ("AdminGetUser", {"Username": "alice", "Colour": "red"}, {"Username": "alice"}),
        (
            "AdminGetUser",
            {"UserAttributes": [{"Name": "email", "Nam": "email"}]},
            {"UserAttributes": [{"Name": "email"}]},
        ),
        (
            "DescribeUserPool",
            {"UserPool": {"Id": "p", "Policies": {"Colour": {}}}},
            {"UserPool": {"Id": "p", "Policies": {}}},
        ),
        ("DeleteUser", {"Colour": "red"}, {}),
    ],
)
def test_a_member_that_the_model_lacks_is_left_out(
    operation: str, result: dict[str, Any], left: dict[str, Any]
) -> None:
    """As botocore's parser leaves it out: an older model has fewer. On the newest, every test checks for it."""
    writer = codec("cognito-idp", operation)

    assert writer.python(result) == left
    assert json.loads(writer.render(result, "r").body or "{}") == left


def test_a_setting_that_the_model_lacks_is_left_out() -> None:
    description = ResourceDescription({"Id": "p", "Colour": "red"}, {"Policies": {"Colour": {}}, "Shade": "dark"})
    writer = codec("cognito-idp", "DescribeUserPool")

    for _ in range(3):  # settings are written by a plan from the third time on
        assert writer.python({"UserPool": description}) == {"UserPool": {"Id": "p", "Policies": {}}}


def test_a_bug_in_a_value_is_no_missing_member() -> None:
    class Odd(dict[str, Any]):
        def items(self) -> Any:
            raise KeyError("odd")

    with pytest.raises(KeyError, match="odd"):
        codec("cognito-idp", "DescribeUserPool").python({"UserPool": Odd()})


def test_timestamps_have_milliseconds_in_process_and_over_a_socket() -> None:
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

    assert response == Response(200, [("x-amzn-RequestId", "r"), ("Content-Type", content_type)], body)
    assert codec(service, operation).python({}) == {}
