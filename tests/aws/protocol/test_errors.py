"""Errors on the wire, in each protocol."""

from __future__ import annotations

import json

import pytest

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.aws.protocol import codec, error_response

from .sdk import botocore_reads


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
    assert response.headers == [
        ("x-amzn-RequestId", "r"),
        ("x-amzn-ErrorType", "InvalidParameterException:"),
        ("x-amzn-ErrorMessage", "Wrong:  ?x?"),
        ("Content-Type", "application/x-amz-json-1.1"),
    ]
    assert error_response(None, error, "r") == response


def test_an_error_in_rest_has_its_code_in_a_header() -> None:
    response = error_response("cognito-sync", AWSError("NotAuthorizedException", "No.", status=403), "r")

    assert (response.status, json.loads(response.body)) == (403, {"message": "No."})
    assert response.header("X-Amzn-ErrorType") == "NotAuthorizedException:"


def test_an_error_in_xml_says_whose_fault_it_is_and_is_well_formed() -> None:
    caller, service = AWSError("AccessDenied", "no\x00\ud800", status=403), AWSError("InternalFailure", "", status=500)

    assert error_response("sts", caller, "r").body.decode() == (
        '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>'
        "<Code>AccessDenied</Code><Message>no\ufffd\ufffd</Message></Error><RequestId>r</RequestId></ErrorResponse>"
    )
    assert b"<Type>Receiver</Type>" in error_response("sts", service, "r").body
