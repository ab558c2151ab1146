"""User sessions: what session tracking remembers of the sign-ins of a user."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from pytest_cognito.cognito_idp.records.clients import CLIENTS
from pytest_cognito.cognito_idp.records.grants import GRANTS
from pytest_cognito.cognito_idp.records.users import USERS
from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class UserSession:
    """An active session of a user in a pool that tracks sessions.

    A token session (``tkn…``) is the life of a grant, ``grant_id``. ``parent`` is the SSO session (``sso…``) that it
    came through; ``None`` for a sign-in by the API. An SSO session is a sign-in at managed login and has no grant.

    ``device`` and ``address`` are those of the last activity: a description of the user agent, and the IP address.
    ``number`` orders a user's sessions by creation, ``activity`` by their last activity.
    """

    id: str
    pool_id: str
    client_id: str
    user: str
    grant_id: str | None
    created: dt.datetime
    active: dt.datetime
    expires: dt.datetime
    device: str
    address: str = field(repr=False)
    number: int = 0
    activity: int = 0
    parent: str | None = None

    @property
    def type(self) -> str:
        """``SessionType``: ``TOKEN`` or ``SSO``."""
        return "SSO" if self.grant_id is None else "TOKEN"


USER_SESSIONS: Schema[UserSession] = Schema(
    "cognito-idp/user-sessions",
    key=lambda session: session.id,
    unique={"grant": lambda session: [] if session.grant_id is None else [session.grant_id]},
    ordered={"user": lambda session: [((session.pool_id, session.user), session.number)]},
    owners={
        USERS: lambda session: (session.pool_id, session.user),
        CLIENTS: lambda session: session.client_id,
        GRANTS: lambda session: session.grant_id,
    },
    expires=lambda session: session.expires,
)
