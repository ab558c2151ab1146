"""Errors of services that other mocks answer for, read by botocore's own parsers."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.parsers import PROTOCOL_PARSERS, create_parser

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.aws.protocol.other_services import render_error

ERROR = AWSError("AccessDenied", "not <allowed>, Zoë", status=403)


def parsed(protocol: str, metadata: dict[str, Any], *, head: bool = False) -> Any:
    response = render_error(protocol, ERROR, "id-1", metadata, head=head)
    headers = {name.lower(): value for name, value in response.headers}
    parser: Any = create_parser(protocol)
    return parser.parse({"status_code": response.status, "headers": headers, "body": response.body}, None)


@pytest.mark.parametrize(
    ("protocol", "metadata"),
    [
        ("json", {"jsonVersion": "1.0"}),
        ("json", {"awsQueryCompatible": {}}),
        ("rest-json", {}),
        ("query", {"xmlNamespace": "urn:x"}),
        ("rest-xml", {"serviceId": "CloudFront", "xmlNamespace": "urn:x"}),
        ("rest-xml", {"serviceId": "S3"}),
        ("ec2", {}),
        *((protocol, {}) for protocol in PROTOCOL_PARSERS if protocol == "smithy-rpc-v2-cbor"),
    ],
)
def test_an_error_is_read_as_it_was_meant(protocol: str, metadata: dict[str, Any]) -> None:
    answer = parsed(protocol, metadata)

    assert (answer["Error"]["Code"], answer["Error"]["Message"]) == ("AccessDenied", "not <allowed>, Zoë")
    assert answer["ResponseMetadata"]["RequestId"] == "id-1"
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 403


def test_a_request_by_head_gets_the_status_alone() -> None:
    assert parsed("rest-xml", {"serviceId": "S3"}, head=True)["Error"] == {"Code": "403", "Message": "Forbidden"}
