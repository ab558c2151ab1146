"""Text that only who made it can read and has not changed, such as what a service keeps in a browser's cookies."""

from __future__ import annotations

import base64
import datetime as dt
import zlib

from cryptography.fernet import Fernet, InvalidToken


class Seal:
    """Encrypts and authenticates text by a key of 32 bytes."""

    def __init__(self, key: bytes) -> None:
        self._fernet = Fernet(base64.urlsafe_b64encode(key))

    def seal(self, text: str, now: dt.datetime) -> str:
        """The sealed text, in the characters of Base64 for URLs."""
        return self._fernet.encrypt_at_time(zlib.compress(text.encode()), int(now.timestamp())).decode()

    def open(self, sealed: str) -> str | None:
        """The text; None for what was not sealed by this key, or was changed since, be it in its spelling alone."""
        try:
            data = sealed.encode("ascii")
            # Python's decoder passes over what is no Base64, and over bits that a last character has too many.
            if base64.urlsafe_b64encode(base64.urlsafe_b64decode(data)) != data:
                return None
            return zlib.decompress(self._fernet.decrypt(data)).decode()
        except (InvalidToken, ValueError):
            return None
