"""Responses and requests of the endpoints that applications call: JSON that pages of any origin may read."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from urllib.parse import unquote_plus

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import Credentials
from pytest_cognito.http import cors
from pytest_cognito.http.messages import Response
from pytest_cognito.web.context import RequestContext, View
from pytest_cognito.web.visit import note_error

Parameters = Mapping[str, str]

ANY_ORIGIN = [("Access-Control-Allow-Origin", "*")]
_JSON = ("Content-Type", "application/json;charset=UTF-8")
_FORM = "application/x-www-form-urlencoded"
_JSON_TEXT = json.JSONEncoder(separators=(",", ":"))


def endpoint(methods: str, answer: Callable[[RequestContext], Response]) -> View:
    """A view that handles preflight requests for ``methods``, and lets pages of any origin read its responses."""

    @wraps(answer)
    def view(context: RequestContext) -> Response:
        if context.request.method == "OPTIONS":
            wanted = context.request.headers.get("access-control-request-headers", "")
            return Response(200, cors.preflight_headers(methods, wanted))
        response = answer(context)
        response.add_headers(ANY_ORIGIN)
        return response

    return view


def as_json(value: Mapping[str, Any], status: int = 200) -> Response:
    """A JSON document."""
    return Response(status, [_JSON], _JSON_TEXT.encode(value).encode())


def refused(context: RequestContext, error: AWSError) -> Response:
    """An error of RFC 6749 §5.2, which is noted in the log of calls.

    An error of the API that is none of OAuth 2.0 is an ``invalid_request`` with its text.
    """
    note_error(context, error)
    code = error.code if error.code.islower() else "invalid_request"
    described = {"error_description": error.message} if error.message else {}
    return as_json({"error": code, **described}, error.status)


def parameters(context: RequestContext) -> dict[str, str]:
    """The parameters of a request: of a form in the body, and of the query string. The log of calls has them, too."""
    content_type = context.request.headers.get("content-type", "").partition(";")[0].strip().lower()
    sent = {**context.query, **(context.form if content_type == _FORM else {})}
    context.call.parameters = sent
    return sent


def credentials(context: RequestContext, sent: Parameters) -> Credentials:
    """The client id and secret of a request: in the header ``Authorization`` (Basic), or among its parameters.

    An empty secret counts as none. The log of calls has the client id as a parameter in either case.
    """
    client_id, secret = sent.get("client_id") or None, sent.get("client_secret") or None
    scheme, _, encoded = context.request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return Credentials(client_id, secret)
    try:
        decoded = base64.b64decode(encoded.strip(), validate=True).decode()
    except ValueError:  # no base64, or no UTF-8 in it
        return Credentials(None, None)
    name, _, password = (unquote_plus(part) for part in decoded.partition(":"))
    context.call.parameters = {"client_id": name, **sent}
    conflict = client_id not in (None, name) or secret not in (None, password)
    return Credentials(name, password or None, conflict)
