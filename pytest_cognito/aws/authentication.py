"""The error for a call without a signature."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pytest_cognito.aws.errors import ErrorText
from pytest_cognito.aws.model import operation_model

MISSING = ErrorText("MissingAuthenticationTokenException", "Missing Authentication Token")
_MISSING_BY_SERVICE: Mapping[str, ErrorText] = {
    "sts": ErrorText("MissingAuthenticationToken", "Request is missing Authentication Token", 403),
}

_UNSIGNED: Final = frozenset({("sts", "AssumeRoleWithSAML"), ("sts", "AssumeRoleWithWebIdentity")})
"""Operations that need no signature, of which the models of an older botocore do not say so."""


def unsigned_error(service: str, operation: str) -> ErrorText | None:
    """The error for an unsigned call of this operation; None if the operation needs no signature."""
    if (service, operation) in _UNSIGNED or operation_model(service, operation).auth_type == "none":
        return None
    return _MISSING_BY_SERVICE.get(service, MISSING)
