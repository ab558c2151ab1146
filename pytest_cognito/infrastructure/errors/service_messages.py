"""What CloudFormation makes of the refusal of a service."""

from __future__ import annotations

from collections.abc import Mapping

from botocore.exceptions import ClientError

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.world import World

_SERVICES: Mapping[str, str] = {
    "AWS::Cognito::": "CognitoIdentityProvider",
    "AWS::Cognito::IdentityPool": "CognitoIdentity",
    "AWS::IAM::": "Iam",
    "AWS::CloudFormation::CustomResource": "AWSLambda",
    "AWS::Lambda::": "Lambda",
    "Custom::": "AWSLambda",
}
"""The names of services in messages, by what types begin with: the longest that fits holds."""
_KINDS: Mapping[str, str] = {
    "AccessDenied": "AccessDenied",
    "AlreadyExists": "AlreadyExists",
    "Exists": "AlreadyExists",
    "InvalidParameter": "InvalidRequest",
    "Malformed": "InvalidRequest",
    "LimitExceeded": "ServiceLimitExceeded",
    "NoSuchEntity": "NotFound",
    "NotAuthorized": "AccessDenied",
    "NotFound": "NotFound",
    "TooManyRequests": "Throttling",
    "Validation": "InvalidRequest",
}
"""The codes that handlers give, by what is in the codes of services."""
_OWN = "ValidationError"
"""The code of refusals that come before a handler is called: their text stands alone."""
_OF_HANDLERS = ("AlreadyExists", "InvalidRequest")
"""The codes of refusals by which a handler calls no service."""
_HANDLER_MESSAGE = 'Resource handler returned message: "{message}" (RequestToken: {token}, HandlerErrorCode: {kind})'
_MESSAGE = (
    'Resource handler returned message: "{message} (Service: {service}, Status Code: {status}, Request ID: '
    '{request_id})" (RequestToken: {token}, HandlerErrorCode: {kind})'
)


def code_and_message(error: AWSError | ClientError) -> tuple[str, str]:
    """The code and the message of a refusal."""
    if isinstance(error, AWSError):
        return error.code, error.message
    about = error.response["Error"]
    return about["Code"], about["Message"]


def reason(world: World, type_name: str, error: AWSError | ClientError) -> str:
    """The reason of a failure as the events of a stack have it.

    A line that a hint adds to a message comes after it. Terraform shows the code and the message.
    """
    code, text = code_and_message(error)
    message, newline, hint = text.partition("\n")
    if "::" not in type_name:
        return f"{code}: {text}"
    if code == _OWN:
        return text
    if code in _OF_HANDLERS:
        whole = _HANDLER_MESSAGE.format(message=message, token=world.ids.request_id(), kind=code)
        return f"{whole}{newline}{hint}"
    status = error.status if isinstance(error, AWSError) else error.response["ResponseMetadata"]["HTTPStatusCode"]
    prefix = max((each for each in _SERVICES if type_name.startswith(each)), key=len, default=None)
    whole = _MESSAGE.format(
        message=message,
        service=_SERVICES[prefix] if prefix is not None else type_name.split("::")[1],
        status=status,
        request_id=world.ids.request_id(),
        token=world.ids.request_id(),
        kind=next((kind for part, kind in _KINDS.items() if part in code), "GeneralServiceException"),
    )
    return f"{whole}{newline}{hint}"
