"""The errors of identity pools for what the verification of providers' tokens has found wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pytest_cognito.aws.errors import AWSError, ErrorText
from pytest_cognito.cognito_identity import errors
from pytest_cognito.federation import errors as federation
from pytest_cognito.federation.open_id import Unverified
from pytest_cognito.world import Context

_NOT_RESPONDING = frozenset(
    (
        federation.KEYS_TIMEOUT,
        federation.PROVIDER_TIMEOUT,
        federation.PROVIDER_NOT_REACHED,
        federation.PROVIDER_REFUSED,
        federation.PROVIDER_ANSWER_UNREADABLE,
        federation.PROVIDER_ADDRESS_UNKNOWN,
        federation.PROVIDER_ADDRESS_INSECURE,
    )
)
_KINDS: dict[ErrorText, ErrorText] = {
    federation.ID_TOKEN_ISSUER: errors.ISSUER_MISMATCH,
    federation.ID_TOKEN_AUDIENCE: errors.PROVIDER_NOT_SUPPORTED,
    federation.ID_TOKEN_ALGORITHM: errors.SIGNATURE_INVALID,
    federation.ID_TOKEN_KEY: errors.SIGNATURE_INVALID,
    federation.ID_TOKEN_SIGNATURE: errors.SIGNATURE_INVALID,
    federation.ID_TOKEN_EARLY: errors.TOKEN_EARLY,
    federation.OPAQUE_TOKEN_INVALID: errors.ACCESS_TOKEN_INVALID,
    federation.OPAQUE_TOKEN_EXPIRED: errors.ACCESS_TOKEN_INVALID,
}
_DEVELOPERS = "GetOpenIdTokenForDeveloperIdentity"
"""The one operation with Logins that has no error for a provider which does not respond."""


@contextmanager
def of_token(context: Context, token: Unverified | None = None) -> Iterator[None]:
    """Give what is found wrong with a token, a JWT or an opaque one, as AWS's error of identity pools for it."""
    try:
        yield
    except AWSError as found:
        raise _refusal(context, found, token) from found


@contextmanager
def of_assertion() -> Iterator[None]:
    """The same for the response of a SAML provider."""
    try:
        yield
    except AWSError as found:
        raise errors.ASSERTION_INVALID(reason=found.message) from found


def _refusal(context: Context, found: AWSError, token: Unverified | None) -> AWSError:
    if found.kind in _NOT_RESPONDING:
        if context.call.operation == _DEVELOPERS:
            return errors.SIGNATURE_INVALID()
        return errors.PROVIDER_NOT_RESPONDING(reason=found.message)
    if token is not None and found.kind is federation.ID_TOKEN_EXPIRED:
        return errors.TOKEN_EXPIRED(now=int(context.world.clock.timestamp()), expiry=int(token.expires))
    if token is not None and found.kind is federation.ID_TOKEN_CLAIM_MISSING:
        claim = next(name for name in ("aud", "sub", "exp") if not token.claims.get(name))
        return errors.CLAIM_MISSING(claim=claim)
    kind = None if found.kind is None else _KINDS.get(found.kind)
    return found if kind is None else kind()
