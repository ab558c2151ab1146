"""Delegation of permissions for a time, by tokens that are traded in for credentials."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Sequence

from pytest_cognito.iam.policies.documents import NamedPolicy
from pytest_cognito.iam.records import DELEGATIONS, Delegation
from pytest_cognito.world import Context

_RANDOM = 96


def create_delegation(
    context: Context, principal_arn: str, policies: Sequence[NamedPolicy], duration: int
) -> Delegation:
    """Delegate permissions of a user or a role for ``duration`` seconds, in which the token can be traded in."""
    delegation = Delegation(
        token=base64.b64encode(context.world.ids.data(_RANDOM)).decode(),
        id=context.world.ids.uuid(),
        principal_arn=principal_arn,
        policies=tuple(policies),
        expires=context.now().replace(microsecond=0) + dt.timedelta(seconds=duration),
    )
    context.table(DELEGATIONS).put(delegation)
    return delegation
