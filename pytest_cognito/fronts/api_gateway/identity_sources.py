"""Where an authorizer finds what tells who the caller is: ``$request.header.Authorization`` and its kin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.http.messages import form
from pytest_cognito.kernel.errors import UsageError

AUTHORIZATION = "$request.header.Authorization"
_SOURCE = re.compile(
    r"\$request\.(?P<kind>header|querystring)\.(?P<name>[^\s,]+)"
    r"|\$(?P<own>context|stageVariables)\.(?P<own_name>[A-Za-z0-9_.]+)"
)


def check(sources: Iterable[object]) -> None:
    """Raise `UsageError` for what API Gateway would not take for an identity source."""
    for source in sources:
        if not isinstance(source, str) or _SOURCE.fullmatch(source) is None:
            raise UsageError(
                f"an identity source is text such as {AUTHORIZATION!r}, '$request.querystring.token', "
                f"'$context.routeKey' or '$stageVariables.name'; not {source!r}"
            )


def value_of(source: str, exchange: Exchange, context: Mapping[str, str], variables: Mapping[str, str]) -> str | None:
    """The value of an identity source in a request; None if it is not there, or is empty.

    ``context`` are the variables of ``$context``, ``variables`` those of the stage.
    """
    found = _SOURCE.fullmatch(source)
    assert found is not None, source  # `check` has seen it
    if found["own"] is not None:
        return (context if found["own"] == "context" else variables).get(found["own_name"]) or None
    if found["kind"] == "header":
        return exchange.request.headers.get(found["name"].lower()) or None
    query = exchange.request.query
    return (dict(form(query)).get(found["name"]) or None) if query else None
