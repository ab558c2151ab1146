"""``/logout``: the session of the browser ends, and the user goes back to the application or signs in again."""

from __future__ import annotations

from urllib.parse import urlencode

from pytest_cognito import cognito_idp
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.http.cookies import Cookie
from pytest_cognito.http.messages import Response
from pytest_cognito.web.context import RequestContext, redirect
from pytest_cognito.web.visit import SESSION_COOKIE, to_error_page


def logout(context: RequestContext) -> Response:
    """A redirect. A request without a registered target leads to the sign-in page, which says what is wrong with it."""
    token = context.cookies.get(SESSION_COOKIE)
    try:
        done = context.step(cognito_idp.sign_out, context.domain, context.query, token)
    except AWSError as error:  # the session has ended, although there is nowhere to go
        context.set_cookie(Cookie.deleted(SESSION_COOKIE))
        return to_error_page(context, error)
    if done is None:
        return redirect(context.path("/login"))
    context.call.region = done.region
    context.set_cookie(Cookie.deleted(SESSION_COOKIE))
    if done.location is not None:
        return redirect(done.location)
    if done.scope is None:
        return redirect(context.path("/login"))
    return redirect(context.path("/login", urlencode({**context.query, "scope": done.scope})))
