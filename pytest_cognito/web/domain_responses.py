"""What all responses of a domain have: headers, and the cookie against cross-site request forgery."""

from __future__ import annotations

from pytest_cognito.http.cookies import Cookie
from pytest_cognito.http.messages import Response
from pytest_cognito.web.context import CSRF_COOKIE, RequestContext

_HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-XSS-Protection", "1; mode=block"),
    ("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate"),
    ("Pragma", "no-cache"),
    ("Expires", "0"),
    ("Strict-Transport-Security", "max-age=31536000 ; includeSubDomains"),
    ("X-Frame-Options", "DENY"),
    ("Server", "Server"),
)


def complete(context: RequestContext, response: Response) -> None:
    """Add the headers and cookies that a response of a domain has."""
    if CSRF_COOKIE not in context.cookies and all(cookie.name != CSRF_COOKIE for cookie in context.set_cookies):
        context.set_cookie(Cookie(CSRF_COOKIE, context.world.ids.uuid()))
    response.add_headers(("Set-Cookie", cookie.header()) for cookie in context.set_cookies)
    response.add_headers([("x-amz-cognito-request-id", context.call.request_id), *_HEADERS])


def method_not_allowed(_: RequestContext) -> Response:
    """405, with an empty body."""
    return Response(405)


def not_found(_: RequestContext) -> Response:
    """404 for a path that domains do not have."""
    return Response(404)
