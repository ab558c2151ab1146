"""Every operation of the four services, against botocore's own serializers and parsers."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.awsrequest import AWSPreparedRequest, create_request_object, prepare_request_dict
from botocore.serialize import create_serializer
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pytest_cognito.aws.model import SERVICES, operation_model, protocol, route, service_model
from pytest_cognito.aws.protocol import codec
from pytest_cognito.aws.validation import validator
from pytest_cognito.http.messages import Request
from tests.support.shapes import params, problems

from .sdk import parsed

OPERATIONS = [(service, name) for service in SERVICES for name in service_model(service).operation_names]
every_operation = pytest.mark.parametrize(("service", "operation"), OPERATIONS)
some_examples = settings(
    max_examples=10,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def serialized(service: str, operation: str, given_params: dict[str, Any]) -> dict[str, Any]:
    serializer = create_serializer(protocol(service), include_validation=True)
    request: dict[str, Any] = serializer.serialize_to_request(given_params, operation_model(service, operation))
    return request


def on_the_wire(request: dict[str, Any]) -> Request:
    prepare_request_dict(request, "https://service.test")
    prepared: AWSPreparedRequest = create_request_object(request).prepare()
    body: Any = prepared.body or b""
    return Request.make(
        prepared.method, prepared.url, dict(prepared.headers), body.encode() if isinstance(body, str) else body
    )


def has_empty_structure(value: Any) -> bool:
    if isinstance(value, dict):
        return not value or any(map(has_empty_structure, value.values()))
    return isinstance(value, list) and any(map(has_empty_structure, value))


@every_operation
@some_examples
@given(data=st.data())
def test_a_request_gives_back_the_parameters_in_process_and_over_the_wire(
    service: str, operation: str, data: st.DataObject
) -> None:
    wanted = data.draw(params(operation_model(service, operation).input_shape))
    # The query protocol has no way to say "an empty structure".
    assume(protocol(service) != "query" or not any(map(has_empty_structure, wanted.values())))
    request = serialized(service, operation, wanted)
    reader = codec(service, operation)

    found = reader.parse(
        request["method"], request["url_path"], request["query_string"], request["headers"], request["body"]
    )

    assert found == wanted
    wire = on_the_wire(request)
    assert route(wire) == (service, operation)
    assert reader.parse(wire.method, wire.path, wire.query, wire.headers, wire.body) == wanted
    validator(service, operation)(found)


@every_operation
@some_examples
@given(data=st.data())
def test_botocore_reads_from_the_wire_what_a_caller_in_process_is_handed(
    service: str, operation: str, data: st.DataObject
) -> None:
    shape: Any = operation_model(service, operation).output_shape
    result = data.draw(params(shape))
    writer = codec(service, operation)

    response = writer.render(result, "a-request")

    answer = parsed(service, response, shape)
    metadata = answer.pop("ResponseMetadata")
    assert writer.python(result) == answer == result
    assert (metadata["HTTPStatusCode"], metadata["RequestId"]) == (200, "a-request")
    assert problems(shape, answer) == []
