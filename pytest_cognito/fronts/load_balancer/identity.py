"""What a load balancer tells its target of a user: the headers ``x-amzn-oidc-*``."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from pytest_cognito.federation.unverified import unverified_claims
from pytest_cognito.fronts.load_balancer.sessions import Session
from pytest_cognito.kernel.curve_keys import CurveKey

PREFIX = "x-amzn-oidc-"
DATA = f"{PREFIX}data"
_VALID = dt.timedelta(minutes=2)
"""How long the signed data are valid. That it is minutes is known, not how many."""


def headers(session: Session, signer: str, key: CurveKey, now: dt.datetime) -> dict[str, str]:
    """The headers of a session. ``signer`` is the ARN of the load balancer, ``key`` its own."""
    claims = unverified_claims(session.access_token) or {}
    return {
        f"{PREFIX}accesstoken": session.access_token,
        f"{PREFIX}identity": str(session.claims["sub"]),
        DATA: _signed(session, str(claims.get("iss")), signer, key, int((now + _VALID).timestamp())),
    }


def _signed(session: Session, issuer: str, signer: str, key: CurveKey, expires: int) -> str:
    """The claims of the user info endpoint as a JWT, whose segments are padded as no standard has it."""
    header = {
        "typ": "JWT",
        "kid": key.kid,
        "alg": "ES256",
        "iss": issuer,
        "client": session.client_id,
        "signer": signer,
        "exp": expires,
    }
    signed = f"{_segment(header)}.{_segment({**session.claims, 'exp': expires, 'iss': issuer})}"
    return f"{signed}.{_padded(key.sign(signed.encode()))}"


def _segment(content: Mapping[str, Any]) -> str:
    return _padded(json.dumps(content, separators=(",", ":")).encode())


def _padded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode()
