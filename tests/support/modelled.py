"""Calls held against their model: is the answer of its output shape, is the error one that the operation declares?"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.aws.model import operation_model
from pytest_cognito.aws.validation import CODES
from pytest_cognito.gateway import find_target
from pytest_cognito.kernel.calls import Call
from tests.support import installed
from tests.support.shapes import problems

COMMON = {
    "AccessDenied",
    "AccessDeniedException",
    "SerializationException",
    "MissingAuthenticationTokenException",
    "MissingAuthenticationToken",
    "UnknownOperationException",
    "ExpiredTokenException",
    "UnrecognizedClientException",
}
"""Codes that any operation may answer with and no model declares."""
COMMON_OF_SERVICES = {
    "sts": {"AccessDenied", "ExpiredToken", "InvalidClientTokenId", "InvalidParameterValue", "SignatureDoesNotMatch"},
    "cognito-identity": {"AccessDeniedException", "UnrecognizedClientException", "ExpiredTokenException"},
}
"""Such codes of one service, for callers who may not make a call or whom nobody knows."""
DOCUMENTED = {
    "AdminCreateUser": {"AliasExistsException"},
    "UpdateRecords": {"LambdaSocketTimeoutException"},
}
"""Codes that the documentation of an operation names and its model forgets."""
SEEN = {
    "InitiateAuth": {"MFAMethodNotFoundException"},
    # The daily quota on e-mails. It was seen of the first; the others send by the same sender.
    "AdminCreateUser": {"LimitExceededException"},
    "AdminUpdateUserAttributes": {"LimitExceededException"},
    "UpdateUserAttributes": {"LimitExceededException"},
}
"""Codes that AWS was seen to answer with, though neither says so."""

_DOMAIN = "DescribeUserPoolDomainResponse.DomainDescription"
OBSERVED = {f"DescribeUserPoolDomain: {_DOMAIN}.CustomDomainConfig.CertificateArn: missing"}
"""Departures that AWS itself was seen to make: a prefix domain has an empty CustomDomainConfig."""


@cache
def codes(service: str, operation: str) -> frozenset[str]:
    """The codes that an operation may fail with."""
    model = operation_model(service, operation)
    declared = {shape.metadata.get("error", {}).get("code", shape.name) for shape in model.error_shapes}
    return frozenset(
        declared
        | COMMON
        | COMMON_OF_SERVICES.get(service, set())
        | {CODES[service]}
        | DOCUMENTED.get(operation, set())
        | SEEN.get(operation, set())
    )


def departures(call: Call) -> list[str]:
    """In what a finished call departs from its model. An older model may lack errors and members that AWS has added."""
    if isinstance(call.error, AWSError):
        known = call.error.code in codes(call.service, call.operation) or installed.is_older()
        return [] if known else [f"{call.operation}: its model declares no {call.error.code} ({call.error.message})"]
    if call.result is None:
        return []
    codec = find_target(call.service, call.operation).codec
    # A caller gets no member that the model lacks. With the newest model, such a member is a bug of the operation.
    answer = codec.python(call.result) if installed.is_older() else _plain(call.result)
    found = [f"{call.operation}: {each}" for each in problems(_output(call), answer)]
    return [departure for departure in found if departure not in OBSERVED]


def _plain(value: Any) -> Any:
    """A result as a caller gets it, in dicts and lists without what is None, but with members that no model has."""
    if isinstance(value, str | bool | int):  # most are
        return value
    if isinstance(value, Mapping):
        return {name: _plain(member) for name, member in value.items() if member is not None}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value


def _output(call: Call) -> object:
    return operation_model(call.service, call.operation).output_shape
