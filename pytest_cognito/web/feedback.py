"""The page that the one-click links of threat protection's messages lead to, and that notes the user's feedback."""

from __future__ import annotations

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import FEEDBACK_PARAMETERS, give_feedback
from pytest_cognito.http.messages import Response
from pytest_cognito.kernel.errors import release_frames
from pytest_cognito.web import confirmation, errors
from pytest_cognito.web.context import RequestContext


def event_feedback(context: RequestContext) -> Response:
    """Note the feedback of the link, and return a page with the result."""
    missing = next((name for name in FEEDBACK_PARAMETERS if not context.query.get(name)), None)
    if missing is not None:
        return confirmation.error_page(errors.PARAMETER_MISSING(name=missing))
    try:
        give_feedback(
            context.world, context.call, context.domain, *(context.query[name] for name in FEEDBACK_PARAMETERS)
        )
    except AWSError as error:
        context.world.calls.failed(context.call, error)
        release_frames(error)
        return confirmation.error_page(error)
    return confirmation.result_page("Thank you", "Your feedback has been received.")
