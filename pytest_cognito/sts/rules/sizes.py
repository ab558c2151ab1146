"""How much a session token holds: the packed session policies and tags, and the length of the token itself."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping, Sequence

from pytest_cognito.sts import errors

MOST_PLAIN = 2048
"""How many characters the inline session policy and the ARNs of managed ones may have together."""
# AWS's packed format is not known. Compressed JSON is as much smaller than the text.
_ALLOTTED = 2048
_BEGINNING = "IQoJb3JpZ2luX2Vj"
_LEAST_RANDOM = 240
_MOST_TOKEN = 4096


def packed_size(policy: str | None, policy_arns: Sequence[str], tags: Mapping[str, str]) -> int | None:
    """PackedPolicySize, as a percentage; None if there is nothing to pack. Raises ``PackedPolicyTooLarge``."""
    plain = len(policy or "") + sum(map(len, policy_arns))
    if not plain and not tags:
        return None
    packed = len(zlib.compress(json.dumps([policy, *policy_arns, dict(tags)]).encode(), 9))
    percent = max(-(-100 * packed // _ALLOTTED), -(-100 * plain // MOST_PLAIN) if plain > MOST_PLAIN else 0)
    if percent > 100:
        raise errors.PACKED_TOO_LARGE(percent=percent)
    return percent


def token(random: bytes) -> str:
    """A session token made of random bytes, see `random_bytes`."""
    return _BEGINNING + base64.b64encode(random).decode()


def random_bytes(packed: int | None, minimum: int) -> int:
    """How many random bytes a token has: it grows with what is packed, up to at least ``minimum`` characters."""
    content = _LEAST_RANDOM + (packed or 0) * _ALLOTTED // 100
    return max(content, -(-(minimum - len(_BEGINNING)) * 3 // 4))


def utilization(token: str) -> int:
    """SessionTokenUtilization: the percentage of the largest token."""
    return min(100, -(-100 * len(token) // _MOST_TOKEN))
