"""`HttpApi`: an HTTP API of API Gateway."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import unquote

from pytest_cognito.fronts.api_gateway import handlers, routes
from pytest_cognito.fronts.api_gateway.routes import RouteKey, Routes
from pytest_cognito.fronts.api_gateway.stages import DEFAULT_STAGE, Stage, short_id
from pytest_cognito.fronts.cache import Cache
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.front import Front
from pytest_cognito.fronts.http_api import texts
from pytest_cognito.fronts.http_api.cors import Cors
from pytest_cognito.fronts.http_api.payloads import PAYLOADS
from pytest_cognito.fronts.http_api.route import Authorizer, Route
from pytest_cognito.fronts.targets import Target
from pytest_cognito.http.messages import Request, Response
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.world import World

_WITHOUT_BODY = (204, 304)


@dataclass(frozen=True, slots=True)
class _Served:
    """A route with what answers its requests."""

    key: RouteKey
    target: Target
    authorizer: Authorizer | None
    scopes: tuple[str, ...]


class HttpApi(Front):
    """An HTTP API: ``api.get("/notes", headers=cognito_auth_header)``.

    A request takes the most specific of the routes; its authorizer decides before the application is asked. The methods
    are those of `requests`, and those that begin with ``a`` are coroutines. At `url` every HTTP library finds it.
    """

    service = "execute-api"

    def __init__(
        self,
        world: World,
        api_id: str,
        region: str,
        *,
        routes: Iterable[Route],
        stage: str = DEFAULT_STAGE,
        stage_variables: Mapping[str, str] | None = None,
        cors: Cors | None = None,
    ) -> None:
        self.stage = Stage(api_id, region, stage, dict(stage_variables or {}))
        self.cors = cors
        self._routes = Routes([self._serve(route) for route in routes])
        self._cache: Cache[Any] = Cache()
        super().__init__(world, self.stage.host, region)

    @property
    def id(self) -> str:
        return self.stage.api_id

    @property
    def url(self) -> str:
        """The address of the stage, without a slash at its end: ``https://a1b2c3.execute-api.…com/prod``."""
        return f"https://{self.host}{self.stage.prefix}"

    @property
    def routes(self) -> list[str]:
        """The keys of the routes, the most specific first."""
        return [served.key.text for served in self._routes]

    def path(self, request: Request) -> str:
        """See `Front`."""
        inside = self.stage.inside(request)
        return unquote(request.path if inside is None else inside)

    def admit(self, exchange: Exchange) -> Response | Target:
        """Find the route, and ask its authorizer."""
        request = exchange.request
        inside = self.stage.inside(request)
        if inside is None:
            exchange.explain(f"the path does not begin with the stage: {self.stage.prefix}/…")
            return self._completed(exchange, texts.answer(404, texts.NOT_FOUND))
        found = self._routes.find(request.method, inside)
        if found is None and self.cors is not None and request.method == "OPTIONS":
            return self._identified(exchange, self.cors.preflight(exchange))
        if found is None:
            exchange.explain(f"no route takes {request.method} {exchange.path}; there is {', '.join(self.routes)}")
            return self._completed(exchange, texts.answer(404, texts.NOT_FOUND))
        served = found.route
        exchange.route, exchange.path_parameters = served.key.text, found.variables
        if served.authorizer is not None:
            refusal = served.authorizer.authorize(exchange, self.stage, served.scopes, self._cache)
            if refusal is not None:
                return self._completed(exchange, refusal)
        return served.target

    def complete(self, exchange: Exchange, response: Response) -> Response:
        """See `Front`."""
        return self._completed(exchange, response)

    def inherited_by(self, world: World) -> Self:
        """See `Front`."""
        heir = super().inherited_by(world)
        heir._cache = Cache()
        return heir

    def _completed(self, exchange: Exchange, response: Response) -> Response:
        return self._identified(exchange, response if self.cors is None else self.cors.complete(exchange, response))

    def _identified(self, exchange: Exchange, response: Response) -> Response:
        own = [header for header in response.headers if header[0].lower() != "content-length"]
        if response.status not in _WITHOUT_BODY:
            # The response to HEAD has the length of the one to GET, which only the application knows.
            known = response.header("content-length") if exchange.request.method == "HEAD" else None
            size = known if known is not None and not response.body else str(len(response.body))
            own.append(("content-length", size))
        own.append(("apigw-requestid", short_id(exchange)))
        response.headers[:] = own
        return response

    def _serve(self, route: Route) -> _Served:
        payload = PAYLOADS.get(route.payload_format)
        if payload is None:
            raise UsageError(f'the payload format of a route is "2.0" or "1.0", not {route.payload_format!r}')
        key = routes.parse(route.key)
        where = f"the handler of {route.key!r}"
        target = handlers.target_of(route.handler, payload(self.stage), route.payload_format, where)
        return _Served(key, target, route.authorizer, route.scopes)
