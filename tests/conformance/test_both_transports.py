"""One implementation, two transports: every operation is driven in process and over a socket, and nothing differs.

Two worlds of the same seed draw the same ids, so that the same calls in the same order have the same answers: those of
one go by ``before-call`` to the gateway, those of the other as HTTP through the loopback server and botocore's parser.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from botocore import xform_name

from pytest_cognito import active, gateway, mock_cognito
from pytest_cognito.aws import operation
from pytest_cognito.aws.model import SERVICES, service_model
from pytest_cognito.server.socket import Server
from tests.conformance.scenarios import SCENARIOS, Scenario
from tests.conformance.transport import Transport

NOW = 1_772_000_000
ROLE = "arn:aws:iam::123456789012:role/demo"
POOL = "us-east-1:0123abcd-4567-89ab-cdef-0123456789ab"
MOMENT = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)


def in_process(scenario: Scenario) -> Transport:
    with mock_cognito(seed="both transports", region="us-east-1") as cognito:
        transport = Transport(cognito)
        scenario(transport)
    return transport


def over_a_socket(scenario: Scenario) -> Transport:
    with mock_cognito(seed="both transports", region="us-east-1") as cognito, Server(cognito.world) as server:
        transport = Transport(cognito, server.endpoint_url)
        with active.let_through():  # past the transport in process, to the socket
            scenario(transport)
    return transport


@pytest.fixture(autouse=True)
def a_moment() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize("scenario", SCENARIOS, ids=[each.__name__ for each in SCENARIOS])
def test_both_transports_lead_to_the_same(scenario: Scenario) -> None:
    here, there = in_process(scenario), over_a_socket(scenario)

    for one, other in zip(here.outcomes, there.outcomes, strict=True):
        assert one == other
    assert all(outcome.metadata["headers"]["x-amzn-requestid"] for outcome in there.outcomes)
    assert _logged(here) == _logged(there)
    assert [message.body for message in here.outbox] == [message.body for message in there.outbox]


def _logged(transport: Transport) -> list[tuple[object, ...]]:
    return [
        (call.service, call.operation, call.parameters, call.region, call.request_id, repr(call.error), call.messages)
        for call in transport.cognito.calls
    ]


STAND_INS: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "sts": (
        "AssumeRole",
        {
            "RoleArn": "arn:aws:iam::123456789012:role/demo",
            "RoleSessionName": "demo",
            "Tags": [{"Key": "a", "Value": "ä"}],
        },
        {"Credentials": {"AccessKeyId": "A", "SecretAccessKey": "<&>", "SessionToken": "s", "Expiration": MOMENT}},
    ),
    "cognito-identity": (
        "GetId",
        {"IdentityPoolId": POOL, "Logins": {"a.example.com": "token €"}},
        {"IdentityId": POOL},
    ),
    "cognito-sync": (
        "ListDatasets",
        {
            "IdentityPoolId": "us-east-1:0123abcd-4567-89ab-cdef-0123456789ab",
            "IdentityId": "us-east-1:a b",
            "MaxResults": 7,
        },
        {"Datasets": [{"DatasetName": "ä", "LastModifiedDate": MOMENT, "NumRecords": 3}], "Count": 1},
    ),
}
"""An operation of each other service, with what it is asked and what a function in its place answers."""


@pytest.mark.parametrize("service", STAND_INS)
def test_each_protocol_carries_the_same_through_both_transports(service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, asked, answered = STAND_INS[service]
    target = gateway.find_target(service, name)
    monkeypatch.setattr(target, "function", lambda context, **parameters: answered)
    monkeypatch.setattr(target, "keywords", {member: member for member in target.codec.input_shape.members})
    monkeypatch.setattr(target, "validate", lambda parameters: None)

    here, there = (
        go(lambda transport: transport.call(name, service=service, **asked)) for go in (in_process, over_a_socket)
    )
    assert here.outcomes == there.outcomes
    assert here.cognito.calls[0].parameters == there.cognito.calls[0].parameters == asked
    assert _logged(here) == _logged(there)


def test_no_operation_is_forgotten() -> None:
    answered = set()
    for scenario in SCENARIOS:
        transport = in_process(scenario)
        answered |= {(each.service, xform_name(each.operation)) for each in transport.outcomes if each.answered}
    registered = {(service, name) for service in SERVICES for name in operation.registered(service)}
    known = {(service, xform_name(name)) for service in SERVICES for name in service_model(service).operation_names}
    missing = registered & known - answered
    assert missing == set(), "add these operations to a scenario in tests/conformance/scenarios/"
