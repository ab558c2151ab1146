"""A front: a host of AWS behind which the application is."""

from __future__ import annotations

import copy
from typing import ClassVar, Self
from urllib.parse import unquote

from pytest_cognito.fronts.client import Client
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.targets import Target
from pytest_cognito.http.messages import Request, Response, form
from pytest_cognito.kernel.calls import Call, depth
from pytest_cognito.world import World


class Front(Client):
    """A site of a world at ``host``. Its requests are in the log of calls, as those of ``service``.

    ``api.get("/notes")`` and its kin are a test's own calls.
    """

    service: ClassVar[str]

    def __init__(self, world: World, host: str, region: str) -> None:
        self.world = world
        self.host = host
        self.region = region
        world.sites.register(host, self)

    @property
    def url(self) -> str:
        """The address that the front answers at, without a slash at its end."""
        return f"https://{self.host}"

    def admit(self, exchange: Exchange) -> Response | Target:
        """What answers a request that may pass, or the front's own response: a refusal, a redirect."""
        raise NotImplementedError

    def complete(self, exchange: Exchange, response: Response) -> Response:  # noqa: ARG002 - for fronts that add to it
        """The response of the target, with what the front adds to it."""
        return response

    def path(self, request: Request) -> str:
        """The path of the application that a request is for, decoded."""
        return unquote(request.path)

    def __call__(self, request: Request) -> Response:
        """The response to a request, which is logged."""
        exchange = self.begin(request)
        try:
            found = self.admit(exchange)
            response = found if isinstance(found, Response) else self.complete(exchange, found.answer(exchange))
        except Exception as error:
            self.world.calls.failed(exchange.call, error)
            raise
        return self._end(exchange, response)

    async def answer_async(self, request: Request) -> Response:
        """The response to a request; an asynchronous application runs in the running event loop."""
        exchange = self.begin(request)
        try:
            found = self.admit(exchange)
            if isinstance(found, Response):
                response = found
            else:
                response = self.complete(exchange, await found.answer_async(exchange))
        except Exception as error:
            self.world.calls.failed(exchange.call, error)
            raise
        return self._end(exchange, response)

    def inherited_by(self, world: World) -> Self:
        """The front of a world that begins with what is here now."""
        heir = copy.copy(self)
        heir.world = world
        return heir

    def begin(self, request: Request) -> Exchange:
        """Log a request that has arrived."""
        world, path = self.world, self.path(request)
        parameters = dict(form(request.query)) if request.query else {}
        call = Call(
            self.service, f"{request.method} {path}", parameters, self.region, world.ids.request_id(), depth.get()
        )
        world.calls.add(call)
        return Exchange(world, request, call, world.clock.now(), path)

    def _end(self, exchange: Exchange, response: Response) -> Response:
        location = response.header("Location")
        exchange.call.result = {"status": response.status, **({"location": location} if location else {})}
        return response

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.url}>"
