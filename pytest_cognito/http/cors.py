"""Cross-origin resource sharing (CORS): the headers that let a page of another origin read a response."""

from __future__ import annotations

import re

from pytest_cognito.http.messages import Headers

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_ANY_ORIGIN = ("Access-Control-Allow-Origin", "*")
_ONE_HOUR = "3600"
EXPOSED_HEADERS = "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date"


def response_headers() -> Headers:
    """The CORS headers of a response: any origin may read it, and its headers about the request and the error."""
    return [_ANY_ORIGIN, ("Access-Control-Expose-Headers", EXPOSED_HEADERS)]


def preflight_headers(methods: str, requested_headers: str) -> Headers:
    """The CORS headers of the response to a preflight_headers request.

    ``requested_headers`` is the value of ``Access-Control-Request-Headers``. The names in it are repeated in the
    response, because ``*`` does not include ``Authorization``.
    """
    return [
        _ANY_ORIGIN,
        ("Access-Control-Allow-Methods", methods),
        ("Access-Control-Allow-Headers", ",".join(_TOKEN.findall(requested_headers)) or "*"),
        ("Access-Control-Max-Age", _ONE_HOUR),
    ]
