"""The issuers of the tokens by which accounts vouch for their users and roles, and the keys that sign them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from pytest_cognito import iam
from pytest_cognito.http import hosts
from pytest_cognito.kernel.curve_keys import curve_key
from pytest_cognito.kernel.keys import base64url
from pytest_cognito.world import World

RS256: Final = "RS256"
TOKEN_ALGORITHMS: Final = (RS256, "ES384")
_KIDS: Final = {RS256: "RSA_0", "ES384": "EC384_0"}
_JSON = json.JSONEncoder(separators=(",", ":"))


def token_issuer(federation: iam.OutboundFederation) -> str:
    """The claim ``iss`` of the tokens of an account."""
    return f"https://{hosts.token_issuer(federation.issuer_id)}"


def keys_of_token_issuer(world: World, issuer_id: str) -> list[dict[str, str]] | None:
    """The public keys of an issuer, for each algorithm, as its JWKS lists them; None if there is no such issuer."""
    federation = world.store[iam.OUTBOUND_FEDERATION].find("issuer", issuer_id)
    if federation is None:
        return None
    owner = _owner(federation.account)
    rsa = world.keys.key(owner, "id", pinned=True)
    return [{**rsa.jwk, "kid": _KIDS[RS256]}, {**curve_key(owner).jwk, "kid": _KIDS["ES384"]}]


def encoded(claims: Mapping[str, Any]) -> bytes:
    """The payload of a token."""
    return _JSON.encode(claims).encode()


def sign(world: World, account: str, algorithm: str, payload: bytes) -> str:
    """A signed JWT with the header of AWS's."""
    header = _JSON.encode({"kid": _KIDS[algorithm], "typ": "JWT", "alg": algorithm}).encode()
    signed = f"{base64url(header)}.{base64url(payload)}"
    owner = _owner(account)
    data = signed.encode()
    key = world.keys.key(owner, "id", pinned=True) if algorithm == RS256 else curve_key(owner)
    return f"{signed}.{base64url(key.sign(data))}"


def _owner(account: str) -> str:
    """The owner of an account's keys, which are the same in every world: verifiers keep the keys of an address."""
    return f"sts/{account}"
