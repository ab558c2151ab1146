"""Proof Key for Code Exchange (RFC 7636). Cognito knows the method S256 alone."""

from __future__ import annotations

import hashlib
import hmac

from pytest_cognito.cognito_idp.rules.tokens.refresh_tokens import base64url

METHOD = "S256"


def proves(verifier: str, challenge: str) -> bool:
    """Whether a ``code_verifier`` is the one of a ``code_challenge``."""
    digest = hashlib.sha256(verifier.encode("utf-8", "surrogatepass")).digest()
    return hmac.compare_digest(base64url(digest).encode(), challenge.encode("utf-8", "surrogatepass"))
