"""``/oauth2/authorize``: to the sign-in page or a provider, or straight back for a browser that is signed in."""

from __future__ import annotations

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import LOCAL, authorization
from pytest_cognito.http.messages import Response
from pytest_cognito.web import errors
from pytest_cognito.web.context import redirect
from pytest_cognito.web.federation import outbound
from pytest_cognito.web.visit import Visit, to_error_page, visited


def _authorize(visit: Visit) -> Response:
    context, prompt = visit.context, visit.request.prompt
    try:
        provider = context.step(authorization.provider_of_request, visit.found, visit.request)
    except AWSError as error:
        return to_error_page(context, error)
    if "login" not in prompt:
        silent = _silently(visit)
        if silent is not None:
            return silent
    if "none" in prompt:
        return visit.to_application(errors.LOGIN_REQUIRED())
    return visit.to("/login") if provider in (None, LOCAL) else outbound.redirect_to(visit, provider)


def _silently(visit: Visit) -> Response | None:
    """The answer for a browser whose session is good for the request, or needs one more factor only."""
    context, token = visit.context, visit.session_token
    if token is None:
        return None
    try:
        location = context.step(authorization.continue_session, visit.found, visit.request, token)
    except AWSError as error:
        return visit.to_application(error)
    if location is not None:
        return redirect(location)
    if visit.request.acr_values is None or "none" in visit.request.prompt:
        return None
    try:
        step = context.step(authorization.step_up_session, visit.found, visit.request, token, {})
    except AWSError:  # the level is out of reach from here: the sign-in page says so where the user asks for it
        return None
    return None if step is None else visit.after(step)


authorize = visited(_authorize, errors_to_application=True)
