"""The action ``jwt-validation`` as a test writes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import starmap

from pytest_cognito.fronts.load_balancer.actions import FORMATS, AdditionalClaim, ValidateJwt
from pytest_cognito.handles.user_pool import UserPool
from pytest_cognito.kernel.errors import UsageError

_BY_DEFAULT = ("iss", "exp", "nbf", "iat")
_MOST = 10
_LONGEST = 256
_SCOPE = "scope"
_WELL_KNOWN = "/.well-known/jwks.json"


@dataclass(frozen=True)
class JwtValidation:
    """The action ``jwt-validation`` of a rule: ``JwtValidation(pool, claims={"scope": ["notes/read"]})``.

    ``issuer`` is a user pool or the address of any issuer, whose keys are at ``jwks_endpoint``, by default the one
    below the issuer. ``claims`` are those that are looked at, with a value or a list of values. The format of ``scope``
    is ``space-separated-values``, that of others ``single-string``; ``AdditionalClaim(name, format, values)`` in a
    list says another one.
    """

    issuer: UserPool | str
    jwks_endpoint: str | None = None
    claims: Mapping[str, str | Sequence[str]] | Sequence[AdditionalClaim] = ()


def action_of(made: JwtValidation) -> ValidateJwt:
    """The action. Raises `UsageError` for what AWS does not take."""
    issuer, endpoint = _named(made.issuer)
    claims = made.claims
    found = tuple(starmap(_claim, claims.items())) if isinstance(claims, Mapping) else tuple(claims)
    _check(found)
    return ValidateJwt(issuer, made.jwks_endpoint or endpoint, found)


def _named(issuer: object) -> tuple[str, str]:
    """The name of an issuer in tokens, and where its keys usually are."""
    if isinstance(issuer, UserPool):
        return issuer.issuer, issuer.jwks_uri
    if not isinstance(issuer, str) or not issuer.startswith("https://"):
        raise UsageError(f"issuer is a user pool or the address of an issuer, as in iss (https://…); not {issuer!r}")
    return issuer, f"{issuer.rstrip('/')}{_WELL_KNOWN}"


def _claim(name: str, values: str | Sequence[str]) -> AdditionalClaim:
    given = (values,) if isinstance(values, str) else tuple(values)
    return AdditionalClaim(name, "space-separated-values" if name == _SCOPE else "single-string", given)


def _check(claims: tuple[AdditionalClaim, ...]) -> None:
    if len(claims) > _MOST:
        raise UsageError(f"a load balancer looks at {_MOST} claims at most, not {len(claims)}")
    for claim in claims:
        if claim.name in _BY_DEFAULT:
            raise UsageError(f"a load balancer looks at {claim.name!r} by itself: leave it out")
        if claim.format not in FORMATS:
            raise UsageError(f"the format of {claim.name!r} is one of {', '.join(FORMATS)}; not {claim.format!r}")
        if not 1 <= len(claim.values) <= _MOST or any(len(value) > _LONGEST for value in claim.values):
            raise UsageError(f"{claim.name!r} takes 1 to {_MOST} values of {_LONGEST} characters at most")
        if claim.format == "space-separated-values" and any(" " in value for value in claim.values):
            raise UsageError(f"the values of {claim.name!r} have no spaces: write a list of values")
