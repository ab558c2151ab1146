"""Faults of web requests that a test injects."""

from __future__ import annotations

import time
from html import escape

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.http.messages import Response
from pytest_cognito.kernel.faults import INJECTED, Fault, TimedOut
from pytest_cognito.web.context import RequestContext, json_error, page
from pytest_cognito.web.oauth.responses import ANY_ORIGIN, as_json

_OAUTH = ("/oauth2/token", "/oauth2/userInfo", "/oauth2/revoke", "/oauth2/register")
_THROTTLED = 429
_PAGE = '<!DOCTYPE html><html lang="en"><title>Error</title><h1>Error</h1><p>{text}</p></html>'


def meet(context: RequestContext) -> Response | None:
    """Apply the fault that is injected for a request: the response in place of the view's; None if there is none.

    Raises `TimedOut` for a time-out.
    """
    faults, call = context.world.faults, context.call
    fault = faults.next_for(call.operation)
    if fault is None:
        return None
    if fault.latency:
        time.sleep(fault.latency)
    if fault.timeout:
        raise TimedOut(fault)
    if not fault.code:
        return None
    call.error = AWSError(fault.code, fault.message, status=_status(fault))
    call.explanation = (INJECTED,)
    return _response(context.request.path, call.error)


def _status(fault: Fault) -> int:
    """The status of an error. HTTP has one for throttling, where the API says 400."""
    if fault.status is not None:
        return fault.status
    return _THROTTLED if fault.code == "TooManyRequestsException" else 400


def _response(path: str, error: AWSError) -> Response:
    """An error in the format of an endpoint, or as a page."""
    if path in _OAUTH:
        response = as_json({"error": error.code, "error_description": error.message}, error.status)
        response.add_headers(ANY_ORIGIN)
        return response
    if "/.well-known/" in path:
        return json_error(error)
    text = f"{escape(error.code)}: {escape(error.message)}"
    return page(_PAGE.format(text=text), error.status)
