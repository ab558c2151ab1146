"""Feature plans: what of a pool's and a client's settings needs a higher plan than ``LITE`` or ``ESSENTIALS``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .. import errors
from ..records import UserPool

Settings = Mapping[str, Any]

_LEVELS = {"LITE": 0, "ESSENTIALS": 1, "PLUS": 2}
_ESSENTIALS = 1
_PLUS = 2


def _threat_protection(settings: Settings) -> bool:
    mode: str = (settings.get("UserPoolAddOns") or {}).get("AdvancedSecurityMode", "OFF")
    return mode != "OFF"


def _passwordless(settings: Settings) -> bool:
    return set(settings["Policies"]["SignInPolicy"]["AllowedFirstAuthFactors"]) != {"PASSWORD"}


def _access_token_customization(settings: Settings) -> bool:
    config = settings["LambdaConfig"].get("PreTokenGenerationConfig") or {}
    version: str = config.get("LambdaVersion", "V1_0")
    return version != "V1_0"


def _password_history(settings: Settings) -> bool:
    return bool(settings["Policies"]["PasswordPolicy"].get("PasswordHistorySize"))


def _custom_acr(settings: Settings) -> bool:
    return bool(settings.get("AcrConfiguration"))


# AWS's name for each feature is known for the first two; the others are named alike.
_FEATURES: tuple[tuple[str, int, Callable[[Settings], bool]], ...] = (
    ("Threat Protection", _PLUS, _threat_protection),
    ("Passwordless Sign-In", _ESSENTIALS, _passwordless),
    ("Access Token Customization", _ESSENTIALS, _access_token_customization),
    ("Password History", _ESSENTIALS, _password_history),
    ("Custom ACR", _ESSENTIALS, _custom_acr),
)


def default(settings: Settings) -> str:
    """The plan of a new pool that names none."""
    return "PLUS" if _threat_protection(settings) else "ESSENTIALS"


def check_pool(settings: Settings) -> None:
    """Raise if a pool's settings, complete with plan, use what the plan doesn't have."""
    tier = settings["UserPoolTier"]
    wanting = [name for name, level, used in _FEATURES if level > _LEVELS[tier] and used(settings)]
    if wanting:
        raise errors.NOT_IN_TIER(tier=tier, features=", ".join(wanting))


def check_client(tier: str, settings: Settings) -> None:
    """Raise if a client allows a sign-in flow that the pool's plan doesn't have."""
    if tier == "LITE" and "ALLOW_USER_AUTH" in (settings.get("ExplicitAuthFlows") or ()):
        raise errors.NOT_IN_TIER(tier=tier, features="Choice-Based Sign-In")


def check_email_mfa(pool: UserPool) -> None:
    """Raise if a pool's plan has no MFA by e-mail."""
    if pool.tier == "LITE":
        raise errors.NOT_IN_TIER(tier=pool.tier, features="Email MFA")


def check_managed_login(pool: UserPool) -> None:
    """Raise if a pool's plan has no managed login."""
    if pool.tier == "LITE":
        raise errors.NOT_IN_TIER(tier=pool.tier, features="Managed Login")
