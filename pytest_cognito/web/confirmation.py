"""The page that the link in a verification e-mail leads to, and that confirms the user."""

from __future__ import annotations

import html

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import confirm_by_link
from pytest_cognito.http.messages import Response
from pytest_cognito.kernel.errors import release_frames
from pytest_cognito.web import errors
from pytest_cognito.web.context import RequestContext, page

_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>{title}</title></head>
<body><h1>{title}</h1><p>{text}</p></body>
</html>
"""
_PARAMETERS = ("client_id", "user_name", "confirmation_code")


def confirm_user(context: RequestContext) -> Response:
    """Confirm the user of the link, and return a page with the result."""
    missing = next((name for name in _PARAMETERS if not context.query.get(name)), None)
    if missing is not None:
        return error_page(errors.PARAMETER_MISSING(name=missing))
    client_id, username, code = (context.query[name] for name in _PARAMETERS)
    try:
        confirm_by_link(context.world, context.call, context.domain, client_id, username, code)
    except AWSError as error:
        context.world.calls.failed(context.call, error)
        release_frames(error)
        return error_page(error)
    return result_page("Confirmed", "Your registration has been confirmed!")


def result_page(title: str, text: str) -> Response:
    """A page with the result of following a link."""
    return page(_PAGE.format(title=title, text=text))


def error_page(error: AWSError) -> Response:
    """A page with the reason why a link did nothing."""
    title = "An error was encountered with the requested page."
    return page(_PAGE.format(title=title, text=html.escape(error.message)), 400)
