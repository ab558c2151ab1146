"""Routing of requests to Cognito's web endpoints: the views by kind of host and by path."""

from __future__ import annotations

from enum import Enum

from pytest_cognito.cognito_idp import Domain
from pytest_cognito.http import hosts
from pytest_cognito.http.hosts import Host
from pytest_cognito.http.messages import Request, Response, form
from pytest_cognito.http.routing import Route, Router
from pytest_cognito.kernel.calls import Call, depth
from pytest_cognito.kernel.errors import Unsupported
from pytest_cognito.web import addresses, confirmation, discovery, domain_responses, errors, feedback, forms, uploads
from pytest_cognito.web.context import RequestContext, View, json_error
from pytest_cognito.web.federation import callback, saml
from pytest_cognito.web.login import (
    change_password,
    choose,
    confirm,
    confirm_forgot_password,
    error,
    forgot_password,
    mfa,
    mfa_options,
    mfa_register,
    passkeys,
    password,
    resend_code,
    sign_in,
    sign_up,
)
from pytest_cognito.web.oauth import authorize, logout, register, revoke, token, user_info
from pytest_cognito.world import World

SERVICE = "web"
"""The service of web requests in the log of calls."""

_FORM = "application/x-www-form-urlencoded"
_READ = ("GET", "OPTIONS")
_PAGES: tuple[Route[View], ...] = (
    Route("/oauth2/authorize", authorize.authorize),
    Route("/authorize", authorize.authorize),
    Route("/oauth2/idpresponse", callback.come_back, ("GET", "POST")),
    Route("/saml2/idpresponse", saml.consume, ("POST",)),
    Route("/saml2/logout", saml.signed_out, ("POST",)),
    Route("/oauth2/token", token.token, ("POST", "OPTIONS")),
    Route("/oauth2/userInfo", user_info.user_info, ("GET", "POST", "OPTIONS")),
    Route("/oauth2/revoke", revoke.revoke, ("POST", "OPTIONS")),
    Route("/oauth2/register", register.register, ("POST",)),
    Route("/logout", logout.logout),
    Route("/login", sign_in.show),
    Route("/login", forms.protected(sign_in.submit), ("POST",)),
    Route("/signup", sign_up.show),
    Route("/signup", forms.protected(sign_up.submit), ("POST",)),
    Route("/confirm", confirm.show),
    Route("/confirm", forms.protected(confirm.submit), ("POST",)),
    Route("/resendcode", forms.protected(resend_code.submit), ("POST",), any_case=True),
    Route("/forgotPassword", forgot_password.show, any_case=True),
    Route("/forgotPassword", forms.protected(forgot_password.submit), ("POST",), any_case=True),
    Route("/confirmForgotPassword", confirm_forgot_password.show, any_case=True),
    Route("/confirmForgotPassword", forms.protected(confirm_forgot_password.submit), ("POST",), any_case=True),
    Route(sign_in.DOMAIN_SEARCH, forms.protected(sign_in.find_provider), ("POST",)),
    Route("/login/password", password.show),
    Route("/login/password", forms.protected(password.submit), ("POST",)),
    Route("/login/passkey", passkeys.show),
    Route("/login/passkey", forms.protected(passkeys.submit), ("POST",)),
    Route("/selectChallenge", choose.show),
    Route("/selectChallenge", forms.protected(choose.submit), ("POST",)),
    Route("/verifyCode", choose.show_code),
    Route("/verifyCode", forms.protected(choose.submit_code), ("POST",)),
    Route("/changePassword", change_password.show),
    Route("/changePassword", forms.protected(change_password.submit), ("POST",)),
    Route("/mfa", mfa.show),
    Route("/mfa", forms.protected(mfa.submit), ("POST",)),
    Route("/mfa/options", mfa_options.show),
    Route("/mfa/options", forms.protected(mfa_options.submit), ("POST",)),
    Route("/mfa/register", mfa_register.show),
    Route("/mfa/totp", forms.protected(mfa_register.verify), ("POST",)),
    Route("/mfa/phone/register", forms.protected(mfa_register.register), ("POST",)),
    Route("/mfa/email/register", forms.protected(mfa_register.register), ("POST",)),
    Route("/mfa/phone/verify", forms.protected(mfa.submit), ("POST",)),
    Route("/mfa/phone/resendCode", forms.protected(mfa.send_again), ("POST",)),
    Route("/mfa/email/resendCode", forms.protected(mfa.send_again), ("POST",)),
    Route("/mfa/back", forms.protected(choose.back), ("POST",)),
    Route("/passkeys/add", passkeys.offer),
    Route("/passkeys/add", forms.protected(passkeys.add), ("POST",)),
    Route("/error", error.show),
    Route("/confirmUser", confirmation.confirm_user, any_case=True),
    Route("/eventFeedback", feedback.event_feedback),
)
_DOCUMENTS: tuple[Route[View], ...] = (
    Route("/<pool_id>/.well-known/jwks.json", discovery.jwks, _READ),
    Route("/<pool_id>/.well-known/openid-configuration", discovery.openid_configuration, _READ),
)
_UPLOADS: tuple[Route[View], ...] = (Route(uploads.PATH, uploads.upload, uploads.METHODS),)


