"""Keys of elliptic curves."""

from __future__ import annotations

import json
import uuid

import jwt
import pytest

from pytest_cognito.kernel.curve_keys import CurveKey
from pytest_cognito.kernel.keys import base64url


@pytest.mark.parametrize(("algorithm", "curve", "length"), [("ES256", "P-256", 64), ("ES384", "P-384", 96)])
def test_signatures_are_verified_by_the_public_key(algorithm: str, curve: str, length: int) -> None:
    key = CurveKey("name", algorithm)
    header, payload = json.dumps({"alg": algorithm}), json.dumps({"sub": "1"})
    signed = f"{base64url(header.encode())}.{base64url(payload.encode())}"
    signature = key.sign(signed.encode())
    assert (len(signature), key.jwk["crv"]) == (length, curve)
    token = f"{signed}.{base64url(signature)}"
    assert jwt.decode(token, jwt.PyJWK(key.jwk), algorithms=[algorithm]) == {"sub": "1"}
    assert jwt.decode(token, key.pem, algorithms=[algorithm]) == {"sub": "1"}


def test_a_name_has_one_key_and_one_id() -> None:
    one, again, other = CurveKey("a", "ES256"), CurveKey("a", "ES256"), CurveKey("b", "ES256")
    assert one.pem == again.pem != other.pem
    assert str(uuid.UUID(one.kid)) == one.kid == again.kid != other.kid
