"""The tags of a user pool."""

from __future__ import annotations

from collections.abc import Mapping

from ...aws.errors import ErrorText
from .. import errors

_MOST = 50
_RESERVED = "aws:"


def check(
    tags: Mapping[str, str], too_many: ErrorText = errors.TAG_LIMIT, reserved: ErrorText = errors.TAG_RESERVED
) -> None:
    """Raise if a pool can't have these tags, in the words of the operation that would give them to it."""
    if len(tags) > _MOST:
        raise too_many()
    if any(key.lower().startswith(_RESERVED) for key in tags):
        raise reserved()
