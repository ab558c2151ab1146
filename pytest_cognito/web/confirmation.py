"""The page that the link in a verification e-mail leads to, and that confirms the user."""

from __future__ import annotations

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import confirm_by_link
from pytest_cognito.http.messages import Response
from pytest_cognito.web import errors
from pytest_cognito.web.context import RequestContext, redirect
from pytest_cognito.web.login import error as error_page
from pytest_cognito.web.rendering import texts
from pytest_cognito.web.rendering.html import render
from pytest_cognito.web.rendering.page import Page
from pytest_cognito.web.visit import note_error

_PARAMETERS = ("client_id", "user_name", "confirmation_code")


def confirm_user(context: RequestContext) -> Response:
    """Confirm the user of the link, and return a page with the result, or send the browser to ``redirect_uri``.

    The user is not signed in: the link may be followed in any browser.
    """
    missing = next((name for name in _PARAMETERS if not context.query.get(name)), None)
    if missing is not None:
        return error_page.about(context, errors.PARAMETER_MISSING(name=missing))
    client_id, username, code = (context.query[name] for name in _PARAMETERS)
    target = context.query.get("redirect_uri") or None
    try:
        confirm_by_link(context.world, context.call, context.domain, client_id, username, code, target)
    except AWSError as error:
        note_error(context, error)
        return error_page.about(context, error)
    if target is not None:
        return redirect(target)
    return render(context, Page("confirmed", texts.CONFIRMED_TITLE, texts.REGISTRATION_CONFIRMED))
