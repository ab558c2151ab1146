"""IAM users and their access keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from pytest_cognito.iam.policies.documents import NamedPolicy
from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class User:
    """An IAM user, or the root user of an account, whose name is empty. ``id`` begins with ``AIDA``."""

    arn: str
    name: str
    id: str
    account: str
    policies: tuple[NamedPolicy, ...]
    boundary: NamedPolicy | None
    tags: Mapping[str, str]
    created: dt.datetime


@dataclass(frozen=True, slots=True)
class AccessKey:
    """A long-term access key of a user. ``id`` begins with ``AKIA``."""

    id: str
    secret: str = field(repr=False)
    user_arn: str


USERS: Schema[User] = Schema("iam/users", key=lambda user: user.arn)
ACCESS_KEYS: Schema[AccessKey] = Schema(
    "iam/access-keys", key=lambda key: key.id, owners={USERS: lambda key: key.user_arn}
)
