"""``/logout``: the session of the browser ends, and the user goes back to the application or signs in again.

A user whom a SAML provider with IDPSignout has signed in is sent there first. It sends them on to ``/saml2/logout``,
and from there they come here once more.
"""

from __future__ import annotations

from urllib.parse import urlencode

from pytest_cognito import cognito_idp
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import SignedOut
from pytest_cognito.http.cookies import Cookie
from pytest_cognito.http.messages import Response
from pytest_cognito.web.context import RequestContext, redirect
from pytest_cognito.web.federation import outbound
from pytest_cognito.web.visit import SESSION_COOKIE, to_error_page


def logout(context: RequestContext) -> Response:
    """A redirect. A request without a registered target leads to the sign-in page, which says what is wrong with it."""
    token = context.cookies.get(SESSION_COOKIE)
    sent: Response | None = None
    done: SignedOut | None = None
    problem: AWSError | None = None
    try:
        sent = outbound.send_to_sign_out(context, token)
    except AWSError as error:
        problem = error
    try:
        done = context.step(cognito_idp.sign_out, context.domain, context.query, token)
    except AWSError as error:  # the session has ended, although there is nowhere to go
        problem = error
    if problem is not None:
        context.set_cookie(Cookie.deleted(SESSION_COOKIE))
        return to_error_page(context, problem)
    if done is None:
        return redirect(context.url("/login"))
    context.call.region = done.region
    context.set_cookie(Cookie.deleted(SESSION_COOKIE))
    return sent or _on(context, done)


def _on(context: RequestContext, done: SignedOut) -> Response:
    """To the application, or to the sign-in page."""
    if done.location is not None:
        return redirect(done.location)
    if done.scope is None:
        return redirect(context.url("/login"))
    return redirect(context.url("/login", urlencode({**context.query, "scope": done.scope})))
