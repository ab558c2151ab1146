"""``/oauth2/idpresponse``: a browser comes back from a provider of OAuth 2.0 with a code."""

from __future__ import annotations

from dataclasses import replace

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import ATTEMPT_EXPIRED, PROVIDER_STATE_UNKNOWN, ComingBack, federation
from pytest_cognito.http.messages import Response
from pytest_cognito.web.context import RequestContext, View
from pytest_cognito.web.federation.outbound import OAUTH_CALLBACK, is_the_browser
from pytest_cognito.web.login.waiting import start_again
from pytest_cognito.web.visit import Visit, VisitView, note_error, to_error_page, visited

_TRIGGER = "UserLambdaValidationException"


def come_back(context: RequestContext) -> Response:
    """Sign in the user of the code, by GET or, from Apple, by POST."""
    parameters = context.form if context.request.method == "POST" else context.query
    try:
        back = came_back(context, parameters.get("state"), OAUTH_CALLBACK)
    except AWSError as error:
        return to_error_page(context, error)

    def finish(visit: Visit) -> Response:
        try:
            external = federation.ask_provider(context.world, back, parameters)
            step = visit.context.step(
                federation.finish_federated_sign_in, visit.found, visit.request, back.provider, external
            )
        except AWSError as error:
            return visit.to_application(as_provider_error(error))
        return visit.after(step)

    return go_on(context, back, finish)


def came_back(context: RequestContext, state: str | None, path: str) -> ComingBack:
    """What is remembered of a browser, which must be the one that was sent with this state, to come back here."""
    if not state or not is_the_browser(context, state):
        raise PROVIDER_STATE_UNKNOWN()
    return context.step(federation.coming_back, context.domain, state, path)


def go_on(context: RequestContext, back: ComingBack, view: VisitView) -> Response:
    """The response of a view to the application's request, or the sign-in page for a browser that comes too late."""
    return for_request(context, back.visit.query, visited(_late if back.late else view, errors_to_application=True))


def for_request(context: RequestContext, query: str, view: View) -> Response:
    """The response of a view to an application's request that has led to this one."""
    request = replace(context.request, url=f"{context.request.path}?{query}")
    return view(replace(context, request=request))


def as_provider_error(error: AWSError) -> AWSError:
    """An error as an application gets it after a sign-in by a provider: that of a function ends with a blank."""
    if error.code != _TRIGGER:
        return error
    return AWSError(error.code, f"{error.message} ", kind=error.kind)


def _late(visit: Visit) -> Response:
    note_error(visit.context, ATTEMPT_EXPIRED())
    return start_again(visit)
