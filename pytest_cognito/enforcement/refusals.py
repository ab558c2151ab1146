"""The refusals of a call by what stands before all services, in the words of each protocol, and of S3 and EC2."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_cognito.aws.errors import AWSError, ErrorText
from pytest_cognito.iam import Decision

DENIED_IN_JSON = ErrorText("AccessDeniedException", "{message}")
EXPIRED_IN_JSON = ErrorText("ExpiredTokenException", "The security token included in the request is expired")
UNKNOWN_IN_JSON = ErrorText("UnrecognizedClientException", "The security token included in the request is invalid.")
DENIED_IN_REST = ErrorText("AccessDeniedException", "{message}", 403)
EXPIRED_IN_REST = ErrorText("ExpiredTokenException", "The security token included in the request is expired", 403)
UNKNOWN_IN_REST = ErrorText(
    "UnrecognizedClientException", "The security token included in the request is invalid.", 403
)
DENIED_IN_XML = ErrorText("AccessDenied", "{message}", 403)
EXPIRED_IN_XML = ErrorText("ExpiredToken", "The security token included in the request is expired", 403)
UNKNOWN_IN_XML = ErrorText("InvalidClientTokenId", "The security token included in the request is invalid.", 403)
EXPIRED_BY_S3 = ErrorText("ExpiredToken", "The provided token has expired.")
UNKNOWN_BY_S3 = ErrorText("InvalidToken", "The provided token is malformed or otherwise invalid.")
DENIED_BY_EC2 = ErrorText("UnauthorizedOperation", "You are not authorized to perform this operation. {message}", 403)
EXPIRED_BY_EC2 = ErrorText("RequestExpired", "Request has expired.")
ROLE_NOT_PASSED = ErrorText("NotAuthorizedException", "Access to Role '{role}' is forbidden.")
"""What identity pools say where iam:PassRole is not allowed."""
UNKNOWN_BY_EC2 = ErrorText("AuthFailure", "AWS was not able to validate the provided access credentials", 401)


@dataclass(frozen=True, slots=True)
class Words:
    """How a service refuses what policies don't allow, expired credentials, and credentials that it does not know."""

    denied: ErrorText
    expired: ErrorText
    unknown: ErrorText


_JSON = Words(DENIED_IN_JSON, EXPIRED_IN_JSON, UNKNOWN_IN_JSON)
_REST = Words(DENIED_IN_REST, EXPIRED_IN_REST, UNKNOWN_IN_REST)
_XML = Words(DENIED_IN_XML, EXPIRED_IN_XML, UNKNOWN_IN_XML)
_S3 = Words(DENIED_IN_XML, EXPIRED_BY_S3, UNKNOWN_BY_S3)
_EC2 = Words(DENIED_BY_EC2, EXPIRED_BY_EC2, UNKNOWN_BY_EC2)
_SILENT_ABOUT_ALL = ("ec2", "s3")
"""The services that name no resource where the action is on none of its own."""
_BY_PROTOCOL = {"rest-json": _REST, "query": _XML, "rest-xml": _XML, "ec2": _EC2}


def denied(service: str, protocol: str, decision: Decision) -> AWSError:
    """The refusal of a call that policies don't allow."""
    message = decision.message
    if service == "cognito-identity" and decision.request.action == "iam:PassRole":
        return ROLE_NOT_PASSED(role=decision.request.resource)
    resource = decision.request.resource
    if service in _SILENT_ABOUT_ALL and resource == "*":
        message = message.replace(" on resource: *", "", 1)
    elif service == "s3":  # which has the resource in quotes
        message = message.replace(f"on resource: {resource}", f'on resource: "{resource}"')
    return _words(service, protocol).denied(message=message)


def not_accepted(service: str, protocol: str, error: AWSError) -> AWSError:
    """The refusal of credentials, which STS refuses with an error."""
    words = _words(service, protocol)
    return words.expired() if error.code == EXPIRED_IN_XML.code else words.unknown()


def _words(service: str, protocol: str) -> Words:
    return _S3 if service == "s3" else _BY_PROTOCOL.get(protocol, _JSON)
