"""Sessions: sign-ins that wait for the answer to a challenge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from pytest_cognito.cognito_idp.records.clients import CLIENTS
from pytest_cognito.cognito_idp.records.retention import RETENTION
from pytest_cognito.cognito_idp.records.users import USERS
from pytest_cognito.state.schema import Schema


class Answered(NamedTuple):
    """A challenge that the user has answered.

    ``role`` identifies the challenge (see `Challenge`), ``passed`` says whether the answer was correct. ``metadata`` is
    data for later steps: the MFA factor that the user chose, or ``challengeMetadata`` of a custom challenge.
    ``second_factor`` says that the answer has proven a second factor, ``method`` is what it has proven, as in the claim
    ``amr``.
    """

    role: str
    passed: bool
    metadata: str | None = None
    second_factor: bool = False
    method: str | None = None


class StepUp(NamedTuple):
    """The authentication level that a sign-in aims at, and the methods that are credited from an earlier one."""

    level: int
    credit: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Session:
    """A sign-in that waits for the answer to a challenge.

    ``token`` is the ``Session`` string. ``challenge`` is the role of the challenge, ``state`` a named tuple with the
    data that it needs to check the answer, ``history`` the challenges that were answered before. ``user`` is the user's
    key. If the user does not exist and the app client hides that, ``user`` is a made-up key and ``simulated`` is true.
    A session can be answered once, unless it is ``reusable``: ``answered`` says that it was, ``used`` that the sign-in
    continued after that. ``step_up`` is the authentication level that was requested. ``device_key`` is the key
    of the device that the client has named in the sign-in. By ``alias`` an answer without the ``Session`` string finds
    the session, as long as it waits for an answer. ``event`` is the id of its `AuthEvent`, if threat
    protection watches it.
    """

    token: str
    pool_id: str
    client_id: str
    user: str
    flow: str
    challenge: str
    expires: dt.datetime
    history: tuple[Answered, ...] = ()
    state: object = None
    simulated: bool = False
    reusable: bool = False
    answered: bool = False
    used: bool = False
    step_up: StepUp | None = None
    device_key: str | None = None
    alias: str | None = None
    event: str | None = None


def _aliases(session: Session) -> Iterable[str]:
    return () if session.alias is None or session.answered else (session.alias,)


SESSIONS: Schema[Session] = Schema(
    "cognito-idp/sessions",
    key=lambda session: session.token,
    unique={"alias": _aliases},
    owners={
        USERS: lambda session: (session.pool_id, session.user),
        CLIENTS: lambda session: session.client_id,
    },
    expires=lambda session: session.expires + RETENTION,
)
