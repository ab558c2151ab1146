"""``/oauth2/authorize``: to the sign-in page, or straight back to the application for a browser that is signed in."""

from __future__ import annotations

from pytest_cognito import cognito_idp
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.http.messages import Response
from pytest_cognito.web import errors
from pytest_cognito.web.context import redirect
from pytest_cognito.web.federation import outbound
from pytest_cognito.web.visit import Visit, to_error_page, visited


def _authorize(visit: Visit) -> Response:
    context, prompt = visit.context, visit.request.prompt
    try:
        provider = context.step(cognito_idp.provider_of_request, visit.found, visit.request)
    except AWSError as error:
        return to_error_page(context, error)
    if "login" not in prompt:
        try:
            location = context.step(cognito_idp.continue_session, visit.found, visit.request, visit.session_token)
        except AWSError as error:
            return visit.to_application(error)
        if location is not None:
            return redirect(location)
    if "none" in prompt:
        return visit.to_application(errors.LOGIN_REQUIRED())
    return visit.to("/login") if provider in (None, "COGNITO") else outbound.redirect_to(visit, provider)


authorize = visited(_authorize, errors_to_application=True)
