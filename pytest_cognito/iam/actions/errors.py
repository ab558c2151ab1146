"""Calls of which the tables can't say what they want."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pytest_cognito.kernel.errors import UsageError

_UNKNOWN_SERVICE: Final = "the service is not in the tables of IAM actions"
_UNKNOWN_OPERATION: Final = "the table of the service has no line for the operation"


class Unmapped(UsageError):
    """It is not known which IAM action on which resource a call stands for."""


def unknown_service(service: str, operation: str) -> Unmapped:
    return unmappable(service, operation, _UNKNOWN_SERVICE)


def unknown_operation(service: str, operation: str) -> Unmapped:
    return unmappable(service, operation, _UNKNOWN_OPERATION)


def unmappable(service: str, operation: str, reason: str) -> Unmapped:
    example = f"arn:aws:{service}:{{region}}:{{account}}:thing/{{ThingName}}"
    return Unmapped(
        f"which IAM action is {operation} of {service}? {reason[0].upper()}{reason[1:]}. Say it in the test: "
        f'cognito.iam.map("{service}", "{operation}", action="{service}:{operation}", resource="*"), where resource '
        f'may be an ARN with parameters of the call, such as "{example}"'
    )


def nobody_tells(service: str, method: str, parameters: Mapping[str, Any]) -> UsageError:
    given = ", ".join(f"{name}={value!r}" for name, value in parameters.items())
    return UsageError(
        f"what the call is about has to be asked of {service}, and nothing answers its {method}({given}): use moto's "
        f"mock_aws or a local endpoint, or say in the test what the operation wants: "
        f'cognito.iam.map("{service}", …, action=…, resource=…)'
    )


def incomplete(service: str, operation: str, templates: str) -> UsageError:
    return UsageError(
        f"{operation} of {service} lacks the parameters that its resource is made of: {templates}. Give them, or say "
        f'in the test what the call is about: cognito.iam.map("{service}", "{operation}", action=…, resource=…)'
    )
