"""Feature plans: the settings of pools and app clients that need ``ESSENTIALS`` or ``PLUS``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import RECOVERY_PERIODS, UserPool
from pytest_cognito.cognito_idp.rules.factors import acr
from pytest_cognito.cognito_idp.rules.pools import client_registration

Settings = Mapping[str, Any]

_LEVELS = {"LITE": 0, "ESSENTIALS": 1, "PLUS": 2}
_ESSENTIALS = 1
_PLUS = 2
_TOKEN_EXCHANGE = frozenset({"ALLOW_TOKEN_EXCHANGE_IMPERSONATION", "ALLOW_TOKEN_EXCHANGE_DELEGATION"})


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
    return acr.is_custom(settings["AcrConfiguration"])


# The names are those of AWS's error message. Only the first two are known; the others follow their pattern.
_FEATURES: tuple[tuple[str, int, Callable[[Settings], bool]], ...] = (
    ("Threat Protection", _PLUS, _threat_protection),
    ("Passwordless Sign-In", _ESSENTIALS, _passwordless),
    ("Access Token Customization", _ESSENTIALS, _access_token_customization),
    ("Password History", _ESSENTIALS, _password_history),
    ("Custom ACR", _ESSENTIALS, _custom_acr),
    ("Dynamic Client Registration", _ESSENTIALS, client_registration.is_on),
)


def default(settings: Settings) -> str:
    """The plan of a new pool if the request has none."""
    return "PLUS" if _threat_protection(settings) else "ESSENTIALS"


def check_pool(settings: Settings) -> None:
    """Raise if the settings of a pool use features that its plan (``UserPoolTier``) does not include."""
    tier = settings["UserPoolTier"]
    unavailable = [name for name, level, used in _FEATURES if level > _LEVELS[tier] and used(settings)]
    if unavailable:
        raise errors.NOT_IN_TIER(tier=tier, features=", ".join(unavailable))


def check_client(tier: str, settings: Settings) -> None:
    """Raise if an app client allows the exchange of tokens, and the plan of its pool does not include it."""
    if tier == "LITE" and _TOKEN_EXCHANGE.intersection(settings.get("ExplicitAuthFlows") or ()):
        raise errors.NOT_IN_TIER(tier=tier, features="Token Exchange")


def check_email_mfa(pool: UserPool) -> None:
    """Raise if the plan of a pool does not include MFA by e-mail."""
    if pool.tier == "LITE":
        raise errors.NOT_IN_TIER(tier=pool.tier, features="Email MFA")


def check_passkeys(pool: UserPool) -> None:
    """Raise if the plan of a pool does not include passkeys."""
    if pool.tier == "LITE":
        raise errors.NOT_IN_TIER(tier=pool.tier, features="Passwordless Sign-In")


def check_session_tracking(tier: str) -> None:
    """Raise if a plan does not include session tracking."""
    if tier == "LITE":
        raise errors.NOT_IN_TIER(tier=tier, features="Session Tracking")


def check_step_up(pool: UserPool) -> None:
    """Raise if the plan of a pool does not include step-up authentication."""
    if pool.tier == "LITE":
        raise errors.NOT_IN_TIER(tier=pool.tier, features="Step-Up Authentication")


def check_threat_protection(pool: UserPool) -> None:
    """Raise if the plan of a pool does not include threat protection."""
    if pool.tier != "PLUS":
        raise errors.ADD_ON_NOT_IN_TIER(tier=pool.tier)


def check_activity_logs(pool: UserPool) -> None:
    """Raise if the plan of a pool does not include the export of logs of users' activity."""
    if pool.tier != "PLUS":
        raise errors.NOT_IN_TIER(tier=pool.tier, features="User Activity Log Export")


def check_managed_login(pool: UserPool) -> None:
    """Raise if the plan of a pool does not include managed login."""
    if pool.tier == "LITE":
        raise errors.NOT_IN_TIER(tier=pool.tier, features="Managed Login")


def check_branding(pool: UserPool) -> None:
    """Raise if the plan of a pool does not include the branding of managed login, by an error that it may answer."""
    if pool.tier == "LITE":
        raise errors.BRANDING_NOT_IN_TIER(tier=pool.tier)


def check_terms(pool: UserPool) -> None:
    """Raise if the plan of a pool does not include terms documents, by an error that their operations may answer."""
    if pool.tier == "LITE":
        raise errors.TERMS_NOT_IN_TIER(tier=pool.tier)


def check_cimd(pool: UserPool) -> None:
    """Raise if the plan of a pool does not include client ID metadata documents."""
    if pool.tier == "LITE":
        raise errors.NOT_IN_TIER(tier=pool.tier, features="Client ID Metadata Documents")


def check_replication(settings: Settings) -> None:
    """Raise if the plan of a pool does not include replicas in other regions."""
    tier = settings["UserPoolTier"]
    if tier == "LITE":
        raise errors.NOT_IN_TIER(tier=tier, features="Multi-Region Replication")


def check_recovery(pool: UserPool) -> None:
    """Raise if the plan of a pool does not include point-in-time recovery."""
    if pool.tier not in RECOVERY_PERIODS:
        raise errors.RECOVERY_NOT_IN_TIER(tier=pool.tier)


def recovery_period(tier: str) -> dt.timedelta:
    """How far back a recovery can go on a plan."""
    return RECOVERY_PERIODS.get(tier, dt.timedelta())
