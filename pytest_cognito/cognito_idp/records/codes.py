"""Confirmation and verification codes that were sent to users."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from pytest_cognito.cognito_idp.records.retention import RETENTION
from pytest_cognito.cognito_idp.records.users import USERS
from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class Code:
    """A code that was sent to a user and was not used yet.

    ``user`` is the user's key. ``purpose`` is ``SignUp``, ``ForgotPassword`` or ``VerifyUserAttribute`` with the name
    of the attribute. ``attribute`` is the attribute that the code was sent to. ``pending`` is a new value of the
    attribute that takes effect when the code is used; ``None`` if the code was sent to the current value.
    """

    pool_id: str
    user: str
    purpose: str
    value: str = field(repr=False)
    attribute: str | None
    expires: dt.datetime
    pending: str | None = None


CODES: Schema[Code] = Schema(
    "cognito-idp/codes",
    key=lambda code: (code.pool_id, code.user, code.purpose),
    owners={USERS: lambda code: (code.pool_id, code.user)},
    # A pending value stays after its code has expired: the user can request another code for it.
    expires=lambda code: code.expires + RETENTION if code.pending is None else None,
)
