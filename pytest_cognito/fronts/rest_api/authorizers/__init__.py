"""The authorizers of REST APIs: of user pools, by Lambda functions, and by IAM."""

from __future__ import annotations

from typing import Any, Protocol

from pytest_cognito.fronts.cache import Cache
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.rest_api.stages import Stage


class Authorizer(Protocol):
    """What decides whether a request may pass."""

    def authorize(self, exchange: Exchange, stage: Stage, scopes: tuple[str, ...], cache: Cache[Any]) -> None:
        """Let a request pass, with what the event is to tell of the caller, or raise a `Refusal`.

        ``scopes`` are those of the method.
        """
