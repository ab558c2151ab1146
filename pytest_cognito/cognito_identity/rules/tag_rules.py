"""Validation of the tags of an identity pool."""

from __future__ import annotations

from collections.abc import Mapping

from pytest_cognito.cognito_identity import errors
from pytest_cognito.cognito_identity.rules import quotas

_RESERVED = "aws:"


def check(tags: Mapping[str, str]) -> None:
    """Raise for too many tags or a reserved key."""
    if len(tags) > quotas.TAGS:
        raise errors.TAG_LIMIT()
    if any(key.lower().startswith(_RESERVED) for key in tags):
        raise errors.TAG_RESERVED()
