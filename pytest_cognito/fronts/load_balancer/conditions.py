"""The conditions of a listener's rules."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from pytest_cognito.fronts.load_balancer.actions import Condition
from pytest_cognito.http import hosts
from pytest_cognito.http.messages import Request, form
from pytest_cognito.kernel.errors import Unsupported


def holds(condition: Condition, request: Request) -> bool:
    """Whether a request, whose path is percent-encoded, has what a condition asks for."""
    holds_for = _FIELDS.get(condition.field)
    if holds_for is None:
        raise Unsupported(f"pytest-cognito does not know the condition {condition.field} of rules of load balancers")
    return holds_for(condition, request)


def _path(condition: Condition, request: Request) -> bool:
    return any(_expression(value).fullmatch(request.path) for value in condition.values)


def _host(condition: Condition, request: Request) -> bool:
    return _fits(condition.values, hosts.name_in_request(request))


def _header(condition: Condition, request: Request) -> bool:
    value = request.headers.get(condition.header.lower())
    return value is not None and _fits(condition.values, value)


def _method(condition: Condition, request: Request) -> bool:
    return request.method in condition.values


def _query(condition: Condition, request: Request) -> bool:
    sent = form(request.query)
    return any(
        (key is None or _fits([key], name)) and _fits([pattern], value)
        for key, pattern in condition.pairs
        for name, value in sent
    )


def _address(condition: Condition, request: Request) -> bool:
    address = ipaddress.ip_address(request.address)
    return any(address in ipaddress.ip_network(value, strict=False) for value in condition.values)


_FIELDS: Mapping[str, Callable[[Condition, Request], bool]] = {
    "host-header": _host,
    "http-header": _header,
    "http-request-method": _method,
    "path-pattern": _path,
    "query-string": _query,
    "source-ip": _address,
}


def _fits(patterns: tuple[str, ...] | list[str], text: str) -> bool:
    """Whether a text is like one of some patterns, in whatever case."""
    return any(_expression(pattern.lower()).fullmatch(text.lower()) for pattern in patterns)


@lru_cache(maxsize=256)
def _expression(pattern: str) -> re.Pattern[str]:
    wild = {"*": ".*", "?": "."}
    return re.compile("".join(wild.get(character) or re.escape(character) for character in pattern), re.DOTALL)
