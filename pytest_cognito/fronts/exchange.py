"""One request that has arrived at a front, and what is found out about it on the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from pytest_cognito.http.messages import Request
from pytest_cognito.kernel.calls import Call
from pytest_cognito.world import Context, HandleStep, World


@dataclass(slots=True)
class Exchange:
    """A request, the call by which it is in the log, and the time at which it arrived.

    ``path`` is that of the application, without a stage. ``route`` is what the front has found for it
    (``GET /notes/{id}``), ``path_parameters`` are what stands in the variable parts of its path. ``authorizer`` is what
    the event tells of the caller (``requestContext.authorizer``), None where the front asks for nothing. ``identity``
    is what it tells of who signed the request, or has an API key (``requestContext.identity`` of REST APIs).
    """

    world: World
    request: Request
    call: Call
    now: dt.datetime
    path: str
    route: str = ""
    path_parameters: Mapping[str, str] = field(default_factory=dict)
    authorizer: Mapping[str, Any] | None = None
    identity: dict[str, Any] = field(default_factory=dict)

    @property
    def request_id(self) -> str:
        return self.call.request_id

    def explain(self, line: str) -> None:
        """Add a line to what the report of a failing test shows below the request: what the front decided, and why."""
        self.call.explanation = (*self.call.explanation, line)

    def context(self) -> Context:
        """The context of the request, for what is outside of steps."""
        return Context(self.world, self.call.region, self.world.account_id, self.call)

    def step(self) -> AbstractContextManager[Context]:
        """An atomic step in the world, whose call is that of the request."""
        return HandleStep(self.context())
