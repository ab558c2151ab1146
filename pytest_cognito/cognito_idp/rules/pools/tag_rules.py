"""Validation of the tags of a user pool."""

from __future__ import annotations

from collections.abc import Mapping

from pytest_cognito.aws.errors import ErrorText
from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.rules import quotas

_RESERVED = "aws:"


def check(
    tags: Mapping[str, str], too_many: ErrorText = errors.TAG_LIMIT, reserved: ErrorText = errors.TAG_RESERVED
) -> None:
    """Raise for too many tags or a reserved key. The error messages depend on the operation."""
    if len(tags) > quotas.TAGS:
        raise too_many()
    if any(key.lower().startswith(_RESERVED) for key in tags):
        raise reserved()
