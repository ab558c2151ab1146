"""The CORS configuration of an HTTP API, which answers preflight requests and adds headers to all responses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.http.messages import Headers, Response
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.suggestions import suggestion

_MEMBERS = {
    "AllowOrigins": "origins",
    "AllowMethods": "methods",
    "AllowHeaders": "headers",
    "ExposeHeaders": "exposed",
    "MaxAge": "max_age",
    "AllowCredentials": "credentials",
}
_OWN = "access-control-"
_EVERY = "*"


@dataclass(frozen=True, slots=True)
class Cors:
    """What other origins may do. API Gateway ignores the CORS headers of the application where it is configured."""

    origins: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    exposed: tuple[str, ...] = ()
    max_age: int | None = None
    credentials: bool = False

    @classmethod
    def of(cls, configuration: Mapping[str, Any]) -> Cors:
        """A CORS configuration from AWS's members: ``{"AllowOrigins": ["https://app.example.com"]}``."""
        for name in configuration:
            if name not in _MEMBERS:
                raise UsageError(f"cors has no member {name!r}: {suggestion(name, _MEMBERS)}")
        given = {_MEMBERS[name]: value for name, value in configuration.items()}
        for name in ("origins", "methods", "headers", "exposed"):
            if isinstance(given.get(name, []), str):
                raise UsageError(f"a member of cors is a list: write [{given[name]!r}]")
            given[name] = tuple(given.get(name, ()))
        made = cls(**given)
        if made.credentials and _EVERY in made.origins:
            raise UsageError('API Gateway refuses AllowCredentials beside the origin "*": name the origins')
        return made

    def preflight(self, exchange: Exchange) -> Response:
        """The response to a preflight request. It is for no route, and nobody is asked for authorization."""
        response = Response(204, self._origin(exchange))
        asked = exchange.request.headers.get("access-control-request-method")
        if response.headers and asked and (asked in self.methods or _EVERY in self.methods):
            for name, value in (("methods", self.methods), ("headers", self.headers)):
                if value:
                    response.headers.append((f"{_OWN}allow-{name}", ",".join(value)))
            if self.max_age is not None:
                response.headers.append((f"{_OWN}max-age", str(self.max_age)))
        if len(response.headers) <= 1:
            exchange.explain("the CORS configuration does not allow this origin, or this method")
        return response

    def complete(self, exchange: Exchange, response: Response) -> Response:
        """A response with the configured headers in place of the application's own."""
        response.headers[:] = [header for header in response.headers if not header[0].lower().startswith(_OWN)]
        headers = self._origin(exchange)
        if headers and self.exposed:
            headers.append((f"{_OWN}expose-headers", ",".join(self.exposed)))
        response.headers.extend(headers)
        return response

    def _origin(self, exchange: Exchange) -> Headers:
        origin = exchange.request.headers.get("origin")
        if origin is None or not (_EVERY in self.origins or any(self._is(each, origin) for each in self.origins)):
            return []
        headers = [(f"{_OWN}allow-origin", _EVERY if _EVERY in self.origins else origin)]
        if self.credentials:
            headers.append((f"{_OWN}allow-credentials", "true"))
        return headers

    def _is(self, allowed: str, origin: str) -> bool:
        """Whether an origin is an allowed one, or is of a scheme all of whose origins are: ``https://*``."""
        return allowed == origin or (allowed.endswith("://*") and origin.startswith(allowed[:-1]))
