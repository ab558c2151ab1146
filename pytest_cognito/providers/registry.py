"""The simulated providers of a world, as one site that answers at all their hosts."""

from __future__ import annotations

from typing import TypeVar
from urllib.parse import urlsplit

from pytest_cognito.http import hosts
from pytest_cognito.http.messages import Request, Response
from pytest_cognito.kernel import locks
from pytest_cognito.kernel.calls import Call, depth
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.providers.provider import Endpoint, Provider
from pytest_cognito.providers.visit import Visit
from pytest_cognito.world import World

SERVICE = "provider"
"""The service of requests to simulated providers in the log of calls."""

P = TypeVar("P", bound=Provider)

_LOCK = locks.lock()


class Registry:
    """The providers of a world, by class and URL. Several may be at one host."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._providers: dict[tuple[type[Provider], str], Provider] = {}

    @classmethod
    def of(cls, world: World) -> Registry:
        """The registry of a world."""
        return world.sites.first(cls) or cls(world)

    def find(self, kind: type[P], url: str) -> P | None:
        """The provider of a class with a URL, if there is one."""
        found = self._providers.get((kind, url))
        return found if isinstance(found, kind) else None

    def add(self, provider: P) -> P:
        """Let a provider answer at its hosts, but those for which the test has a site of its own."""
        self._providers[type(provider), provider.url] = provider
        for host in provider.hosts():
            if self._world.sites.find(host) is None:
                self._world.sites.register(host, self)
        return provider

    def inherited_by(self, world: World) -> Registry:
        """The registry of a world that begins with what is here now."""
        heir = Registry(world)
        heir._providers = {key: provider.inherited_by(world) for key, provider in self._providers.items()}
        return heir

    def __call__(self, request: Request) -> Response:
        """The response of the provider that a request is for; the request is logged as a call."""
        world = self._world
        address = f"{hosts.name_in_request(request)}{request.path}"
        visit = Visit(request)
        call = Call(
            SERVICE, f"{request.method} {address}", visit.query, world.region, world.ids.request_id(), depth.get()
        )
        world.calls.add(call)
        try:
            response = self._answer(address, visit)
        except Exception as error:
            world.calls.failed(call, error)
            raise
        call.result = {"status": response.status}
        return response

    def _answer(self, address: str, visit: Visit) -> Response:
        found = self._locate(address)
        if found is None:
            text = f"The simulated providers have nothing at https://{address}."
            return Response(404, [("Content-Type", "text/plain; charset=utf-8")], text.encode())
        provider, endpoint = found
        return provider.answer(endpoint, visit)

    def _locate(self, address: str) -> tuple[Provider, Endpoint] | None:
        for provider in tuple(self._providers.values()):
            endpoint = provider.locate(address)
            if endpoint is not None:
                return provider, endpoint
        return None


def provider(world: World, kind: type[P], url: str) -> P:
    """The provider of a world of a class with a URL; the same object each time."""
    with _LOCK:
        registry = Registry.of(world)
        return registry.find(kind, url) or registry.add(kind(world, url))


def check_url(name: str, url: object) -> None:
    """Refuse what can't be an issuer or an entity id of a provider that answers by HTTPS."""
    parts = urlsplit(url) if isinstance(url, str) else None
    if parts is None or parts.scheme != "https" or not parts.hostname or parts.query or parts.path.endswith("/"):
        raise UsageError(
            f'{name} is an address without a slash at its end, such as "https://idp.example.com"; not {url!r}'
        )
    if hosts.find(parts.hostname) is not None:
        raise UsageError(f'{name} is an address outside AWS, such as "https://idp.example.com"; not {url!r}')


def base_address(url: str) -> str:
    """Host and path of a URL, in the form of the addresses of endpoints."""
    parts = urlsplit(url)
    return f"{parts.hostname}{parts.path.rstrip('/')}"
