"""The way to an identity provider."""

from __future__ import annotations

from pytest_cognito import cognito_idp, providers
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.http.cookies import Cookie
from pytest_cognito.http.messages import Response
from pytest_cognito.web.addresses import local_url
from pytest_cognito.web.context import RequestContext, redirect
from pytest_cognito.web.visit import Visit

STATE_COOKIE, LEGACY_STATE_COOKIE = "csrf-state", "csrf-state-legacy"
"""The cookies that tie the way to a provider and back to a browser; the second for one without ``SameSite=None``."""
OAUTH_CALLBACK, SAML_CALLBACK, SAML_SIGN_OUT = "/oauth2/idpresponse", "/saml2/idpresponse", "/saml2/logout"


def redirect_to(visit: Visit, provider_name: str) -> Response:
    """The redirect to an identity provider for an authorization request."""
    context, found = visit.context, visit.found
    try:
        provider = context.step(cognito_idp.find_provider, found.pool, provider_name)
        providers.ensure(context.world, provider.type, provider.details)
        location, sent = context.step(
            cognito_idp.send_to_provider,
            found,
            visit.request,
            provider,
            callback_url=address(context, SAML_CALLBACK if provider.type == "SAML" else OAUTH_CALLBACK),
            query=context.request.query,
            prompt=context.query.get("prompt"),
        )
    except AWSError as error:
        return visit.to_application(error)
    remember(context, sent.state)
    return redirect(local_url(context, location))


def address(context: RequestContext, path: str) -> str:
    """The address of a page of the domain, as the browser knows it."""
    return f"{context.origin}{context.base}{path}"


def remember(context: RequestContext, state: str) -> None:
    """Let the browser remember what it was sent with."""
    context.set_cookie(Cookie(STATE_COOKIE, state, same_site="None"))
    context.set_cookie(Cookie(LEGACY_STATE_COOKIE, state, same_site=None))


def is_the_browser(context: RequestContext, state: str) -> bool:
    """Whether a request comes from the browser that was sent with a state; its cookies are deleted."""
    for name in (STATE_COOKIE, LEGACY_STATE_COOKIE):
        if name in context.cookies:
            context.set_cookie(Cookie.deleted(name))
    return state in (context.cookies.get(STATE_COOKIE), context.cookies.get(LEGACY_STATE_COOKIE))
