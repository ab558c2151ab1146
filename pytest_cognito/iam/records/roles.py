"""Roles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from pytest_cognito.iam.policies.documents import NamedPolicy
from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class Role:
    """A role. ``id`` begins with ``AROA``; ``max_session`` is MaxSessionDuration in seconds."""

    arn: str
    name: str
    id: str
    account: str
    trust: NamedPolicy
    policies: tuple[NamedPolicy, ...]
    boundary: NamedPolicy | None
    max_session: int
    tags: Mapping[str, str]
    created: dt.datetime


ROLES: Schema[Role] = Schema("iam/roles", key=lambda role: role.arn)
