"""The conditions for a replica of a user pool, and the pool as the region of the replica has it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import Replica, UserPool
from pytest_cognito.cognito_idp.rules.pools import tiers

Settings = Mapping[str, Any]

OWN_SETTINGS = ("EmailConfiguration", "SmsConfiguration", "LambdaConfig", "UserPoolTags")
"""The settings that a replica has apart from the pool."""
_REGION = re.compile(r"[a-z]{2,}(?:-[a-z]+)+-[0-9]{1,2}")
_MULTI_REGION_KEY = re.compile(r".*[:/]mrk-[0-9a-f]+")


def check_conditions(settings: Settings) -> None:
    """Raise for a plan, a key or an issuer with which a pool can have no replica."""
    tiers.check_replication(settings)
    key = settings.get("KeyConfiguration") or {}
    if key.get("KeyType") != "CUSTOMER_MANAGED_KEY" or not _MULTI_REGION_KEY.fullmatch(key.get("KmsKeyArn", "")):
        raise errors.REPLICA_NEEDS_KEY()
    if (settings.get("IssuerConfiguration") or {}).get("Type") != "UPDATED":
        raise errors.REPLICA_NEEDS_ISSUER()


def check_region(pool: UserPool, region: str) -> None:
    """Raise for what is no region, and for the region of the pool itself."""
    if region == pool.region or _REGION.fullmatch(region) is None:
        raise errors.REPLICA_REGION_INVALID(region=region)


def own_settings(settings: Settings) -> dict[str, Any]:
    """The settings that a replica has apart from the pool."""
    return {member: settings[member] for member in OWN_SETTINGS if settings.get(member) is not None}


def view(pool: UserPool, replica: Replica) -> UserPool:
    """The pool as the region of its replica has it: with the region's ARN, and the replica's own settings."""
    shared = {member: value for member, value in pool.settings.items() if member not in OWN_SETTINGS}
    return replace(pool, region=replica.region, home=pool.region, settings={**shared, **replica.settings})


def changed_own_settings(before: UserPool, after: UserPool) -> dict[str, Any]:
    """The replica's own settings after a change of the pool in its region; raise if other settings change."""
    members = sorted({*before.settings, *after.settings} - set(OWN_SETTINGS))
    fixed = [member for member in members if before.settings.get(member) != after.settings.get(member)]
    if fixed or before.mfa_config != after.mfa_config:
        raise errors.REPLICA_SETTINGS_FIXED(members=", ".join(fixed or ["MfaConfiguration"]))
    return own_settings(after.settings)
