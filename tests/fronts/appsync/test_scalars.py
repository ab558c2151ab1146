"""AppSync's scalars: what they take in arguments and in responses."""

from __future__ import annotations

import datetime as dt
import ipaddress
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_cognito import Cognito, GraphQLApi

NAMES = (
    *("AWSDate", "AWSTime", "AWSDateTime", "AWSTimestamp", "AWSEmail"),
    *("AWSJSON", "AWSPhone", "AWSURL", "AWSIPAddress"),
)
FIELDS = " ".join(f"{name}(value: {name}): {name}" for name in NAMES)
SCHEMA = f"type Query {{ {FIELDS} }}"


@pytest.fixture
def api(cognito: Cognito) -> GraphQLApi:
    echo = {f"Query.{name}": lambda event, context: event["arguments"]["value"] for name in NAMES}
    return cognito.appsync(SCHEMA, echo, "API_KEY")


def takes(api: GraphQLApi, name: str, value: Any) -> bool:
    """Whether a scalar takes a value, which comes back as it was."""
    answer = api.query(f"query($value: {name}) {{ {name}(value: $value) }}", {"value": value}, auth=api.api_key)
    if answer.errors:
        assert answer.messages == ["Variable 'value' has an invalid value."]
        return False
    assert answer[name] == value
    return True


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("AWSDate", ["1970-01-01Z", "1970-01-01+05:30", "2030-02-28"], ["2030-02-29", "2030-1-1", "1970-01-01T", 1]),
        ("AWSTime", ["12:00:34Z", "12:00:34.001+05:30", "12:00"], ["24:00:00", "12:60", "noon"]),
        ("AWSDateTime", ["1970-01-01T12:00:00Z", "1970-01-01T12:00:00.123456789-08:00"], ["1970-01-01T12:00:00", "x"]),
        ("AWSTimestamp", [0, -1, 1893456000], ["0", 1.5, True]),
        ("AWSEmail", ["a@example.com", "a.b+c@example.co.uk"], ["a", "a@", "@b", "a b@example.com"]),
        ("AWSJSON", ['{"a": 1}', "[1]", '"text"', "5"], ["{a: 1}", "text", "NaN"]),
        ("AWSPhone", ["+49 30 1234567", "+14155552671", "415-555-2671"], ["12", "phone", "+0123456789"]),
        (
            "AWSURL",
            ["https://example.com/a?b=c", "mailto:a@example.com"],
            ["example.com", "https://a.com//b", "https://"],
        ),
        ("AWSIPAddress", ["123.12.34.56", "::1", "10.0.0.0/8"], ["1.2.3", "256.1.1.1", "localhost"]),
    ],
)
def test_values(api: GraphQLApi, name: str, right: list[Any], wrong: list[Any]) -> None:
    same = [takes(api, name, value) for value in right] if name != "AWSJSON" else []
    assert all(same)
    assert not any(takes(api, name, value) for value in wrong)


def test_json(api: GraphQLApi) -> None:
    """A resolver gets what the text says; what it returns becomes a text again, unless it is one."""
    query = "query($value: AWSJSON) { AWSJSON(value: $value) }"
    assert api.query(query, {"value": '{"a": [1, null]}'}, auth=api.api_key)["AWSJSON"] == '{"a":[1,null]}'
    answer = api.query(query, {"value": '"text"'}, auth=api.api_key)
    assert answer.messages == ["Can't serialize value (/AWSJSON) : Unable to serialize `text` as a valid JSON Object."]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    moment=st.datetimes(
        dt.datetime(1000, 1, 1),  # noqa: DTZ001 - the time zones come beside it
        timezones=st.sampled_from([dt.UTC, dt.timezone(dt.timedelta(hours=-3))]),
    ),
    address=st.ip_addresses(),
    data=st.recursive(st.none() | st.integers(-9, 9), lambda of: st.lists(of) | st.dictionaries(st.text(), of)),
)
def test_values_that_other_libraries_write(
    api: GraphQLApi, moment: dt.datetime, address: ipaddress.IPv4Address | ipaddress.IPv6Address, data: Any
) -> None:
    assert takes(api, "AWSDateTime", moment.isoformat())
    assert takes(api, "AWSDate", moment.date().isoformat())
    assert takes(api, "AWSTime", moment.timetz().isoformat())
    assert takes(api, "AWSTimestamp", int(moment.timestamp()))
    assert takes(api, "AWSIPAddress", str(address))
    query = "query($value: AWSJSON) { AWSJSON(value: $value) }"
    answer = api.query(query, {"value": json.dumps(data)}, auth=api.api_key)
    assert answer["AWSJSON"] is None if data is None else json.loads(answer["AWSJSON"]) == data
