"""Signatures of OAuth 1.0a (RFC 5849), by which Twitter is asked, and which a simulated Twitter verifies."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote, unquote

_METHOD = "HMAC-SHA1"


class Credentials(NamedTuple):
    """The key of an application and the token of a user, each with its secret."""

    key: str
    key_secret: str
    token: str
    token_secret: str


def authorization(method: str, url: str, credentials: Credentials, nonce: str, now: int) -> str:
    """The header ``Authorization`` of a request without parameters."""
    parameters = {
        "oauth_consumer_key": credentials.key,
        "oauth_nonce": nonce,
        "oauth_signature_method": _METHOD,
        "oauth_timestamp": str(now),
        "oauth_token": credentials.token,
        "oauth_version": "1.0",
    }
    signed = {**parameters, "oauth_signature": signature(method, url, parameters, credentials)}
    return "OAuth " + ", ".join(f'{name}="{_encoded(value)}"' for name, value in sorted(signed.items()))


def signature(method: str, url: str, parameters: Mapping[str, str], credentials: Credentials) -> str:
    """The signature of a request (section 3.4). ``url`` has no query; ``parameters`` have all but the signature."""
    pairs = sorted((_encoded(name), _encoded(value)) for name, value in parameters.items())
    listed = "&".join(f"{name}={value}" for name, value in pairs)
    base = "&".join((method, _encoded(url), _encoded(listed)))
    key = f"{_encoded(credentials.key_secret)}&{_encoded(credentials.token_secret)}"
    return base64.b64encode(hmac.new(key.encode(), base.encode(), hashlib.sha1).digest()).decode()


def parameters_of(header: str) -> dict[str, str]:
    """The parameters of a header ``Authorization: OAuth …``; none of another scheme."""
    scheme, _, listed = header.partition(" ")
    if scheme.lower() != "oauth":
        return {}
    pairs = (part.strip().partition("=") for part in listed.split(","))
    return {unquote(name): unquote(value.strip('"')) for name, _, value in pairs if name}


def _encoded(text: str) -> str:
    """Percent-encoding (section 3.6)."""
    return quote(text, safe="-._~")
