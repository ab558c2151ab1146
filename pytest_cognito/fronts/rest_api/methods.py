"""The methods of a REST API, and its API keys."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_cognito.fronts.api_gateway.routes import RouteKey
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.rest_api import texts
from pytest_cognito.fronts.rest_api.authorizers import Authorizer
from pytest_cognito.fronts.targets import Target


@dataclass(frozen=True, slots=True)
class Method:
    """A method of a resource, and what it is integrated with. Without an authorizer anybody may call it."""

    key: RouteKey
    target: Target
    authorizer: Authorizer | None = None
    scopes: tuple[str, ...] = ()
    api_key_required: bool = False


@dataclass(frozen=True, slots=True)
class ApiKey:
    """An API key that a usage plan of the stage has: its id, and its value, which clients send."""

    id: str
    value: str


@dataclass(frozen=True, slots=True)
class ApiKeys:
    """The API keys of a stage. Their ``source`` is ``HEADER`` (``x-api-key``), or ``AUTHORIZER``."""

    keys: tuple[ApiKey, ...] = ()
    source: str = "HEADER"

    def check(self, exchange: Exchange) -> None:
        """Let a request with an API key pass, which the event is to name, or raise AWS's refusal."""
        in_header = exchange.request.headers.get("x-api-key")
        value = in_header if self.source == "HEADER" else exchange.identity.get("apiKey")
        known = next((key for key in self.keys if key.value == value), None)
        if known is None:
            where = "x-api-key" if self.source == "HEADER" else "usageIdentifierKey"
            exchange.explain(f"the method needs an API key: {where} {'is none of them' if value else 'is not there'}")
            raise texts.FORBIDDEN_KEY()
        exchange.identity |= {"apiKey": known.value, "apiKeyId": known.id}
