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
    of the attribute. ``address`` is the value of ``attribute`` that the code was sent to, which is all that it can
    prove; ``pending`` says that it is a new value, which takes effect when the code is used. ``client_id`` is the app
    client that alone can use the code; ``None`` if any can.
    """

    pool_id: str
    user: str
    purpose: str
    value: str = field(repr=False)
    attribute: str
    address: str
    expires: dt.datetime
    pending: bool = False
    client_id: str | None = None


CODES: Schema[Code] = Schema(
    "cognito-idp/codes",
    key=lambda code: (code.pool_id, code.user, code.purpose),
    owners={USERS: lambda code: (code.pool_id, code.user)},
    # A pending value stays after its code has expired: the user can request another code for it.
    expires=lambda code: None if code.pending else code.expires + RETENTION,
)
