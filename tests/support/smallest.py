"""The smallest request that an operation takes: what its model requires, each member with a value that is allowed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from botocore import xform_name

from pytest_cognito.aws.model import Shape, operation_model, service_model
from pytest_cognito.aws.operation import registered

_ID = "0123abcd-4567-49ab-8def-0123456789ab"
IDS = dict.fromkeys(("ManagedLoginBrandingId", "RestoreId", "TermsId"), _ID)
"""Members of one form."""
SAMPLES: dict[str, Any] = {
    **IDS,
    "AccessToken": "a.b.c",
    "Attributes": {"Category": "UserCreation"},
    "AuthFlow": "USER_PASSWORD_AUTH",
    "CIMDPolicyId": "1",
    "ClientId": "x",
    "ClientSecretId": "a--1",
    "CloudWatchLogsRoleArn": "arn:aws:iam::123456789012:role/x",
    "ConfirmationCode": "123456",
    "CustomAttributes": [{"Name": "x", "AttributeDataType": "String"}],
    "DeviceKey": f"us-east-1_{_ID}",
    "Domain": "example",
    "FeedbackToken": "a.b.c",
    "IdpIdentifier": "x",
    "IdentityId": f"us-east-1:{_ID}",
    "IdentityPoolId": f"us-east-1:{_ID}",
    "JobId": "import-x",
    "MaxPerUser": 20,
    "MaxResults": 1,
    "MaxValidityMinutes": 60,
    "ProviderDetails": {},
    "ProviderName": "Google",
    "ProviderType": "Google",
    "RegionName": "ap-south-1",
    "Secret": "x" * 24,
    "SessionId": f"tkn{'x' * 25}",
    "TermsName": "terms-of-use",
    "Token": "a.b.c",
    "URL": "https://example.com",
    "URLPatterns": ["https://example.com"],
    "User": {"ProviderName": "Cognito", "ProviderAttributeValue": "alice"},
    "DestinationUser": {"ProviderName": "Cognito", "ProviderAttributeValue": "alice"},
    "SourceUser": {"ProviderName": "Google", "ProviderAttributeName": "Cognito_Subject", "ProviderAttributeValue": "1"},
    "UserCode": "123456",
    "UserPoolId": "us-east-1_Ab0Cd1Ef2",
}
_BY_TYPE: dict[str, Any] = {
    "boolean": False,
    "string": "x",
    "integer": 1,
    "list": [],
    "map": {},
    "timestamp": dt.datetime(2030, 1, 1, tzinfo=dt.UTC),
}


def operations(*members: str, service: str = "cognito-idp") -> Iterator[str]:
    """The operations of a service that are there and whose requests need these members, by AWS's names."""
    for name in service_model(service).operation_names:
        if xform_name(name) in registered(service) and {*members} <= {*_shape(service, name).required_members}:
            yield name


def request(name: str, /, service: str = "cognito-idp", **given: Any) -> dict[str, Any]:
    """The members that a request must have, and those of ``given`` that it may have, with the values there."""
    shape = _shape(service, name)
    more = {member: value for member, value in given.items() if member in shape.members}
    return {**_structure(shape, given), **more}


def _shape(service: str, name: str) -> Shape:
    shape = operation_model(service, name).input_shape
    assert shape is not None
    return shape


def _structure(shape: Shape, given: dict[str, Any]) -> dict[str, Any]:
    return {member: _value(member, shape.members[member], given) for member in shape.required_members}


def _value(member: str, shape: Shape, given: dict[str, Any]) -> Any:
    values = {**SAMPLES, **given}
    if member in values:
        return values[member]
    if shape.metadata.get("enum"):
        return shape.metadata["enum"][0]
    return _structure(shape, given) if shape.type_name == "structure" else _BY_TYPE[shape.type_name]
