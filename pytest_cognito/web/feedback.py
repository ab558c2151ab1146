"""The page that the one-click links of threat protection's messages lead to, and that notes the user's feedback."""

from __future__ import annotations

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import FEEDBACK_PARAMETERS, give_feedback
from pytest_cognito.http.messages import Response
from pytest_cognito.web import errors
from pytest_cognito.web.context import RequestContext
from pytest_cognito.web.login import error as error_page
from pytest_cognito.web.rendering import texts
from pytest_cognito.web.rendering.html import render
from pytest_cognito.web.rendering.page import Page
from pytest_cognito.web.visit import note_error


def event_feedback(context: RequestContext) -> Response:
    """Note the feedback of the link, and return a page with the result."""
    missing = next((name for name in FEEDBACK_PARAMETERS if not context.query.get(name)), None)
    if missing is not None:
        return error_page.about(context, errors.PARAMETER_MISSING(name=missing))
    try:
        give_feedback(
            context.world, context.call, context.domain, *(context.query[name] for name in FEEDBACK_PARAMETERS)
        )
    except AWSError as error:
        note_error(context, error)
        return error_page.about(context, error)
    return render(context, Page("feedback", texts.FEEDBACK_TITLE, texts.FEEDBACK_TITLE, (texts.FEEDBACK_RECEIVED,)))
