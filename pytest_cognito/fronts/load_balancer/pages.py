"""What a load balancer answers by itself."""

from __future__ import annotations

import datetime as dt
from email.utils import format_datetime

from pytest_cognito.fronts.load_balancer.actions import FixedResponse
from pytest_cognito.http.messages import Headers, Response

_PAGE = (
    "<html>\r\n<head><title>{status} {title}</title></head>\r\n<body>\r\n"
    "<center><h1>{status} {title}</h1></center>\r\n</body>\r\n</html>\r\n"
)
_TITLES = {
    301: "Moved Permanently",
    302: "Found",
    401: "Authorization Required",
    413: "Request Entity Too Large",
    500: "Internal Server Error",
    502: "Bad Gateway",
    504: "Gateway Time-out",
    561: "Authentication Error",
    # The wording of this one is not known to the letter.
    562: "JWKS Request Failed",
}


def page(status: int, now: dt.datetime) -> Response:
    """The page of a status."""
    return _response(status, "text/html", _PAGE.format(status=status, title=_TITLES[status]), now)


def redirect(status: int, location: str, now: dt.datetime, more: Headers | None = None) -> Response:
    """A redirect with its page."""
    response = page(status, now)
    response.add_headers([("Location", location), *(more or [])])
    return response


def fixed(action: FixedResponse, now: dt.datetime) -> Response:
    """The response of the action ``fixed-response``."""
    return _response(action.status, action.content_type, action.body, now)


def _response(status: int, content_type: str, text: str, now: dt.datetime) -> Response:
    body = text.encode()
    return Response(
        status,
        [
            ("Server", "awselb/2.0"),
            ("Date", format_datetime(now.astimezone(dt.UTC), usegmt=True)),
            ("Content-Type", content_type),
            ("Content-Length", str(len(body))),
        ],
        body,
    )
