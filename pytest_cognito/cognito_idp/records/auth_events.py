"""Authentication events: what threat protection remembers of the activity of a user."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import NamedTuple

from pytest_cognito.cognito_idp.records.users import USERS
from pytest_cognito.state.schema import Schema

KEPT = dt.timedelta(days=2 * 365)
"""How long an event is kept: two years."""


class Feedback(NamedTuple):
    """What an administrator or the user has said about an event. ``value`` is ``Valid`` or ``Invalid``."""

    value: str
    provider: str
    given: dt.datetime


@dataclass(frozen=True, slots=True)
class AuthEvent:
    """One event, from its first request to its last.

    ``type`` and ``response`` are EventType and EventResponse, ``decision`` and ``level`` RiskDecision and RiskLevel.
    ``challenges`` are ChallengeResponses: pairs of a name and a response. ``told`` says that the application has sent
    data about the user's device. ``assessed`` says that the risk was assessed, ``mfa`` that a second factor was asked
    for because of it. ``feedback_token`` is the token in the notification message. ``number`` orders the events.
    """

    id: str
    pool_id: str
    client_id: str
    type: str
    created: dt.datetime
    number: int
    ip: str
    device: str
    user: str = ""
    username: str = ""
    sub: str = ""
    response: str = "InProgress"
    timezone: str | None = None
    city: str | None = None
    country: str | None = None
    told: bool = False
    decision: str = "NoRisk"
    level: str | None = None
    compromised: bool = False
    challenges: tuple[tuple[str, str], ...] = ()
    assessed: bool = False
    mfa: bool = False
    feedback: Feedback | None = None
    feedback_token: str | None = field(default=None, repr=False)


AUTH_EVENTS: Schema[AuthEvent] = Schema(
    "cognito-idp/auth-events",
    key=lambda event: event.id,
    ordered={"user": lambda event: [((event.pool_id, event.user), -event.number)]},
    owners={USERS: lambda event: (event.pool_id, event.user)},
    expires=lambda event: event.created + KEPT,
)
