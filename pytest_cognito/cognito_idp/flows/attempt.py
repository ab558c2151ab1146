"""A sign-in on its way from the first request to tokens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ...world import Context
from .. import errors
from ..records import AppClient, User, UserPool


@dataclass(slots=True)
class Attempt:
    """What the steps of a sign-in know and hand on.

    ``parameters`` are AuthParameters or ChallengeResponses; ``given_metadata`` the request's ClientMetadata;
    ``operation`` the one that was called; ``proven`` the challenges that were answered so far; ``facts`` what later
    steps must know of earlier ones, kept in the session.
    """

    context: Context
    pool: UserPool
    client: AppClient
    flow: str
    operation: str
    parameters: Mapping[str, str]
    given_metadata: Mapping[str, str] = field(default_factory=dict)
    proven: tuple[str, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    found: User | None = None

    @property
    def user(self) -> User:
        """The user who signs in, once found."""
        if self.found is None:
            raise RuntimeError("no user was found yet in this sign-in")
        return self.found

    @property
    def answering(self) -> bool:
        """Whether this is the answer to a challenge, rather than the start."""
        return "Respond" in self.operation

    @property
    def user_key(self) -> str:
        """By which key the user is kept; one that is only simulated has one too."""
        return self.found.key if self.found else str(self.facts["simulated"])

    def answer(self, name: str) -> str:
        """A parameter that can't be left out."""
        value = self.parameters.get(name)
        if not value:
            raise errors.PARAMETER_MISSING(name=name)
        return value
