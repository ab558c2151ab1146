"""Managed policies of an account."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pytest_cognito.iam.policies.documents import NamedPolicy
from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class ManagedPolicy:
    """A managed policy of an account. ``id`` begins with ``ANPA``; the name of its ``policy`` is its ARN."""

    arn: str
    id: str
    policy: NamedPolicy
    created: dt.datetime


MANAGED_POLICIES: Schema[ManagedPolicy] = Schema("iam/managed-policies", key=lambda policy: policy.arn)
