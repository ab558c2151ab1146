"""Forms that are posted: the check against cross-site request forgery."""

from __future__ import annotations

from functools import wraps

from pytest_cognito.http.cookies import Cookie
from pytest_cognito.http.messages import Response
from pytest_cognito.web import errors
from pytest_cognito.web.context import CSRF_COOKIE, RequestContext, View
from pytest_cognito.web.visit import SESSION_COOKIE, to_error_page

_FIELDS = ("_csrf", "csrf")


def protected(view: View) -> View:
    """A view of a posted form, whose ``_csrf`` must be the cookie ``XSRF-TOKEN``. Any value is good in both."""

    @wraps(view)
    def run(context: RequestContext) -> Response:
        cookie = context.cookies.get(CSRF_COOKIE)
        sent = next((context.form[name] for name in _FIELDS if name in context.form), None)
        if not cookie or sent != cookie:
            return to_error_page(context, errors.CSRF_MISMATCH())
        response = view(context)
        if any(each.name == SESSION_COOKIE for each in context.set_cookies):
            # As at AWS, the forms of a browser are good until it has signed in: the cookie is deleted, then set anew.
            context.set_cookies.insert(0, Cookie.deleted(CSRF_COOKIE))
            context.set_cookie(Cookie(CSRF_COOKIE, context.world.ids.uuid()))
        return response

    return run
