"""Refresh tokens: random data in the format of Cognito's encrypted JWT (JWE).

As on AWS, a token itself says which app client it was issued to, so that it can be told from a made-up one when its
user, and with them all that is remembered of it, is gone. AWS encrypts that. Here it is a digest that anybody could
compute: it decides between two errors and proves nothing.
"""

from __future__ import annotations

import binascii
import hashlib
from itertools import accumulate, pairwise

from pytest_cognito.kernel.identifiers import Identifiers

# The protected header of every refresh token: {"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}
_HEADER = "eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiUlNBLU9BRVAifQ"
_PARTS = (256, 12, 960)  # bytes of encrypted key, initialisation vector, ciphertext; the tag follows
_ENDS = tuple(accumulate(_PARTS))
_TAG = 16
_URL_SAFE = bytes.maketrans(b"+/", b"-_")


def draw(ids: Identifiers, client_id: str) -> str:
    """Generate a refresh token for an app client."""
    data = ids.data(_ENDS[-1])
    parts = [base64url(data[start:end]) for start, end in pairwise((0, *_ENDS))]
    return ".".join((_HEADER, *parts, _tag(client_id, parts[1])))


def was_issued_to(token: str, client_id: str) -> bool:
    """Whether a string has the form of a refresh token of an app client."""
    parts = token.split(".")
    return len(parts) == len(_PARTS) + 2 and parts[0] == _HEADER and parts[-1] == _tag(client_id, parts[2])


def base64url(data: bytes) -> str:
    """Base64url without padding (RFC 7515)."""
    return binascii.b2a_base64(data, newline=False).translate(_URL_SAFE, b"=").decode()


def _tag(client_id: str, vector: str) -> str:
    return base64url(hashlib.sha256(f"{client_id}/{vector}".encode()).digest()[:_TAG])
