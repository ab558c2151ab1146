"""``jwt-validation``: the bearer token of a request, by the keys at an address."""

from __future__ import annotations

import json
from typing import Any

from pytest_cognito.federation.unverified import unverified_header
from pytest_cognito.fronts import tokens
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.load_balancer import outside, refusals
from pytest_cognito.fronts.load_balancer.actions import AdditionalClaim, ValidateJwt
from pytest_cognito.fronts.load_balancer.refusals import Refused
from pytest_cognito.fronts.tokens import Reason
from pytest_cognito.http.messages import Response

_ALGORITHM = "RS256"
_MOST_BYTES = 150 * 1024
_MOST_KEYS = 10
_MINIMAL_STATUS, _MAXIMAL_STATUS = 200, 299
_MEMBER_OF = {Reason.ISSUER: "iss", Reason.EXPIRED: "exp"}
_REFUSALS = {
    Reason.MISSING: refusals.TOKEN_NOT_PRESENT,
    Reason.MALFORMED: refusals.TOKEN_MALFORMED,
    Reason.ALGORITHM: refusals.TOKEN_SIGNATURE,
    Reason.KEY: refusals.TOKEN_SIGNATURE,
    Reason.SIGNATURE: refusals.TOKEN_SIGNATURE,
    Reason.ISSUER: refusals.CLAIM_INVALID,
    Reason.EXPIRED: refusals.CLAIM_INVALID,
    Reason.EARLY: refusals.CLAIM_INVALID,
}


def refusal_of(exchange: Exchange, action: ValidateJwt) -> Response | None:
    """None for a request with a token that is right, which goes on as it is; or the refusal."""
    try:
        _validate(exchange, action)
    except Refused as refused:
        return refused.refusal.answer(exchange, refused.detail)
    return None


def _validate(exchange: Exchange, action: ValidateJwt) -> None:
    scheme, _, token = exchange.request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Refused(refusals.TOKEN_NOT_PRESENT, "there is no header 'Authorization: Bearer …'")
    token = token.strip()
    header = unverified_header(token)
    if header is not None and header.get("alg") != _ALGORITHM:
        raise Refused(refusals.TOKEN_SIGNATURE, f"the algorithm is {header.get('alg')}, not {_ALGORITHM}")
    try:
        verified = tokens.verify(exchange, token, action.issuer, _keys(exchange, action.jwks_endpoint))
    except tokens.Refused as refused:
        member = _MEMBER_OF.get(refused.reason)
        if member is not None and member not in (refused.claims or {}):
            raise Refused(refusals.CLAIM_NOT_PRESENT, f"the token has no claim {member!r}") from None
        raise Refused(_REFUSALS[refused.reason], str(refused)) from None
    for claim in action.additional_claims:
        _check(claim, verified.claims.get(claim.name))


def _keys(exchange: Exchange, url: str) -> dict[str, Any]:
    """The JWK set at an address. Raises `Refused`."""
    response = outside.ask(exchange, "GET", url)
    if response is None:
        raise Refused(refusals.KEYS_UNREACHABLE, f"{url} gave no answer")
    if not _MINIMAL_STATUS <= response.status <= _MAXIMAL_STATUS:
        raise Refused(refusals.KEYS_REFUSED, f"{url} answered {response.status}")
    if len(response.body) > _MOST_BYTES:
        raise Refused(refusals.KEYS_TOO_LARGE, f"{url} gave {len(response.body)} bytes, more than {_MOST_BYTES}")
    try:
        found = json.loads(response.body)
    except ValueError:
        found = None
    if not isinstance(found, dict) or not isinstance(found.get("keys"), list):
        raise Refused(refusals.KEYS_INVALID, f"{url} has no JWK set")
    if len(found["keys"]) > _MOST_KEYS:
        raise Refused(refusals.KEYS_TOO_LARGE, f"{url} has {len(found['keys'])} keys, more than {_MOST_KEYS}")
    return found


def _check(claim: AdditionalClaim, value: Any) -> None:
    """Raise `Refused` unless a claim is one of the values or, for a list, has all of them.

    Whether AWS asks a list for all values or for one of them is not known.
    """
    if value is None:
        raise Refused(refusals.CLAIM_NOT_PRESENT, f"the token has no claim {claim.name!r}")
    if claim.format == "string-array":
        found = set(value) if isinstance(value, list) and all(isinstance(each, str) for each in value) else None
    elif not isinstance(value, str):
        found = None
    else:
        found = {value} if claim.format == "single-string" else set(value.split())
    if found is None:
        raise Refused(refusals.CLAIM_INVALID, f"the claim {claim.name!r} is {value!r}, which is no {claim.format}")
    wanted = set(claim.values)
    fits = bool(found & wanted) if claim.format == "single-string" else wanted <= found
    if not fits:
        raise Refused(refusals.CLAIM_INVALID, f"the claim {claim.name!r} is {value!r}, not {', '.join(claim.values)}")
