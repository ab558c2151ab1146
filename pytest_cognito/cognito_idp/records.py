"""What user pools remember, as frozen records.

Where AWS keeps a bag of settings (a pool's, a client's), the record keeps them under AWS's names, complete with
defaults; properties give what the behaviour asks for. Nothing in a record is ever changed in place. Their tables are in
``tables``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..aws.arn import arn
from ..aws.constant import Constant

Attributes = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class UserPool:
    """A user pool. ``settings`` is what DescribeUserPool answers, less id, ARN, dates and the number of users;
    ``factors`` what only GetUserPoolMfaConfig answers beside it; ``number`` its place in the order in which things were
    made, as of every record that has one.
    """

    id: str
    region: str
    account: str
    settings: Mapping[str, Any]
    created: dt.datetime
    modified: dt.datetime
    number: int = 0
    pinned: bool = False
    factors: Mapping[str, Any] = field(default_factory=dict)
    schema_by_name: Mapping[str, Mapping[str, Any]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not isinstance(self.settings, Constant):
            object.__setattr__(self, "settings", Constant(self.settings))
        object.__setattr__(self, "schema_by_name", {attribute["Name"]: attribute for attribute in self.schema})

    @property
    def arn(self) -> str:
        return arn("cognito-idp", self.region, self.account, f"userpool/{self.id}")

    @property
    def name(self) -> str:
        name: str = self.settings["Name"]
        return name

    @property
    def schema(self) -> list[dict[str, Any]]:
        """The attributes of a user, as ``SchemaAttributes`` lists them: standard ones first."""
        schema: list[dict[str, Any]] = self.settings["SchemaAttributes"]
        return schema

    @property
    def password_policy(self) -> Mapping[str, Any]:
        policy: Mapping[str, Any] = self.settings["Policies"]["PasswordPolicy"]
        return policy

    @property
    def triggers(self) -> Mapping[str, Any]:
        triggers: Mapping[str, Any] = self.settings["LambdaConfig"]
        return triggers

    @property
    def tier(self) -> str:
        tier: str = self.settings["UserPoolTier"]
        return tier

    @property
    def mfa(self) -> str:
        """``OFF``, ``OPTIONAL`` or ``ON``."""
        mfa: str = self.settings["MfaConfiguration"]
        return mfa

    @property
    def auto_verified(self) -> tuple[str, ...]:
        return tuple(self.settings.get("AutoVerifiedAttributes") or ())

    @property
    def verified_before_update(self) -> tuple[str, ...]:
        """The attributes whose new value counts only once it is verified."""
        updates = self.settings.get("UserAttributeUpdateSettings") or {}
        return tuple(updates.get("AttributesRequireVerificationBeforeUpdate") or ())

    @property
    def aliases(self) -> tuple[str, ...]:
        """The attributes that a user may sign in with beside the user name, once verified."""
        return tuple(self.settings.get("AliasAttributes") or ())

    @property
    def username_attributes(self) -> tuple[str, ...]:
        """The attributes that a user signs up and in with in place of a user name."""
        return tuple(self.settings.get("UsernameAttributes") or ())

    @property
    def case_sensitive(self) -> bool:
        sensitive: bool = (self.settings.get("UsernameConfiguration") or {}).get("CaseSensitive", True)
        return sensitive

    @property
    def first_factors(self) -> tuple[str, ...]:
        return tuple(self.settings["Policies"]["SignInPolicy"]["AllowedFirstAuthFactors"])

    @property
    def admin_only_sign_up(self) -> bool:
        only: bool = self.settings["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"]
        return only

    @property
    def temporary_password_validity(self) -> dt.timedelta:
        return dt.timedelta(days=self.password_policy["TemporaryPasswordValidityDays"])

    def fold(self, name: str) -> str:
        """A name in the form in which names of this pool are compared."""
        return name if self.case_sensitive else name.lower()


@dataclass(frozen=True, slots=True)
class ClientSecret:
    """One secret of an app client."""

    id: str
    value: str = field(repr=False)
    created: dt.datetime


@dataclass(frozen=True, slots=True)
class AppClient:
    """An app client. ``settings`` is what DescribeUserPoolClient answers, less ids, secret and dates."""

    id: str
    pool_id: str
    settings: Mapping[str, Any]
    secrets: tuple[ClientSecret, ...]
    created: dt.datetime
    modified: dt.datetime
    number: int = 0

    @property
    def name(self) -> str:
        name: str = self.settings["ClientName"]
        return name

    @property
    def hides_existence(self) -> bool:
        """``PreventUserExistenceErrors`` is ``ENABLED``."""
        return self.settings.get("PreventUserExistenceErrors") == "ENABLED"

    @property
    def revocation(self) -> bool:
        enabled: bool = self.settings["EnableTokenRevocation"]
        return enabled

    @property
    def rotation(self) -> bool:
        """Whether refresh tokens rotate."""
        return (self.settings.get("RefreshTokenRotation") or {}).get("Feature") == "ENABLED"

    @property
    def session_validity(self) -> dt.timedelta:
        return dt.timedelta(minutes=self.settings["AuthSessionValidity"])


@dataclass(frozen=True, slots=True)
class Mfa:
    """A user's second factors: which are turned on, which is preferred, and the software token.

    ``secret`` is the token's that was verified, ``pending`` one that was not yet; ``used`` the time steps of its codes
    that were used lately, ``device`` the token's friendly name; ``legacy_sms`` tells that SMS was set by the old
    MFAOptions, ``passkey`` that one may stand for both factors.
    """

    enabled: tuple[str, ...] = ()
    preferred: str | None = None
    secret: str | None = field(default=None, repr=False)
    pending: str | None = field(default=None, repr=False)
    used: tuple[int, ...] = ()
    device: str | None = None
    legacy_sms: bool = False
    passkey: bool = False


NO_MFA = Mfa()


@dataclass(frozen=True, slots=True)
class User:
    """A user of a pool.

    ``key`` is the user name in the form in which the pool compares names; ``names`` are the others it is found by, in
    the same form: its sub, and the aliases that are active. ``password_set`` is when a temporary password was given.
    """

    pool_id: str
    username: str
    key: str
    sub: str
    attributes: Attributes
    status: str
    created: dt.datetime
    modified: dt.datetime
    number: int
    names: tuple[str, ...] = ()
    enabled: bool = True
    password: str | None = field(default=None, repr=False)
    password_set: dt.datetime | None = None
    old_passwords: tuple[str, ...] = field(default=(), repr=False)
    mfa: Mfa = NO_MFA

    def verified(self, attribute: str) -> bool:
        """Whether ``email`` or ``phone_number`` has a value that was verified."""
        return self.attributes.get(f"{attribute}_verified") == "true" and bool(self.attributes.get(attribute))


@dataclass(frozen=True, slots=True)
class Group:
    pool_id: str
    name: str
    description: str | None
    role_arn: str | None
    precedence: int | None
    created: dt.datetime
    modified: dt.datetime


@dataclass(frozen=True, slots=True)
class Membership:
    """A user (by ``key``) in a group; ``number`` is its place in the order in which users joined."""

    pool_id: str
    group: str
    user: str
    number: int


@dataclass(frozen=True, slots=True)
class Code:
    """A code that was sent to a user and waits to be given back.

    ``purpose`` is the operation that takes it (``SignUp``, ``ForgotPassword``); ``attribute`` the one it was sent to;
    ``pending`` the value of it that counts once the code is given back, where that is not the user's already.
    """

    pool_id: str
    user: str
    purpose: str
    value: str = field(repr=False)
    attribute: str | None
    expires: dt.datetime
    pending: str | None = None


@dataclass(frozen=True, slots=True)
class Attempts:
    """When a user did something that is limited by the hour, within the last hour; oldest first."""

    pool_id: str
    user: str
    what: str
    moments: tuple[dt.datetime, ...]


@dataclass(frozen=True, slots=True)
class Lockout:
    """The failed sign-ins of a user in a row, when the last was, and until when no other is looked at."""

    pool_id: str
    user: str
    failures: int
    last: dt.datetime
    until: dt.datetime


@dataclass(frozen=True, slots=True)
class Grant:
    """One sign-in: a refresh token, and the ``origin_jti`` (``id``) that all its tokens carry.

    Where refresh tokens rotate, ``token`` is the newest, and ``earlier`` says of each one before until when it is good;
    ``None`` of one that was not used yet.
    """

    id: str
    token: str = field(repr=False)
    pool_id: str
    client_id: str
    user: str
    authenticated: dt.datetime
    expires: dt.datetime
    scopes: tuple[str, ...]
    revoked: bool = False
    earlier: Mapping[str, dt.datetime | None] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Issue:
    """One set of tokens, by its ``event_id``, and the grant that it belongs to."""

    event_id: str
    grant_id: str


@dataclass(frozen=True, slots=True)
class Session:
    """The state of a sign-in between a challenge and its answer.

    ``metadata`` is what later steps must know of earlier ones; ``proven`` are the challenges that were answered.
    """

    token: str
    pool_id: str
    client_id: str
    user: str
    flow: str
    challenge: str
    expires: dt.datetime
    proven: tuple[str, ...] = ()
    used: bool = False
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain of a pool: a prefix of Amazon's, unique in its region, or a ``custom`` one, unique everywhere.

    ``distribution`` is the CloudFront host behind it; ``config`` and ``routing`` what the request said of them.
    """

    name: str
    pool_id: str
    region: str
    account: str
    version: int
    distribution: str
    custom: bool
    config: Mapping[str, Any]
    routing: Mapping[str, Any] | None
