"""What users and roles have delegated to somebody else for a time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from pytest_cognito.iam.policies.documents import NamedPolicy
from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class Delegation:
    """An accepted delegation request whose token was sent: who has it may trade it in until it expires.

    ``principal_arn`` is the user or the role that has accepted the request. ``policies`` are the delegated permissions,
    of which only those that the principal has are good for anything.
    """

    token: str = field(repr=False)
    id: str
    principal_arn: str
    policies: tuple[NamedPolicy, ...]
    expires: dt.datetime


DELEGATIONS: Schema[Delegation] = Schema("iam/delegations", key=lambda delegation: delegation.token)
