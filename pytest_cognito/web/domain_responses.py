"""What all responses of a domain have: headers, and the cookie against cross-site request forgery."""

from __future__ import annotations

from pytest_cognito.http.cookies import Cookie
from pytest_cognito.http.messages import Response
from pytest_cognito.web import addresses
from pytest_cognito.web.context import CSRF_COOKIE, RequestContext

_HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-XSS-Protection", "1; mode=block"),
    ("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate"),
    ("Pragma", "no-cache"),
    ("Expires", "0"),
    ("X-Frame-Options", "DENY"),
    ("Server", "Server"),
)
_TLS_ALONE = ("Strict-Transport-Security", "max-age=31536000 ; includeSubDomains")


def complete(context: RequestContext, response: Response) -> None:
    """Add the headers and cookies that a response of a domain has."""
    if CSRF_COOKIE not in context.cookies and all(cookie.name != CSRF_COOKIE for cookie in context.set_cookies):
        context.set_cookie(Cookie(CSRF_COOKIE, context.world.ids.uuid()))
    for cookie in context.set_cookies:
        path, secure = addresses.cookie_attributes(context, cookie.same_site)
        response.add_headers([("Set-Cookie", cookie.header(path, secure=secure))])
    response.add_headers([("x-amz-cognito-request-id", context.call.request_id), *_HEADERS])
    if not context.request.origin.startswith("https:"):  # a browser would ask for this name by TLS ever after
        response.add_headers([_TLS_ALONE])


def method_not_allowed(_: RequestContext) -> Response:
    """405, with an empty body."""
    return Response(405)


def not_found(_: RequestContext) -> Response:
    """404 for a path that domains do not have."""
    return Response(404)
