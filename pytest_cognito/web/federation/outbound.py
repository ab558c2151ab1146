"""The way to an identity provider."""

from __future__ import annotations

from pytest_cognito import providers
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import IdentityProvider, federation
from pytest_cognito.http import hosts
from pytest_cognito.http.cookies import Cookie
from pytest_cognito.http.messages import Response
from pytest_cognito.web.addresses import local_url
from pytest_cognito.web.context import RequestContext, redirect
from pytest_cognito.web.visit import Visit

STATE_COOKIE, LEGACY_STATE_COOKIE = "csrf-state", "csrf-state-legacy"
"""The cookies that tie the way to a provider and back to a browser; the second for one without ``SameSite=None``."""
OAUTH_CALLBACK, SAML_CALLBACK, SAML_SIGN_OUT = "/oauth2/idpresponse", "/saml2/idpresponse", "/saml2/logout"
_ADDRESSES = ("authorize_url", "oidc_issuer", "SSORedirectBindingURI")
"""The details of a provider that tell where browsers are sent to."""


def redirect_to(visit: Visit, provider_name: str) -> Response:
    """The redirect to an identity provider for an authorization request."""
    context, found = visit.context, visit.found
    try:
        provider = context.step(federation.find_provider, found.pool, provider_name)
        providers.ensure(context.world, provider.type, provider.details)
        location, sent = context.step(
            federation.send_to_provider,
            found,
            visit.request,
            provider,
            callback_url=_way_back(context, provider, SAML_CALLBACK if provider.type == "SAML" else OAUTH_CALLBACK),
            query=context.request.query,
            prompt=context.query.get("prompt") if visit.request.prompt else None,
        )
    except AWSError as error:
        return visit.to_application(error)
    remember(context, sent.state)
    return redirect(local_url(context, location))


def send_to_sign_out(context: RequestContext, token: str | None) -> Response | None:
    """The redirect to the SAML provider where the user of a browser's session signs out, too; None if they don't."""
    if context.client_record is None:
        return None
    sent = context.step(
        federation.send_to_sign_out,
        context.domain,
        token,
        callback_url=context.url(SAML_SIGN_OUT, ""),
        query=context.request.query,
    )
    if sent is None:
        return None
    location, visit = sent
    remember(context, visit.state)
    return redirect(local_url(context, location))


def _way_back(context: RequestContext, provider: IdentityProvider, path: str) -> str:
    """The address to which a provider sends a browser back.

    Over the local server, a simulated provider knows the domain by the address that it has at AWS: the server leads
    browsers from there to itself. To any other provider the domain is where the browser is.
    """
    named = (provider.details.get(name, "") for name in _ADDRESSES)
    simulated = any(context.world.sites.find(hosts.name_in_url(url) or "") is not None for url in named)
    return addresses(context, path)[-1 if simulated else 0]


def addresses(context: RequestContext, path: str) -> tuple[str, ...]:
    """The addresses of a page of the domain: as the browser knows it, and as it is known at AWS."""
    here = context.url(path, "")
    return (here,) if context.domain is None else (here, f"https://{context.domain.host}{path}")


def remember(context: RequestContext, state: str) -> None:
    """Let the browser remember what it was sent with."""
    context.set_cookie(Cookie(STATE_COOKIE, state, same_site="None"))
    context.set_cookie(Cookie(LEGACY_STATE_COOKIE, state, same_site=None))


def is_the_browser(context: RequestContext, state: str) -> bool:
    """Whether a request comes from the browser that was sent with a state; if so, its cookies are deleted."""
    known = [name for name in (STATE_COOKIE, LEGACY_STATE_COOKIE) if name in context.cookies]
    if state not in (context.cookies[name] for name in known):
        return False
    for name in known:
        context.set_cookie(Cookie.deleted(name))
    return True
