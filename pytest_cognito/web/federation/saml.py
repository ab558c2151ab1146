"""``/saml2/idpresponse`` and ``/saml2/logout``: a SAML provider sends a browser to the domain with its response."""

from __future__ import annotations

from urllib.parse import urlencode

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import IdentityProvider, federation
from pytest_cognito.http.messages import Response
from pytest_cognito.web import errors
from pytest_cognito.web.context import RequestContext, redirect
from pytest_cognito.web.federation.callback import as_provider_error, came_back, for_request, go_on
from pytest_cognito.web.federation.outbound import SAML_CALLBACK, SAML_SIGN_OUT, addresses
from pytest_cognito.web.visit import Visit, VisitView, to_error_page, visited


def consume(context: RequestContext) -> Response:
    """Sign in the user of a response: one to Cognito's request, or one to a request of nobody (IdP-initiated)."""
    response, relay_state = context.form.get("SAMLResponse"), context.form.get("RelayState")
    for name, value in (("SAMLResponse", response), ("RelayState", relay_state)):
        if not value:
            return to_error_page(context, errors.PARAMETER_MISSING(name=name))
    if "=" in (relay_state or ""):  # Cognito's own state has none
        return _consume_initiated(context, response or "", relay_state or "")
    try:
        back = came_back(context, relay_state, SAML_CALLBACK)
    except AWSError as error:
        refusal = errors.SAML_RESPONSE_OR_STATE_INVALID()
        return to_error_page(context, AWSError(refusal.code, refusal.message, kind=error.kind))
    consumers = (back.visit.callback_url,)
    return go_on(context, back, _finish(back.provider, response or "", consumers, back.visit.request_id))


def _consume_initiated(context: RequestContext, response: str, relay_state: str) -> Response:
    try:
        initiated = context.step(federation.initiated_sign_in, context.domain, relay_state, response)
    except AWSError as error:
        return to_error_page(context, error)
    finish = _finish(initiated.provider, response, addresses(context, SAML_CALLBACK), None)
    return for_request(context, urlencode(initiated.parameters), visited(finish, errors_to_application=True))


def _finish(
    provider: IdentityProvider, response: str, consumer_urls: tuple[str, ...], request_id: str | None
) -> VisitView:
    """The view that signs in the user of a response."""

    def finish(visit: Visit) -> Response:
        try:
            step = visit.context.step(
                federation.finish_saml_sign_in,
                visit.found,
                visit.request,
                provider,
                response,
                consumer_urls=consumer_urls,
                request_id=request_id,
            )
        except AWSError as error:
            return visit.to_application(federation.saml_error(as_provider_error(error)))
        return visit.after(step)

    return finish


def signed_out(context: RequestContext) -> Response:
    """Go on with the sign-out from which the browser was sent to the provider."""
    try:
        back = came_back(context, context.form.get("RelayState"), SAML_SIGN_OUT)
        response, here = context.form.get("SAMLResponse", ""), addresses(context, SAML_SIGN_OUT)
        context.step(federation.verify_sign_out, back, response, here)
    except AWSError as error:
        return to_error_page(context, error)
    return redirect(context.url("/logout", back.visit.query))
