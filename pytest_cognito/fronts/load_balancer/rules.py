"""The rules of a listener: which one a request has, and the answers of actions without a target."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.load_balancer import conditions, pages
from pytest_cognito.fronts.load_balancer.actions import RedirectAction, Rule
from pytest_cognito.http import hosts
from pytest_cognito.http.messages import Request, Response

_KEYWORD = re.compile(r"#\{(protocol|host|port|path|query)\}")


def find(rules: Iterable[Rule], request: Request, default: Rule) -> Rule:
    """The first rule whose conditions hold for a request, or the default."""
    return next((rule for rule in rules if all(conditions.holds(each, request) for each in rule.conditions)), default)


def redirect(exchange: Exchange, action: RedirectAction) -> Response:
    """The response of the action ``redirect``; the address has its port, also where it is the usual one."""
    request = exchange.request
    protocol = "HTTP" if request.url.startswith("http://") else "HTTPS"
    there = {
        "protocol": protocol,
        "host": hosts.name_in_request(request),
        "port": "443" if protocol == "HTTPS" else "80",
        "path": request.path.removeprefix("/"),
        "query": request.query,
    }

    def filled(text: str) -> str:
        return _KEYWORD.sub(lambda found: there[found[1]], text)

    query = filled(action.query)
    address = f"{filled(action.protocol).lower()}://{filled(action.host)}:{filled(action.port)}{filled(action.path)}"
    location = f"{address}?{query}" if query else address
    exchange.explain(f"the load balancer redirects to {location.partition('?')[0]}")
    return pages.redirect(action.status, location, exchange.now)
