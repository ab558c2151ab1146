"""The request that a load balancer sends to its target, and what it adds to the response."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.load_balancer.identity import PREFIX
from pytest_cognito.fronts.targets import Target
from pytest_cognito.http import hosts
from pytest_cognito.http.messages import Headers, Request, Response

ADDRESS = "10.0.0.17"
"""The address of the load balancer, from which its target gets requests."""
_TRACE = "x-amzn-trace-id"


@dataclass(frozen=True, slots=True)
class Forwarded:
    """The target of a request that has passed. ``headers`` say who the user is, ``more`` are added to the response.

    ``authenticated`` says that the rule authenticates: then what a request says of a user by itself is taken out.
    """

    target: Target
    authenticated: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)
    more: Headers = field(default_factory=list)

    def answer(self, exchange: Exchange) -> Response:
        exchange.request = self._request(exchange)
        return self._with_more(self.target.answer(exchange))

    async def answer_async(self, exchange: Exchange) -> Response:
        exchange.request = self._request(exchange)
        return self._with_more(await self.target.answer_async(exchange))

    def _request(self, exchange: Exchange) -> Request:
        request, sent = exchange.request, exchange.request.headers
        if self.authenticated:
            sent = {name: value for name, value in sent.items() if not name.startswith(PREFIX)}
        host = sent.get("host") or hosts.name_in_request(request)
        secure = not request.url.startswith("http://")
        came_from = f"{sent['x-forwarded-for']}, " if "x-forwarded-for" in sent else ""
        headers = {
            **sent,
            "host": host,
            "x-forwarded-for": f"{came_from}{request.address}",
            "x-forwarded-proto": "https" if secure else "http",
            "x-forwarded-port": "443" if secure else "80",
            _TRACE: _trace(exchange, sent.get(_TRACE)),
            **self.headers,
        }
        query = f"?{request.query}" if request.query else ""
        # The load balancer ends TLS: its target is asked over HTTP.
        return replace(request, url=f"http://{host}{request.path}{query}", headers=headers, address=ADDRESS, origin="")

    def _with_more(self, response: Response) -> Response:
        response.add_headers(self.more)
        return response


def _trace(exchange: Exchange, sent: str | None) -> str:
    """The header that follows a request through AWS, whose root a request may have already."""
    own = f"1-{int(exchange.now.timestamp()):08x}-{exchange.request_id.replace('-', '')[-24:]}"
    if sent is None:
        return f"Root={own}"
    return f"Self={own};{sent}"
