"""The context of a view, and the responses of views."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import Domain, UserPool, pool_of_documents
from pytest_cognito.http import cors
from pytest_cognito.http.hosts import Host
from pytest_cognito.http.messages import Request, Response, form
from pytest_cognito.kernel.calls import Call
from pytest_cognito.world import World


@dataclass(frozen=True)
class RequestContext:
    """The context of a view: the world, the request, and what was found out about it.

    ``call`` is the request's entry in the log of calls. ``host`` is the host of AWS, None for another host; ``domain``
    the user pool's domain with this host, if any; ``arguments`` are the values of the path parameters.
    """

    world: World
    request: Request
    call: Call
    host: Host | None = None
    domain: Domain | None = None
    arguments: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def query(self) -> dict[str, str]:
        """The parameters of the query string; for a repeated parameter, its first value."""
        parameters: dict[str, str] = {}
        for name, value in form(self.request.query):
            parameters.setdefault(name, value)
        return parameters


View: TypeAlias = Callable[[RequestContext], Response]


def json_response(value: Mapping[str, Any], status: int = 200) -> Response:
    """A JSON document that pages of any origin may read."""
    body = json.dumps(value, separators=(",", ":")).encode()
    return Response(status, [("Content-Type", "application/json"), *cors.response_headers()], body)


def json_error(error: AWSError) -> Response:
    """An error in the format of Cognito's OpenID endpoints."""
    return json_response({"code": error.code, "message": error.message, "type": "client"}, error.status)


def page(html: str, status: int = 200) -> Response:
    """An HTML page."""
    return Response(status, [("Content-Type", "text/html;charset=UTF-8")], html.encode())


def pool_of_path(context: RequestContext) -> UserPool | None:
    """The user pool whose id is in the path, if it or a replica is in the host's region; None if there is none."""
    region = context.host.region if context.host else None
    return pool_of_documents(context.world, context.arguments["pool_id"], region)
