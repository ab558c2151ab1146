"""Time-based one-time passwords (RFC 6238) of software tokens.

They have SHA-1, six digits and steps of 30 seconds. The codes of the previous and the next step are accepted too.
"""

from __future__ import annotations

import base64
from collections.abc import Collection
from functools import lru_cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.twofactor.hotp import HOTP

from pytest_cognito.kernel.identifiers import Identifiers

STEP = 30
_DIGITS = 6
_TOLERANCE = 1
WINDOW = 2 * _TOLERANCE
"""The largest difference, in steps, of two codes that are accepted at the same time."""
_SECRET_BYTES = 32


def draw_secret(ids: Identifiers) -> str:
    """Generate a ``SecretCode``: random bytes in Base32 without padding.

    It is what an encoder writes: the last letter, which is for one bit alone, has no other bits set. A strict decoder
    refuses anything else (RFC 4648, section 3.5).
    """
    return base64.b32encode(ids.data(_SECRET_BYTES)).decode().rstrip("=")


def matching_step(secret: str, code: str, timestamp: float) -> int | None:
    """The time step of a code if it is accepted at a time, in seconds since the epoch; else ``None``."""
    now, expected = int(timestamp) // STEP, code.encode()
    codes = _codes(secret)
    # Try the current step first: it is the most likely one.
    steps = sorted(range(now - _TOLERANCE, now + _TOLERANCE + 1), key=lambda step: abs(step - now))
    return next((step for step in steps if codes.generate(step) == expected), None)


def unused_code(secret: str, used: Collection[int], timestamp: float) -> str | None:
    """A code that is accepted at a time and whose step is not in ``used``; ``None`` if there is none."""
    now = int(timestamp) // STEP
    step = next((step for step in (now, now + _TOLERANCE, now - _TOLERANCE) if step not in used), None)
    return None if step is None else _codes(secret).generate(step).decode()


@lru_cache(maxsize=64)
def _codes(secret: str) -> HOTP:
    """The generator of the codes of a secret, by step."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    return HOTP(key, _DIGITS, hashes.SHA1(), enforce_key_length=False)
