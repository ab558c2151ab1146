"""User pools and their settings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pytest_cognito.aws.arn import arn
from pytest_cognito.aws.constant import ConstantSettings
from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class UserPool:
    """A user pool.

    ``settings`` are the members of the response of DescribeUserPool except id, ARN, dates, domains and the number of
    users. ``mfa_config`` are the members that only GetUserPoolMfaConfig returns: those of software tokens, e-mail and
    passkeys; ``tracks_sessions`` and ``max_sessions`` those of GetUserPoolSessionConfiguration. ``number`` orders the
    pools by creation. ``pinned`` says that the id was chosen by the caller. ``earlier_tiers`` are earlier
    feature plans, each with the time until which the pool was on it, oldest first.

    ``home`` is the region of the pool where this is its replica in another ``region``. Such a pool is in no table.
    """

    id: str
    region: str
    account: str
    settings: Mapping[str, Any]
    created: dt.datetime
    modified: dt.datetime
    number: int = 0
    pinned: bool = False
    mfa_config: Mapping[str, Any] = field(default_factory=dict)
    tracks_sessions: bool = False
    max_sessions: int = 20
    home: str | None = None
    earlier_tiers: tuple[tuple[dt.datetime, str], ...] = ()
    schema_by_name: Mapping[str, Mapping[str, Any]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not isinstance(self.settings, ConstantSettings):
            object.__setattr__(self, "settings", ConstantSettings(self.settings))
        object.__setattr__(self, "schema_by_name", {attribute["Name"]: attribute for attribute in self.schema})

    @property
    def arn(self) -> str:
        return arn("cognito-idp", self.region, self.account, f"userpool/{self.id}")

    @property
    def is_replica(self) -> bool:
        """Whether this is the pool as the region of its replica has it."""
        return self.home is not None

    @property
    def primary_region(self) -> str:
        """The region that the pool was created in."""
        return self.home or self.region

    @property
    def name(self) -> str:
        name: str = self.settings["Name"]
        return name

    @property
    def schema(self) -> list[dict[str, Any]]:
        """``SchemaAttributes``: the standard attributes, then the custom ones."""
        schema: list[dict[str, Any]] = self.settings["SchemaAttributes"]
        return schema

    @property
    def password_policy(self) -> Mapping[str, Any]:
        policy: Mapping[str, Any] = self.settings["Policies"]["PasswordPolicy"]
        return policy

    @property
    def triggers(self) -> Mapping[str, Any]:
        """``LambdaConfig``."""
        triggers: Mapping[str, Any] = self.settings["LambdaConfig"]
        return triggers

    @property
    def tier(self) -> str:
        """The feature plan: ``LITE``, ``ESSENTIALS`` or ``PLUS``."""
        tier: str = self.settings["UserPoolTier"]
        return tier

    def tier_at(self, moment: dt.datetime) -> str:
        """The feature plan that the pool was on at a moment."""
        return next((tier for until, tier in self.earlier_tiers if until > moment), self.tier)

    @property
    def mfa(self) -> str:
        """``MfaConfiguration``: ``OFF``, ``OPTIONAL`` or ``ON``."""
        mfa: str = self.settings["MfaConfiguration"]
        return mfa

    @property
    def auto_verified(self) -> tuple[str, ...]:
        """``AutoVerifiedAttributes``."""
        return tuple(self.settings.get("AutoVerifiedAttributes") or ())

    @property
    def verified_before_update(self) -> tuple[str, ...]:
        """The attributes that keep their value until a new one is verified (``UserAttributeUpdateSettings``)."""
        updates = self.settings.get("UserAttributeUpdateSettings") or {}
        return tuple(updates.get("AttributesRequireVerificationBeforeUpdate") or ())

    @property
    def aliases(self) -> tuple[str, ...]:
        """``AliasAttributes``: the attributes that a user can sign in with in addition to the user name."""
        return tuple(self.settings.get("AliasAttributes") or ())

    @property
    def username_attributes(self) -> tuple[str, ...]:
        """``UsernameAttributes``: the attributes that users sign up and sign in with instead of a user name."""
        return tuple(self.settings.get("UsernameAttributes") or ())

    @property
    def case_sensitive(self) -> bool:
        """Whether user names and aliases are case-sensitive (``UsernameConfiguration``)."""
        sensitive: bool = (self.settings.get("UsernameConfiguration") or {}).get("CaseSensitive", True)
        return sensitive

    @property
    def first_factors(self) -> tuple[str, ...]:
        """``AllowedFirstAuthFactors``, for choice-based sign-in (``USER_AUTH``)."""
        return tuple(self.settings["Policies"]["SignInPolicy"]["AllowedFirstAuthFactors"])

    @property
    def device_tracking(self) -> Mapping[str, Any]:
        """``DeviceConfiguration``; empty if the pool does not track devices."""
        return self.settings.get("DeviceConfiguration") or {}

    @property
    def admin_only_sign_up(self) -> bool:
        """Whether only administrators can create users (``AllowAdminCreateUserOnly``)."""
        only: bool = self.settings["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"]
        return only

    @property
    def temporary_password_validity(self) -> dt.timedelta:
        return dt.timedelta(days=self.password_policy["TemporaryPasswordValidityDays"])

    def fold(self, name: str) -> str:
        """Fold the case of a user name or an alias: lower-case it unless the pool is case-sensitive."""
        return name if self.case_sensitive else name.lower()


POOLS: Schema[UserPool] = Schema(
    "cognito-idp/user-pools",
    key=lambda pool: pool.id,
    ordered={"region": lambda pool: [((pool.account, pool.region), pool.number)]},
)
