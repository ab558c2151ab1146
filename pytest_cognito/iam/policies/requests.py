"""What a policy is evaluated for: who wants to do what to which resource."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from pytest_cognito.kernel.errors import UsageError

Keys: TypeAlias = Mapping[str, str | tuple[str, ...]]
"""Condition keys with their values, as text. A key with several values has a tuple. Case does not matter in names."""


@dataclass(frozen=True, slots=True)
class Principal:
    """Who makes a request.

    ``arn`` is what AWS calls them in messages: the user's, or the session's
    (``arn:aws:sts::123456789012:assumed-role/app/session``). ``user_id`` is ``aws:userid``; ``type`` is
    ``aws:PrincipalType``: ``Account``, ``User``, ``AssumedRole``, ``FederatedUser`` or ``Anonymous``. ``role_arn`` is
    the role of a session. ``username`` is that of an IAM user. ``federated`` are the names that stand for a user of an
    identity provider in a trust policy, under ``Federated``: ``accounts.google.com``, or the ARN of a provider.
    ``service`` is a service that calls by itself, such as the one that runs functions.
    """

    arn: str
    user_id: str
    account: str
    type: str
    role_arn: str | None = None
    username: str | None = None
    federated: tuple[str, ...] = ()
    service: str | None = None

    @property
    def is_root(self) -> bool:
        return self.type == "Account"

    @property
    def keys(self) -> dict[str, str]:
        """The condition keys that follow from who it is, by their names in lower case."""
        keys = {"aws:userid": self.user_id, "aws:principaltype": self.type}
        if self.account:
            keys["aws:principalarn"] = self.role_arn or self.arn
            keys["aws:principalaccount"] = self.account
            keys["aws:principalisawsservice"] = "true" if self.service else "false"
        if self.username:
            keys["aws:username"] = self.username
        return keys


@dataclass(frozen=True, slots=True)
class Request:
    """A request for an action (``s3:GetObject``) on a resource: its ARN, or ``*``.

    ``keys`` are the condition keys of the request, without those that follow from the principal. ``account`` is the
    one that the resource belongs to, where its ARN does not say so.
    """

    principal: Principal
    action: str
    resource: str
    keys: Keys = field(default_factory=dict)
    account: str | None = None

    @property
    def is_cross_account(self) -> bool:
        """Whether the resource belongs to another account than the caller."""
        owner = self.account or (self.resource.split(":", 5) + [""] * 5)[4]
        return bool(self.principal.account and owner) and owner != self.principal.account

    def values(self) -> dict[str, str | tuple[str, ...]]:
        """All condition keys by their names in lower case."""
        values: dict[str, str | tuple[str, ...]] = {**self.principal.keys}
        for name, value in self.keys.items():
            values[name.lower()] = value if type(value) is str else _value(name, value)
        return values


def _value(name: str, value: object) -> str | tuple[str, ...]:
    """What a test gives a condition key, as text."""
    if isinstance(value, tuple) or (isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping)):
        return tuple(_text(name, each) for each in value)
    return _text(name, value)


def _text(name: str, value: object) -> str:
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, int | float | Decimal):
        return str(value)
    raise UsageError(
        f"the condition key {name} is {value!r}: give text, a number, a bool, a datetime, or a list of them"
    )
