"""The web application of a world."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from ..cognito_idp.records import UserPool
from ..kernel.usage import Unsupported
from ..world import World
from . import confirmation, cors, discovery, hosts

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

Document = Callable[[World, UserPool], discovery.Document]

_READ = ("GET", "OPTIONS")
_ROUTES = Map(
    [
        Rule("/confirmUser", endpoint=confirmation.page, methods=("GET",)),
        Rule("/<pool_id>/.well-known/jwks.json", endpoint=discovery.jwks, methods=_READ),
        Rule("/<pool_id>/.well-known/openid-configuration", endpoint=discovery.openid_configuration, methods=_READ),
    ],
    strict_slashes=False,
    merge_slashes=False,
)
_NOT_UNDERSTOOD = "The server did not understand the operation that was requested."


class Application:
    """Cognito's web side as a WSGI application: the documents of user pools."""

    def __init__(self, world: World) -> None:
        self._world = world

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return self._answer(Request(environ))(environ, start_response)

    def _answer(self, request: Request) -> Response:
        host = hosts.find(request.host.partition(":")[0])
        try:
            document, arguments = _ROUTES.bind("").match(request.path, request.method)
        except HTTPException:
            document, arguments = None, {}
        if document is confirmation.page:
            status, html = confirmation.page(self._world, request.args)
            return Response(html, status, content_type="text/html;charset=UTF-8")
        if host is not None and host.service != "cognito-idp":
            raise Unsupported(
                f"pytest-cognito does not answer {request.method} {request.url} yet; nothing was sent to AWS."
            )
        if document is None:
            return _error("BadRequest", _NOT_UNDERSTOOD)
        if request.method == "OPTIONS":
            asked = request.headers.get("Access-Control-Request-Headers", "")
            return Response(headers=cors.preflight("GET,HEAD", asked))
        return self._document(document, arguments["pool_id"], host.region if host else None)

    def _document(self, document: Document, pool_id: str, region: str | None) -> Response:
        pool = discovery.pool(self._world, pool_id, region)
        if pool is None:
            return _error("ResourceNotFoundException", f"User pool {pool_id} does not exist.")
        return _json(document(self._world, pool))


def _error(code: str, message: str) -> Response:
    return _json({"code": code, "message": message, "type": "client"}, 400)


def _json(value: Mapping[str, Any], status: int = 200) -> Response:
    body = json.dumps(value, separators=(",", ":"))
    return Response(body, status, headers=cors.answer(), content_type="application/json")
