"""The SECRET_HASH of AWS's documentation, computed independently."""

from __future__ import annotations

import base64
import hashlib
import hmac


def hash_of(secret: str, username: str, client_id: str) -> str:
    digest = hmac.new(secret.encode(), (username + client_id).encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()
