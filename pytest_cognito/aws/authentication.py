"""The error for a call without a signature."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pytest_cognito.aws.errors import AWSError, ErrorText
from pytest_cognito.aws.model import operation_model

MISSING = ErrorText("MissingAuthenticationTokenException", "Missing Authentication Token")
_MISSING_BY_SERVICE: Mapping[str, ErrorText] = {
    "cognito-sync": ErrorText("MissingAuthenticationTokenException", "Missing Authentication Token", 403),
    "sts": ErrorText("MissingAuthenticationToken", "Request is missing Authentication Token", 403),
}
_EXPIRED_TEXT = "The security token included in the request is expired"
_INVALID_TEXT = "The security token included in the request is invalid."
EXPIRED = ErrorText("ExpiredTokenException", _EXPIRED_TEXT)
INVALID = ErrorText("UnrecognizedClientException", _INVALID_TEXT)
_EXPIRED_BY_SERVICE: Mapping[str, ErrorText] = {
    "cognito-sync": ErrorText("ExpiredTokenException", _EXPIRED_TEXT, 403),
    "sts": ErrorText("ExpiredToken", _EXPIRED_TEXT, 403),
}
_INVALID_BY_SERVICE: Mapping[str, ErrorText] = {
    "cognito-sync": ErrorText("UnrecognizedClientException", _INVALID_TEXT, 403),
    "sts": ErrorText("InvalidClientTokenId", _INVALID_TEXT, 403),
}

_UNSIGNED: Final = frozenset({("sts", "AssumeRoleWithSAML"), ("sts", "AssumeRoleWithWebIdentity")})
"""Operations that need no signature, of which the models of an older botocore do not say so."""

_SIGNED_OR_NOT: Final = frozenset({("cognito-idp", "GetClientToken"), ("cognito-idp", "GetDerivedToken")})
"""Operations that SDKs sign, by the models, and that need no signature."""


def unsigned_error(service: str, operation: str) -> ErrorText | None:
    """The error for an unsigned call of this operation; None if the operation needs no signature."""
    if (service, operation) in _SIGNED_OR_NOT or not is_signed(service, operation):
        return None
    return _MISSING_BY_SERVICE.get(service, MISSING)


def is_signed(service: str, operation: str) -> bool:
    """Whether SDKs sign this operation, needed or not, if they have credentials."""
    return (service, operation) not in _UNSIGNED and operation_model(service, operation).auth_type != "none"


def expired(service: str) -> AWSError:
    """The error for temporary credentials that have expired."""
    return _EXPIRED_BY_SERVICE.get(service, EXPIRED)()


def invalid(service: str) -> AWSError:
    """The error for credentials that are not right: a session token of other credentials, or one that was changed."""
    return _INVALID_BY_SERVICE.get(service, INVALID)()
