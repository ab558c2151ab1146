"""Time-based one-time passwords (RFC 6238) as Cognito takes them: SHA-1, six digits, 30 seconds, a step either side."""

from __future__ import annotations

import base64
from functools import lru_cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.twofactor.hotp import HOTP

from ...kernel.identifiers import Identifiers

STEP = 30
_DIGITS = 6
_TOLERANCE = 1
WINDOW = 2 * _TOLERANCE
"""How many steps apart two codes can be that are taken at the same moment."""
_SECRET_LENGTH = 52
_BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def draw_secret(ids: Identifiers) -> str:
    """A ``SecretCode``: base32 without padding."""
    return ids.text(_SECRET_LENGTH, _BASE32)


def matching_step(secret: str, code: str, moment: float) -> int | None:
    """The time step whose code this is, of those that are taken at a moment (seconds since the epoch)."""
    now, given = int(moment) // STEP, code.encode()
    codes = _codes(secret)
    # Nearly always it is the code of this very step.
    steps = sorted(range(now - _TOLERANCE, now + _TOLERANCE + 1), key=lambda step: abs(step - now))
    return next((step for step in steps if codes.generate(step) == given), None)


@lru_cache(maxsize=64)
def _codes(secret: str) -> HOTP:
    """What makes the codes of a secret."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    return HOTP(key, _DIGITS, hashes.SHA1(), enforce_key_length=False)
