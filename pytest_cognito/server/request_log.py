"""A line for each request in the log ``pytest_cognito.server``, at level INFO."""

from __future__ import annotations

import logging

from pytest_cognito.aws import model
from pytest_cognito.http.messages import Request, Response
from pytest_cognito.kernel.text import printable

_log = logging.getLogger("pytest_cognito.server")
_ERROR = "x-amzn-errortype"
_MESSAGE = "x-amzn-errormessage"


def log_request(request: Request, response: Response) -> None:
    """Log what was asked and the status of the response, with the error's code and message."""
    if _log.isEnabledFor(logging.INFO):
        code, message = response.header(_ERROR), response.header(_MESSAGE)
        error = f" {code.rstrip(':')}: {message}" if code else ""
        _log.info("%s → %d%s", printable(_asked(request)), response.status, error)


def _asked(request: Request) -> str:
    """The operation of a call, or else the method and the path: a query string may have codes and tokens."""
    target = request.headers.get("x-amz-target")
    if target is not None:
        return target.rpartition(".")[2]
    action = model.action(request) if request.path == "/" else None
    return action or f"{request.method} {request.path}"
