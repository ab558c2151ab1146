"""The rules of a listener: which one a path has, and the answers of actions without a target."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.load_balancer import pages
from pytest_cognito.fronts.load_balancer.actions import RedirectAction, Rule
from pytest_cognito.http import hosts
from pytest_cognito.http.messages import Response

_KEYWORD = re.compile(r"#\{(protocol|host|port|path|query)\}")


def find(rules: Iterable[Rule], path: str, default: Rule) -> Rule:
    """The first rule whose pattern fits a path, percent-encoded, or the default."""
    return next((rule for rule in rules if _expression(rule.pattern).fullmatch(path)), default)


@lru_cache(maxsize=256)
def _expression(pattern: str) -> re.Pattern[str]:
    wild = {"*": ".*", "?": "."}
    return re.compile("".join(wild.get(character) or re.escape(character) for character in pattern), re.DOTALL)


def redirect(exchange: Exchange, action: RedirectAction, protocol: str = "HTTPS") -> Response:
    """The response of the action ``redirect``; the address has its port, also where it is the usual one."""
    request = exchange.request
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
