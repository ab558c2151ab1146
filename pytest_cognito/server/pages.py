"""The server's own pages, which AWS does not have: ``/health`` and what is below ``/_cognito/``."""

from __future__ import annotations

import ipaddress
import socket

from pytest_cognito.cognito_idp import find_domain
from pytest_cognito.http import hosts
from pytest_cognito.http.messages import Request, Response
from pytest_cognito.world import World

HEALTH = "/health"
OWN = "/_cognito"
OUTBOX = f"{OWN}/outbox"
_POOLS = f"{OWN}/pools/"
_IDENTITY_POOLS = f"{OWN}/identity-pools/"
NO_WORLD = "No mock is active: this server answers while the mock of a test is."
_ANY_ADDRESS = ("", "0.0.0.0", "::")
_READ = ("GET", "HEAD")


class Pages:
    """The pages of a server that listens on the host ``bound_to``."""

    def __init__(self, bound_to: str) -> None:
        self._names = {bound_to.lower(), socket.gethostname().lower()} - {""}
        self._any_address = bound_to in _ANY_ADDRESS

    def handle(self, world: World | None, request: Request) -> Response | None:
        """The response to a request for one of the pages; None for any other request."""
        path = request.path
        if path == HEALTH:
            return _text(200, "ok")
        return self._own(world, request, path) if path == OWN or path.startswith(f"{OWN}/") else None

    def _own(self, world: World | None, request: Request, path: str) -> Response:
        if not self._is_known(world, hosts.name_in_request(request)):
            return _text(403, _FOREIGN.format(host=request.headers.get("host", ""), path=path))
        if path.rstrip("/") not in (OWN, OUTBOX) and not path.startswith((_POOLS, _IDENTITY_POOLS)):
            return _not_there(path)
        if request.method not in _READ:
            return _text(405, f"{path} is read with GET.")
        return _text(503, NO_WORLD) if world is None else _page(world, request, path.rstrip("/"))

    def _is_known(self, world: World | None, name: str) -> bool:
        """Whether a host name is one of this machine or of a pool's domain, and none that was pointed to it otherwise.

        A web page may have its own host name resolved to a loopback address, and then read what is there as its own
        (DNS rebinding). That needs a name: an address is what the server listens on.
        """
        if world is not None and find_domain(world, hosts.find(name), name) is not None:
            return True
        name = name.removesuffix(".")
        if name == "localhost" or name.endswith(".localhost") or name in self._names:
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        return address.is_loopback or self._any_address


def _page(world: World, request: Request, path: str) -> Response:
    # Werkzeug takes longer to import than all that an API call needs
    from pytest_cognito.server import identity_overview, outbox, overview

    if path == OUTBOX:
        return outbox.view(request, world.outbox)
    if path == OWN:
        return overview.index(request, world)
    if path.startswith(_IDENTITY_POOLS):
        return identity_overview.pool(request, world, path.removeprefix(_IDENTITY_POOLS)) or _not_there(path)
    return overview.pool(request, world, path.removeprefix(_POOLS)) or _not_there(path)


def _not_there(path: str) -> Response:
    return _text(404, f"There is no {path}. What there is begins at {OWN}/, the messages that were sent at {OUTBOX}.")


_FOREIGN = (
    "{host!r} is not a name of this server. Ask for http://localhost:<port>{path}, "
    "or start the server with the name: --host <name>"
)


def _text(status: int, text: str) -> Response:
    """A response with a text, which no page of another origin may read."""
    headers = [("Content-Type", "text/plain;charset=UTF-8"), ("X-Content-Type-Options", "nosniff")]
    return Response(status, headers, f"{text}\n".encode())
