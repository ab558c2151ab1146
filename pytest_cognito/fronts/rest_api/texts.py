"""What a REST API says when it refuses a request itself, or when its integration fails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

STATUS: Final[Mapping[str, int]] = {
    "ACCESS_DENIED": 403,
    "API_CONFIGURATION_ERROR": 500,
    "AUTHORIZER_CONFIGURATION_ERROR": 500,
    "AUTHORIZER_FAILURE": 500,
    "BAD_REQUEST_BODY": 400,
    "BAD_REQUEST_PARAMETERS": 400,
    "EXPIRED_TOKEN": 403,
    "INTEGRATION_FAILURE": 504,
    "INTEGRATION_TIMEOUT": 504,
    "INVALID_API_KEY": 403,
    "INVALID_SIGNATURE": 403,
    "MISSING_AUTHENTICATION_TOKEN": 403,
    "QUOTA_EXCEEDED": 429,
    "REQUEST_TOO_LARGE": 413,
    "RESOURCE_NOT_FOUND": 404,
    "THROTTLED": 429,
    "UNAUTHORIZED": 401,
    "UNSUPPORTED_MEDIA_TYPE": 415,
    "WAF_FILTERED": 403,
}
"""The types of gateway responses, with their default status codes."""
DEFAULT_4XX, DEFAULT_5XX = "DEFAULT_4XX", "DEFAULT_5XX"
TYPES = (*STATUS, DEFAULT_4XX, DEFAULT_5XX)


class Refusal(Exception):
    """A gateway response in place of the application's."""

    def __init__(self, text: RefusalText, message: str | None) -> None:
        super().__init__(f"{text.error_type}: {message}")
        self.text = text
        self.message = message


@dataclass(frozen=True, slots=True)
class RefusalText:
    """A refusal: the type of its gateway response, its message and its ``x-amzn-ErrorType``.

    ``member`` is the name of the message in the default body, ``spaced`` says whether a space follows the colon there.
    ``status`` is that of a refusal whose type has none.
    """

    kind: str
    message: str | None
    error_type: str
    member: str = "message"
    spaced: bool = False
    status: int = 0

    @property
    def default_status(self) -> int:
        return self.status or STATUS[self.kind]

    def __call__(self, **values: object) -> Refusal:
        return Refusal(self, self.message.format(**values) if values and self.message else self.message)


_DENIED = "AccessDeniedException"
_SIGNATURE = "InvalidSignatureException"
_MISSING = "MissingAuthenticationTokenException"

UNAUTHORIZED = RefusalText("UNAUTHORIZED", "Unauthorized", "UnauthorizedException")
TOKEN_EXPIRED = RefusalText("UNAUTHORIZED", "The incoming token has expired", "UnauthorizedException")
DENIED_EXPLICITLY = RefusalText(
    "ACCESS_DENIED",
    "User is not authorized to access this resource with an explicit deny in an identity-based policy",
    _DENIED,
    "Message",
)
DENIED_IMPLICITLY = RefusalText("ACCESS_DENIED", "User is not authorized to access this resource", _DENIED, "Message")
# What a method with scopes says of a token without them is not known to the letter.
SCOPE_MISSING = DENIED_IMPLICITLY
CALLER_DENIED = RefusalText("ACCESS_DENIED", "{message}", _DENIED, "Message")
AUTHORIZER_MISCONFIGURED = RefusalText("AUTHORIZER_CONFIGURATION_ERROR", None, "AuthorizerConfigurationException")
# The type of a failed authorizer's error is not known to the letter.
AUTHORIZER_FAILED = RefusalText("AUTHORIZER_FAILURE", None, "AuthorizerFailureException")

MISSING_TOKEN = RefusalText("MISSING_AUTHENTICATION_TOKEN", "Missing Authentication Token", _MISSING)
FORBIDDEN_STAGE = RefusalText(DEFAULT_4XX, "Forbidden", "ForbiddenException", status=403)
FORBIDDEN_KEY = RefusalText("INVALID_API_KEY", "Forbidden", "ForbiddenException")
TOO_LARGE = RefusalText("REQUEST_TOO_LARGE", "HTTP content length exceeded 10485760 bytes.", "RequestTooLargeException")
# What is hashed of a header that is no signature, and the type of the gateway response, are not known to the letter.
NO_PAIRS = RefusalText(
    "MISSING_AUTHENTICATION_TOKEN",
    "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with "
    "Base64): '{digest}'.",
    "IncompleteSignatureException",
)
NO_PARAMETERS = RefusalText(
    "MISSING_AUTHENTICATION_TOKEN",
    "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. "
    "Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a "
    "'X-Amz-Date' or a 'Date' header. (Hashed with SHA-256 and encoded with Base64) Authorization={digest}",
    "IncompleteSignatureException",
)
WRONG_SERVICE = RefusalText(
    "INVALID_SIGNATURE", "Credential should be scoped to correct service: 'execute-api'. ", _SIGNATURE
)
WRONG_REGION = RefusalText(
    "INVALID_SIGNATURE", "Credential should be scoped to a valid region, not '{region}'. ", _SIGNATURE
)
CREDENTIALS_EXPIRED = RefusalText(
    "EXPIRED_TOKEN", "The security token included in the request is expired", "ExpiredTokenException"
)
# The type of this gateway response is not known to the letter.
CREDENTIALS_INVALID = RefusalText(
    "INVALID_SIGNATURE", "The security token included in the request is invalid.", "UnrecognizedClientException"
)

MALFORMED_RESULT = RefusalText(
    DEFAULT_5XX, "Internal server error", "InternalServerErrorException", spaced=True, status=502
)
NOT_INVOKED = RefusalText(DEFAULT_5XX, "Internal server error", "InternalServerErrorException", spaced=True, status=500)
TIMED_OUT = RefusalText(
    "INTEGRATION_TIMEOUT", "Endpoint request timed out", "InternalServerErrorException", spaced=True
)