class Kind(Enum):
    """A kind of host."""

    DOMAIN = "domain"
    """The domain of a user pool: a prefix domain or a custom domain."""
    USER_POOLS = "cognito-idp"
    """The endpoint of user pools."""
    UPLOADS = "uploads"
    """The bucket to which the CSV files of import jobs are uploaded."""
    OTHER_SERVICE = "other service"
    LOOPBACK = "loopback"
    """The loopback server, which serves the paths of all kinds."""


_ROUTERS: dict[Kind, Router[View]] = {
    Kind.DOMAIN: Router(_PAGES),
    Kind.USER_POOLS: Router(_DOCUMENTS),
    Kind.UPLOADS: Router(_UPLOADS),
    Kind.LOOPBACK: Router((*_PAGES, *_DOCUMENTS, *_UPLOADS)),
}

_RESERVED = frozenset(route.path.split("/")[1] for route in _PAGES)
"""How the paths of pages begin that the loopback server has without the name of a domain."""


def routes() -> tuple[Route[View], ...]:
    """All routes of the web side, of any kind of host."""
    return (*_PAGES, *_DOCUMENTS, *_UPLOADS)


def handle(world: World, request: Request, request_id: str) -> Response:
    """The response to a web request, which is logged as a call."""
    request = request.encoded()
    host = hosts.of_request(request)
    request, domain, base = addresses.find(world, request, _RESERVED)
    kind = _kind(host, domain)
    call = _logged(world, request, request_id, host, domain)
    try:
        view, arguments = _find_view(kind, domain, request)
        context = RequestContext(world, request, call, host, domain, arguments, base)
        response = view(context)
        if kind in (Kind.DOMAIN, Kind.LOOPBACK):
            domain_responses.complete(context, response)
    except Exception as error:
        world.calls.failed(call, error)
        raise
    location = response.header("Location")
    call.result = {"status": response.status, **({"location": location} if location else {})}
    return response


def _find_view(kind: Kind, domain: Domain | None, request: Request) -> tuple[View, dict[str, str]]:
    """The view for a request, and the values of the variable parts of its path."""
    router = _ROUTERS.get(kind)
    found = router.find(request) if router is not None else None
    if kind is Kind.DOMAIN and router is not None:
        if domain is None:
            return domain_responses.not_found, {}
        if found is None:
            return domain_responses.method_not_allowed if router.has_path(request) else domain_responses.not_found, {}
    if found is None and kind in (Kind.UPLOADS, Kind.OTHER_SERVICE):
        raise Unsupported(
            f"pytest-cognito does not answer {request.method} {request.url} yet; nothing was sent to AWS."
        )
    if found is None:
        return _nothing_there, {}
    return found


def _logged(world: World, request: Request, request_id: str, host: Host | None, domain: Domain | None) -> Call:
    """The record of a request in the log of calls. Its parameters are those of the query string and of a form."""
    region = domain.region if domain else (host.region if host else None) or world.region
    name = f"{request.method} {request.path}"
    parameters = dict(form(request.query))
    if request.headers.get("content-type", "").startswith(_FORM):
        parameters.update(form(request.body))
    call = Call(SERVICE, name, parameters, region, request_id, depth.get())
    world.calls.add(call)
    return call


def _nothing_there(_: RequestContext) -> Response:
    return json_error(errors.NOT_UNDERSTOOD())


def _kind(host: Host | None, domain: Domain | None) -> Kind:
    if domain is not None or (host is not None and host.prefix is not None):
        return Kind.DOMAIN
    if host is None:
        return Kind.LOOPBACK
    if host.bucket:
        return Kind.UPLOADS
    return Kind.USER_POOLS if host.service == "cognito-idp" else Kind.OTHER_SERVICE
