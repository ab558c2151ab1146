"""The keys of Apple's developers: they sign the client secret, a JWT that is good for six months at most."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
    load_pem_private_key,
)

from pytest_cognito.kernel.credential_keys import derived_key

_LONGEST = 15777000  # six months in seconds, as Apple counts them


def private_key(key_id: str) -> str:
    """The private key of a made-up developer, as PEM. It is the same in every test."""
    key = derived_key(hashlib.sha256(f"Apple's developer {key_id}".encode()).digest())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def public_key(private: str) -> ec.EllipticCurvePublicKey | None:
    """The public key of a private key, which is PEM or its Base64 without header and footer; None if it is neither."""
    try:
        if "-----BEGIN" in private:
            key = load_pem_private_key(private.encode(), None)
        else:
            key = load_der_private_key(base64.b64decode("".join(private.split()), validate=True), None)
    except (ValueError, TypeError, binascii.Error):
        return None
    return key.public_key() if isinstance(key, ec.EllipticCurvePrivateKey) else None


def is_client_secret(
    secret: str, client_id: str, team_id: str | None, key_id: str | None, private: str, audience: str, now: int
) -> bool:
    """Whether a client secret is what Apple asks for.

    It is a JWT, signed with ES256 by the developer's key, with the id of the key as ``kid``, the team as ``iss``, the
    client as ``sub``, Apple as ``aud``, and an ``exp`` within six months.
    """
    import jwt

    key = public_key(private)
    if key is None:
        return False
    unchecked: Any = dict.fromkeys(("verify_exp", "verify_iat", "verify_nbf", "verify_aud"), False)
    try:
        header = jwt.get_unverified_header(secret)
        claims = jwt.decode(secret, key, ["ES256"], options=unchecked)
    except jwt.InvalidTokenError:
        return False
    issued, expires = claims.get("iat"), claims.get("exp")
    return (
        header.get("kid") == key_id
        and claims.get("iss") == team_id
        and claims.get("sub") == client_id
        and claims.get("aud") == audience
        and isinstance(issued, int)
        and isinstance(expires, int)
        and now < expires <= now + _LONGEST
    )
