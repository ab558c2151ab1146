"""A route of an HTTP API, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from pytest_cognito.fronts.api_gateway.handlers import Handler
from pytest_cognito.fronts.api_gateway.stages import Stage
from pytest_cognito.fronts.cache import Cache
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.http.messages import Response


class Authorizer(Protocol):
    """What decides whether a request may take a route."""

    def authorize(
        self, exchange: Exchange, stage: Stage, scopes: tuple[str, ...], cache: Cache[Any]
    ) -> Response | None:
        """The refusal of a request, or None if it may pass: ``exchange.authorizer`` is what the event tells then."""


@dataclass(frozen=True, slots=True)
class Route:
    """A route: its key, ``GET /notes/{id}``, and what is behind it.

    ``authorizer`` is None for a public route. A token must have one of the ``scopes``, if there are any.
    ``payload_format`` is that of a function's events and responses, ``2.0`` or ``1.0``.
    """

    key: str
    handler: Handler
    authorizer: Authorizer | None = None
    scopes: tuple[str, ...] = ()
    payload_format: str = "2.0"
