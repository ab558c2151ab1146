"""Where an authorizer finds what tells who the caller is: ``$request.header.Authorization`` and its kin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from pytest_cognito.fronts.api_gateway.requests import many
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.kernel.errors import UsageError

HTTP, REST, WEBSOCKET = "$request", "method.request", "route.request"
"""How each kind of API names the request."""
AUTHORIZATION = f"{HTTP}.header.Authorization"
_SOURCE = re.compile(
    r"(?P<request>\$request|method\.request|route\.request)\.(?P<kind>header|querystring)\.(?P<name>[^\s,]+)"
    r"|(?P<dollar>\$?)(?P<own>context|stageVariables)\.(?P<own_name>[A-Za-z0-9_.]+)"
)


def check(sources: Iterable[object], request: str) -> None:
    """Raise `UsageError` for what API Gateway would not take for an identity source.

    ``request`` is how APIs of the kind name the request. Those of HTTP APIs all begin with a dollar sign.
    """
    dollar = "$" if request.startswith("$") else ""
    for source in sources:
        found = _SOURCE.fullmatch(source) if isinstance(source, str) else None
        if found is None or (found["request"] != request if found["own"] is None else found["dollar"] != dollar):
            raise UsageError(
                f"an identity source is text such as '{request}.header.Authorization', '{request}.querystring.token', "
                f"'{dollar}context.routeKey' or '{dollar}stageVariables.name'; not {source!r}"
            )


def value_of(source: str, exchange: Exchange, context: Mapping[str, Any], variables: Mapping[str, str]) -> str | None:
    """The value of an identity source in a request; None if it is not there, or is empty.

    ``context`` is what ``requestContext`` has, ``variables`` are those of the stage.
    """
    kind, name = _read(source)
    if kind == "header":
        return exchange.request.headers.get(name.lower()) or None
    if kind == "querystring":
        values = many(exchange.request.query).get(name, [""])
        # HTTP APIs join the values of a parameter that comes more than once, as in events.
        return (",".join(values) if source.startswith(HTTP) else values[-1]) or None
    found: Any = context if kind == "context" else variables
    for key in name.split("."):
        found = found.get(key) if isinstance(found, Mapping) else None
    return None if found is None else str(found) or None


@lru_cache(maxsize=64)
def _read(source: str) -> tuple[str, str]:
    """What has the value, and its name there."""
    found = _SOURCE.fullmatch(source)
    assert found is not None, source  # `check` has seen it
    return (found["kind"], found["name"]) if found["own"] is None else (found["own"], found["own_name"])
