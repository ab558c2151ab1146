"""Users and their MFA factors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from pytest_cognito.cognito_idp.records.pools import POOLS
from pytest_cognito.cognito_idp.records.recoveries import VERSIONS, WRITE_LOCK
from pytest_cognito.state.schema import Schema

Attributes = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Mfa:
    """The MFA preferences of a user and their software token.

    ``enabled`` and ``preferred`` are UserMFASettingList and PreferredMfaSetting. ``secret`` is the secret of the
    verified software token, ``pending`` one that was associated but not verified yet, ``used`` the time steps of its
    recently used codes, ``device`` its FriendlyDeviceName. ``legacy_sms`` says that SMS was turned on with MFAOptions,
    ``passkey`` that a passkey counts as MFA for the user.
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

    ``key`` is the user name and ``names`` are the other names that identify the user: the ``sub``, and the values of
    username attributes and active aliases. All are case-folded (see `UserPool.fold`). ``password_set`` is when the
    temporary password was set; ``None`` for a permanent one. ``number`` orders the users by creation. ``provider`` is
    the identity provider by whose first sign-in the user was made. ``password_hash`` is an imported hash in
    place of the password, until that is known; ``old_hash`` one that was replaced, as long as it counts in the history.
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
    provider: str | None = None
    password_hash: str | None = field(default=None, repr=False)
    old_hash: str | None = field(default=None, repr=False)

    @property
    def has_password(self) -> bool:
        """Whether the user can sign in with a password."""
        return self.password is not None or self.password_hash is not None

    def verified(self, attribute: str) -> bool:
        """Whether an attribute, ``email`` or ``phone_number``, has a verified value."""
        return self.attributes.get(f"{attribute}_verified") == "true" and bool(self.attributes.get(attribute))


def _names(user: User) -> Iterable[tuple[str, str]]:
    return [(user.pool_id, name) for name in user.names]


def _searched(attribute: str) -> Callable[[User], list[tuple[str, str]]]:
    """Index the users of a pool by an attribute in lower case: ListUsers ignores case."""

    def entries(user: User) -> list[tuple[str, str]]:
        value = user.attributes.get(attribute)
        return [] if value is None else [(user.pool_id, value.lower())]

    return entries


SEARCHABLE = ("email", "phone_number", "name", "given_name", "family_name", "preferred_username")
"""The optional attributes that the filter of ListUsers can search."""

USERS: Schema[User] = Schema(
    "cognito-idp/users",
    key=lambda user: (user.pool_id, user.key),
    unique={"names": _names},
    ordered={
        "pool": lambda user: [(user.pool_id, user.number)],
        "username": lambda user: [(user.pool_id, user.username)],
        "status": lambda user: [(user.pool_id, "Enabled" if user.enabled else "Disabled")],
        "cognito:user_status": lambda user: [(user.pool_id, user.status.lower())],
        "sub": lambda user: [(user.pool_id, user.sub)],
        **{attribute: _searched(attribute) for attribute in SEARCHABLE},
    },
    owners={POOLS: lambda user: user.pool_id},
    history=VERSIONS,
    created=lambda user: user.created,
    lock=WRITE_LOCK,
)
