"""What a pool says about passkeys: its ``WebAuthnConfiguration``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.cognito_idp.records import User, UserPool

DEFAULTS = {"UserVerification": "preferred", "FactorConfiguration": "SINGLE_FACTOR"}
_BOTH_FACTORS = "MULTI_FACTOR_WITH_USER_VERIFICATION"


def configuration(pool: UserPool) -> Mapping[str, Any]:
    """``WebAuthnConfiguration`` with its defaults."""
    return {**DEFAULTS, **(pool.mfa_config.get("WebAuthnConfiguration") or {})}


def relying_party(pool: UserPool) -> str | None:
    """``RelyingPartyId``, if the pool has one configured."""
    party: str | None = (pool.mfa_config.get("WebAuthnConfiguration") or {}).get("RelyingPartyId")
    return party


def is_both_factors(pool: UserPool) -> bool:
    """Whether a passkey of a user whom the authenticator has verified is MFA."""
    return bool(configuration(pool)["FactorConfiguration"] == _BOTH_FACTORS)


def is_mfa_of(pool: UserPool, user: User) -> bool:
    """Whether a passkey is the MFA of a user who needs MFA.

    It is if passkeys are MFA in the pool and, where MFA is optional, the user has turned that on
    (``WebAuthnMfaSettings``).
    """
    return is_both_factors(pool) and (pool.mfa == "ON" or user.mfa.passkey)


def user_verification(pool: UserPool, *, mfa: bool) -> str:
    """``required`` if the authenticator must verify the user, also because the passkey is to be ``mfa``.

    Otherwise it is what the pool says, ``required`` or ``preferred``.
    """
    return "required" if mfa else str(configuration(pool)["UserVerification"])
